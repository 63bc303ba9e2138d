/** Signed and frozen revisions as they lie in `<dataDir>/commissioning`: for whoever shows them (the panel's thread, the command line). */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CommissioningContent,
  commissioningContent,
  type RevisionFile,
  type RevisionRow,
  revisionFile,
} from '../../panel/api/commissioning.js';

/** More is no file of ours. */
const fileMaxBytes = 8 * 1024 * 1024;
const photoMaxBytes = 8 * 1024 * 1024;
const namePattern = /^revision-([1-9]\d{0,3})\.json$/;
const photoPattern = /^[0-9a-f]{64}\.(png|jpg|webp)$/;

export interface Revision {
  readonly file: RevisionFile;
  readonly content: CommissioningContent;
}

export function revisionName(revision: number): string {
  return `revision-${revision}.json`;
}

/** Their numbers, the newest first; none when the folder is not there. */
export async function revisionNumbers(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder).catch(() => []);
  const numbers = names.flatMap((name) => {
    const number = namePattern.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  return numbers.sort((a, b) => b - a);
}

/** Null: there is none, or its file is damaged. */
export async function readRevision(folder: string, revision: number): Promise<Revision | null> {
  if (!Number.isInteger(revision)) return null;
  const text = await readBounded(join(folder, revisionName(revision)), fileMaxBytes);
  if (text === null) return null;
  try {
    const file = revisionFile.parse(JSON.parse(text.toString('utf8')));
    return { file, content: commissioningContent.parse(JSON.parse(file.content)) };
  } catch {
    return null;
  }
}

/** One row for each, the newest first; what can not be read is left out. */
export async function listRevisions(folder: string): Promise<readonly RevisionRow[]> {
  const rows: RevisionRow[] = [];
  for (const number of await revisionNumbers(folder)) {
    const revision = await readRevision(folder, number);
    if (revision !== null) rows.push(rowOf(revision));
  }
  return rows;
}

/** Its bytes; null: there is none of that name, or no photo can be called that. */
export async function readPhoto(folder: string, name: string): Promise<Buffer | null> {
  return photoPattern.test(name) ? readBounded(join(folder, 'photos', name), photoMaxBytes) : null;
}

/** Names of the photos that are there. */
export async function photoNames(folder: string): Promise<ReadonlySet<string>> {
  const names = await readdir(join(folder, 'photos')).catch(() => []);
  return new Set(names.filter((name) => photoPattern.test(name)));
}

function rowOf({ file, content }: Revision): RevisionRow {
  const { revision, frozenWall, version, tally, warranty } = content;
  const { sha256, signatures } = file;
  return { revision, sha256, frozenWall, version, tally, warrantyUntil: warranty?.until ?? null, signatures };
}

async function readBounded(path: string, maxBytes: number): Promise<Buffer | null> {
  const facts = await stat(path).catch(() => null);
  if (facts === null || !facts.isFile() || facts.size > maxBytes) return null;
  return readFile(path).catch(() => null);
}
