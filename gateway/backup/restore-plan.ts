/** What putting a backup back would do to this box, file by file, before anything is written. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beside } from '../../config/resolve-path.js';
import { parseYaml } from '../../config/yaml-document.js';
import { valueAt } from '../../config/zod-problems.js';
import type { KeptFile } from './kept-files.js';

export interface Target {
  /** Where the site file goes, absolute. */
  readonly siteFile: string;
  /** Put in front of every absolute path: a card that is mounted elsewhere; '' for this box. */
  readonly root: string;
}

export interface Step {
  readonly file: KeptFile;
  readonly to: string;
  /** What stands there now. */
  readonly there: 'nothing' | 'the-same' | 'another';
}

export interface RestorePlan {
  readonly dataDir: string;
  readonly steps: readonly Step[];
}

/** `files` begin with the site file (packed.ts). Rejects only when a file that is there can not be read. */
export async function planRestore(files: readonly KeptFile[], target: Target): Promise<RestorePlan> {
  const text = files[0]?.content.toString('utf8') ?? '';
  const dataDir = dataDirOf(target.siteFile, text);
  const placeOf = ({ root, path: below }: KeptFile, at: number): string => {
    if (root === 'named') return below;
    if (root === 'data') return path.join(dataDir, below);
    return at === 0 ? target.siteFile : path.join(path.dirname(target.siteFile), below);
  };
  const steps: Step[] = [];
  for (const [at, file] of files.entries()) {
    const to = path.join(target.root, placeOf(file, at));
    steps.push({ file, to, there: await thereAt(to, file.content) });
  }
  return { dataDir: path.join(target.root, dataDir), steps };
}

/** As config/site-schema.ts has it, also of a file with mistakes: they are told when it is checked. */
function dataDirOf(siteFile: string, text: string): string {
  const { document } = parseYaml(siteFile, text);
  const written = document === null ? undefined : valueAt(document.value, ['data_dir']);
  return beside(siteFile, typeof written === 'string' ? written : './data');
}

async function thereAt(to: string, content: Buffer): Promise<Step['there']> {
  try {
    return (await readFile(to)).equals(content) ? 'the-same' : 'another';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'nothing';
    throw error;
  }
}
