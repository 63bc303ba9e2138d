/** The tree of one version, as it will lie under /usr/lib/gengfu/versions: node, dist, node_modules, systemd. */
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { modulesOf } from './modules.mjs';
import { compileModules } from './native.mjs';
import { architectures, root, toolOf } from './places.mjs';
import { filesUnder, reachableFiles } from './reachable.mjs';
import { runTool } from './run-tool.mjs';
import { nodeFolder } from './runtime.mjs';

/** Fills `folder`. Returns what is inside: paths of dist/, folders of npm packages. */
export async function makeTree({ folder, arch, version, runtime, say }) {
  const put = (from, to) => {
    const place = join(folder, to);
    mkdirSync(dirname(place), { recursive: true });
    copyFileSync(from, place);
    chmodSync(place, 0o644);
  };
  mkdirSync(folder, { recursive: true });
  put(join(nodeFolder(runtime, arch), 'bin/node'), 'node');
  chmodSync(join(folder, 'node'), 0o755);
  runTool(toolOf(arch, 'strip'), ['--strip-unneeded', join(folder, 'node')]);

  const installed = await reachableFiles();
  for (const path of installed) put(join(root, 'dist', path), `dist/${path}`);
  withoutMapLines(folder, installed);

  const modules = await modulesOf(arch);
  for (const [from, files] of modules) for (const file of files) put(join(root, from, file), `${from}/${file}`);
  const natives = compileModules(runtime, arch, say);
  for (const [name, file] of natives) put(file, `node_modules/${name}/build/Release/${name.replace('-', '_')}.node`);
  const { node } = architectures[arch];
  for (const file of ['index.js', 'package.json', `linux_${node}/koffi.node`]) {
    put(join(runtime, `@koromix/koffi-linux-${node}`, file), `node_modules/@koromix/koffi-linux-${node}/${file}`);
  }
  for (const file of elfFiles(folder).filter((path) => path.endsWith('.node'))) {
    runTool(toolOf(arch, 'strip'), ['--strip-unneeded', file]);
  }

  for (const { name } of readdirSync(join(root, 'systemd'), { withFileTypes: true }).filter((each) => each.isFile())) {
    put(join(root, 'systemd', name), `systemd/${name}`);
    if ((statSync(join(root, 'systemd', name)).mode & 0o100) !== 0) chmodSync(join(folder, 'systemd', name), 0o755);
  }
  const about = { name: 'gengfu', version, license: 'Apache-2.0', private: true, type: 'module' };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(about, null, 2)}\n`);
  seal(folder, version);
  return { installed, modules: [...modules.keys()] };
}

/** Its name, and a sum over everything in it: two builds of the same version are told apart. */
export function seal(folder, version) {
  writeFileSync(join(folder, 'version'), `${version}\n`);
  const sum = createHash('sha256');
  for (const path of filesUnder(folder).filter((each) => each !== 'build-id')) {
    sum.update(`${path}\n${createHash('sha256').update(readFileSync(join(folder, path))).digest('hex')}\n`);
  }
  writeFileSync(join(folder, 'build-id'), `${sum.digest('hex').slice(0, 16)}\n`);
}

export function elfFiles(folder) {
  return filesUnder(folder)
    .filter((path) => path === 'node' || path.endsWith('.node'))
    .map((path) => join(folder, path));
}

/** No source maps are installed. */
function withoutMapLines(folder, installed) {
  for (const path of installed.filter((each) => each.endsWith('.js'))) {
    const place = join(folder, 'dist', path);
    writeFileSync(place, readFileSync(place, 'utf8').replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '\n'));
  }
}
