/** The modules that have to be compiled, for the Node that is in the package. Compiled once: kept by the hash of all that they are made of. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { architectures, cache, Refusal, root, toolOf } from './places.mjs';
import { hasTool, runTool } from './run-tool.mjs';
import { nodeFolder, nodeVersion } from './runtime.mjs';

/** What node-gyp makes of each. */
const modules = { 'better-sqlite3': 'better_sqlite3.node', epoll: 'epoll.node' };
/** No path of the machine that builds, nothing for a debugger, nothing that differs from one run to the next. */
const flagsIn = (folder) => `-g0 -O2 -ffile-prefix-map=${folder}=.`;

/** Returns [name of the module, its compiled file]. */
export function compileModules(runtime, arch, say) {
  return Object.entries(modules).map(([name, file]) => [name, compile({ runtime, arch, name, file, say })]);
}

function compile({ runtime, arch, name, file, say }) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const { version, integrity } = lock[`node_modules/${name}`];
  const cxx = toolOf(arch, 'g++');
  if (!hasTool(cxx)) {
    throw new Refusal(
      `${cxx}, which compiles ${name} for ${arch}, is not installed: apt install ${architectures[arch].compiler} ` +
        `(without a compiler for it: npm run package -- --arch ${arch === 'arm64' ? 'amd64' : 'arm64'})`,
    );
  }
  const compiler = runTool(cxx, ['--version']).split('\n')[0];
  const nan = lock['node_modules/nan']?.integrity;
  const made = [name, version, integrity, nan, nodeVersion(runtime, arch), arch, compiler, flagsIn('')].join('\n');
  const place = join(cache, `${name}-${version}-${arch}-${createHash('sha256').update(made).digest('hex').slice(0, 16)}.node`);
  if (existsSync(place)) return place;
  say(`compiling ${name} ${version} for ${arch} (about a minute, once)`);
  const work = join(cache, `work-${name}-${arch}-${process.pid}`);
  // As deep as in node_modules, so that what it includes of others is found where it looks for it.
  const folder = join(work, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  try {
    for (const part of ['package.json', 'binding.gyp', 'deps', 'src']) {
      const from = join(root, 'node_modules', name, part);
      if (existsSync(from)) cpSync(from, join(folder, part), { recursive: true });
    }
    if (nan !== undefined) cpSync(join(root, 'node_modules/nan'), join(work, 'node_modules/nan'), { recursive: true });
    const args = [nodeGyp(), 'rebuild', '--release', `--arch=${architectures[arch].node}`];
    runTool(process.execPath, [...args, `--nodedir=${nodeFolder(runtime, arch)}`, `--target=${nodeVersion(runtime, arch)}`], {
      cwd: folder,
      env: {
        ...withoutNpmConfig(process.env),
        CC: toolOf(arch, 'gcc'),
        CXX: cxx,
        LINK: cxx,
        AR: toolOf(arch, 'ar'),
        CFLAGS: flagsIn(work),
        CXXFLAGS: flagsIn(work),
        SOURCE_DATE_EPOCH: '0',
      },
    });
    runTool(toolOf(arch, 'strip'), ['--strip-unneeded', join(folder, 'build/Release', file)]);
    const abi = abiOf(nodeFolder(runtime, arch));
    // Not every module tells it by a name.
    const told = /node_register_module_v(\d+)/.exec(readFileSync(join(folder, 'build/Release', file), 'latin1'))?.[1] ?? abi;
    if (told !== abi)
      throw new Refusal(`${file} was compiled for another Node than the one in the package (its modules have version ${abi})`);
    cpSync(join(folder, 'build/Release', file), `${place}.${process.pid}`);
    renameSync(`${place}.${process.pid}`, place);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return place;
}

/** npm hands its own settings on, and node-gyp believes them before its arguments: a `nodedir` of theirs gave modules of another Node. */
function withoutNpmConfig(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_config_(?:nodedir|target|arch|devdir|disturl)$/i.test(name)));
}

/** NODE_MODULE_VERSION of a Node, as its headers tell it. */
function abiOf(folder) {
  const header = readFileSync(join(folder, 'include/node/node_version.h'), 'utf8');
  return /#define NODE_MODULE_VERSION (\d+)/.exec(header)?.[1] ?? 'unknown';
}

/** The one that npm has with it. */
function nodeGyp() {
  const npm = process.env.npm_execpath ?? join(runTool('npm', ['root', '-g']).trim(), 'npm/bin/npm-cli.js');
  const place = join(dirname(dirname(npm)), 'node_modules/node-gyp/bin/node-gyp.js');
  if (!existsSync(place)) throw new Refusal(`node-gyp is not at ${place}; it comes with npm`);
  return place;
}
