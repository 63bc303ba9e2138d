/** The installers' handbook, for whoever sits on a roof without a network: /usr/share/doc/gengfu, with its pictures and example sites. */
import { chmodSync, copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';

const shown = /\.(?:md|png|svg|yaml)$/;
const folders = [
  ['systemd/install', '.'],
  ['systemd/install/pictures', 'pictures'],
  ['config/examples', 'examples'],
];

export function putHandbook(doc) {
  for (const [source, folder] of folders) {
    const from = join(root, source);
    const to = join(doc, folder);
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from).filter((each) => shown.test(each))) {
      copyFileSync(join(from, name), join(to, name));
      chmodSync(join(to, name), 0o644);
    }
  }
}
