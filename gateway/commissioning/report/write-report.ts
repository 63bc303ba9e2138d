/** Writes a report piece by piece, each photo as it is read: all of them together may be larger than the memory of whoever writes. */
import { photoMark, reportHtml } from './report-html.js';
import type { ReportLang } from './report-words.js';
import { photoNames, type Revision, readPhoto } from './revision-folder.js';

const types: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' };
const marks = new RegExp(photoMark('([0-9a-f]{64}\\.(?:png|jpg|webp))'), 'g');

export async function writeReport(
  folder: string,
  revision: Revision,
  lang: ReportLang,
  send: (text: string) => Promise<void>,
): Promise<void> {
  const text = reportHtml(revision, await photoNames(folder), lang);
  // Every second piece is the name of a photo.
  for (const [at, piece] of text.split(marks).entries()) await send(at % 2 === 0 ? piece : await dataOf(folder, piece));
}

async function dataOf(folder: string, name: string): Promise<string> {
  const bytes = await readPhoto(folder, name);
  const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'image/jpeg';
  return `data:${type};base64,${bytes?.toString('base64') ?? ''}`;
}
