/** Which files of dist/ the installed program needs: it also has what only tests, the demo and the simulator load. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { root } from './places.mjs';

const dist = join(root, 'dist');
/** Folders and files of which nothing is installed. */
const leftOut = ['hardware-sim/', 'sync/asyncapi.yaml'];
const codeEnding = /\.(?:js|d\.ts|map|tsbuildinfo)$/;

/** Paths under dist/, sorted: code that can be reached from what node and threads are started with, and everything that is no code. */
export async function reachableFiles() {
  const seen = new Set();
  const waiting = await entries();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    waiting.push(...filesNamedIn(path));
  }
  const data = filesUnder(dist).filter((path) => !codeEnding.test(path) && !leftOut.some((left) => path.startsWith(left)));
  const page = filesUnder(dist).filter((path) => path.startsWith('gateway/panel/page/') && !path.endsWith('.map'));
  return [...new Set([...seen, ...data, ...page])].sort();
}

/** As the build of the program names them, and the panel's thread. */
async function entries() {
  const { default: program } = await import(join(root, 'gateway/cli/vite.config.mjs'));
  const names = Object.keys(program.build.rolldownOptions.input);
  return [...names, 'gateway/panel/server/thread'].map((name) => `${name}.js`);
}

/** Every text in it that is the place of a built file: imports, workers, and whatever else is found by its place. */
function filesNamedIn(path) {
  const code = readFileSync(join(dist, path), 'utf8');
  return [...code.matchAll(/["'`](\.{0,2}\/?[\w./-]+\.js)["'`]/g)]
    .map(([, place]) => normalize(join(dirname(path), place)))
    .filter((place) => !place.startsWith('..') && existsSync(join(dist, place)));
}

export function filesUnder(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => relative(folder, join(folder, String(name))))
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}
