/** The npm packages that stay packages in the installed tree, of one architecture, without what only builds or tests them. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { architectures, root } from './places.mjs';
import { filesUnder } from './reachable.mjs';

/** Dependencies that only compile. */
const buildOnly = new Set(['prebuild-install', 'nan', 'node-addon-api']);
const codeEnding = /\.(?:js|cjs|mjs|node)$/;
const leftOut = /(?:^|\/)(?:test|tests|example|examples|integration-test|bench|benchmark|deps|vendor|docs?|build|node_modules|bin)\//;

/** Folders of packages under the root, each with the files of it that are installed. */
export async function modulesOf(arch) {
  const { default: program } = await import(join(root, 'gateway/cli/vite.config.mjs'));
  const found = new Map();
  const waiting = program.build.rolldownOptions.external.map((name) => folderOf(name, root));
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (found.has(folder)) continue;
    found.set(folder, filesOf(folder, arch));
    const { dependencies = {} } = readPackage(folder);
    waiting.push(
      ...Object.keys(dependencies)
        .filter((name) => !buildOnly.has(name) && !name.startsWith('@types/'))
        .map((name) => folderOf(name, join(root, folder))),
    );
  }
  return found;
}

export function readPackage(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

/** As node looks for it: beside, then further up. */
function folderOf(name, from) {
  for (let at = from; ; at = dirname(at)) {
    const place = join(at, 'node_modules', name);
    if (existsSync(place)) return place.slice(root.length + 1);
    if (at === root || at === dirname(at)) throw new Error(`${name} is not installed; run npm ci`);
  }
}

function filesOf(folder, arch) {
  const prebuilt = `prebuilds/linux-${architectures[arch].node}/`;
  return filesUnder(join(root, folder)).filter((path) => {
    if (path === 'package.json') return true;
    if (path.startsWith('prebuilds/')) return path.startsWith(prebuilt) && path.endsWith('.glibc.node');
    return codeEnding.test(path) && !leftOut.test(path);
  });
}
