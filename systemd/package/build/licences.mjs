/** The licences of everything inside, in full. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, root } from './places.mjs';
import { nodeFolder } from './runtime.mjs';

const licenceFile = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;
/** Packages without a file of their own: where their licence stands instead. */
const standsIn = { '@koromix/koffi': 'node_modules/koffi/LICENSE.txt' };
const line = `\n\n${'='.repeat(100)}\n`;

/** One text. Throws for a package that tells no licence. */
export function licencesText(parts, runtime, arch) {
  const head = [
    'Gengfu is under the Apache License 2.0 (/usr/share/common-licenses/Apache-2.0 on Debian). The package has in it, each under its own licence:',
    'SQLite, inside better-sqlite3, is in the public domain.',
  ].join('\n\n');
  const node = readFileSync(join(nodeFolder(runtime, arch), 'LICENSE'), 'utf8');
  const own = readFileSync(join(root, 'LICENSE'), 'utf8');
  // Two copies of one release have one licence.
  const texts = [...new Set(parts.map((folder) => textOf(folder)))];
  return [head, `Gengfu\n\n${own}`, `Node.js\n\n${node}`, ...texts].map((text) => text.trimEnd()).join(line).concat('\n');
}

function textOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const files = readdirSync(join(root, folder)).filter((file) => licenceFile.test(file)).sort();
  const texts = files.map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
  const beside = standsIn[name];
  if (texts.length === 0 && beside !== undefined) texts.push(readFileSync(join(root, beside), 'utf8').trim());
  if (texts.length === 0 && typeof license !== 'string') throw new Refusal(`${folder} tells no licence`);
  const by = typeof author === 'string' ? author : (author?.name ?? 'its authors');
  if (texts.length === 0) texts.push(`${license}, by ${by}; the package has no text of it.`);
  return [`${name} ${version}`, `${license}`, ...texts].join('\n\n');
}
