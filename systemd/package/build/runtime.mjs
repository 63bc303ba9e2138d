/** Node and koffi's prebuilt parts, as the lock file of their own names them: fetched once by npm, which holds them against it. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { architectures, cache, own, Refusal, root } from './places.mjs';
import { runTool } from './run-tool.mjs';

/** Returns the folder of the fetched node_modules. */
export function fetchRuntime() {
  const from = join(own, 'runtime');
  const lock = readFileSync(join(from, 'package-lock.json'));
  agreeOnKoffi(JSON.parse(lock.toString()));
  const name = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const place = join(cache, `runtime-${name}`);
  if (existsSync(place)) return join(place, 'node_modules');
  const draft = `${place}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(from, file), join(draft, file));
  // Half of it is for another machine than this one: --force.
  runTool('npm', ['ci', '--force', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: draft });
  if (existsSync(place)) rmSync(draft, { recursive: true });
  else renameSync(draft, place);
  return join(place, 'node_modules');
}

export function nodeFolder(runtime, arch) {
  return join(runtime, `node-linux-${architectures[arch].node}`);
}

export function nodeVersion(runtime, arch) {
  return JSON.parse(readFileSync(join(nodeFolder(runtime, arch), 'package.json'), 'utf8')).version;
}

function agreeOnKoffi({ packages }) {
  const main = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages['node_modules/koffi'].version;
  for (const { node } of Object.values(architectures)) {
    const { version } = packages[`node_modules/@koromix/koffi-linux-${node}`];
    if (version === main) continue;
    throw new Refusal(
      `koffi is ${main}, its part for ${node} is ${version}: write ${main} into systemd/package/runtime/package.json and run ` +
        'npm install --force --ignore-scripts there',
    );
  }
}
