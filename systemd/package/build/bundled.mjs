/** Which npm packages are inside: those that stay packages, and those of which something went into a bundle (told by its source maps). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';
import { filesUnder } from './reachable.mjs';

/** Folders under the root. `installed`: paths of dist/. */
export function packagesInBundles(installed) {
  const folders = new Set();
  for (const path of installed) {
    const map = join(root, 'dist', `${path}.map`);
    if (!path.endsWith('.js') || !existsSync(map)) continue;
    for (const source of JSON.parse(readFileSync(map, 'utf8')).sources) {
      const folder = /(?:^|\/)(node_modules\/(?:.+\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1];
      if (folder !== undefined && existsSync(join(root, folder, 'package.json'))) folders.add(folder);
    }
  }
  for (const name of importedByPage()) folders.add(`node_modules/${name}`);
  return [...folders].sort();
}

/** The page is built without maps. */
function importedByPage() {
  const page = join(root, 'gateway/panel/page');
  const names = new Set();
  for (const path of filesUnder(page).filter((each) => /\.tsx?$/.test(each) && !each.includes('vite.config'))) {
    const code = readFileSync(join(page, path), 'utf8');
    for (const [, name] of code.matchAll(/\bfrom '((?:@[\w-]+\/)?[a-z][\w-]*)(?:\/[^']*)?';/g)) names.add(name);
  }
  return [...names].filter((name) => existsSync(join(root, 'node_modules', name, 'package.json')));
}
