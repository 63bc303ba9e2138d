/** Which files make a box what it is, and where each belongs: site file, profiles, keys and sounds that it names, users, plan, applied files. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SiteConfig } from '../../config/site.js';
import { uplinkFiles } from '../../config/uplinks/uplink-reach.js';
import type { OwnerNames } from './owner-names.js';
import { isPlaceOf, type Root } from './places.js';

/** More files than this is not a box that we know; told, and nothing is made. */
export const filesMax = 2000;
/** All of them together, bytes; a plan and some dozens of photos have 20 MB. */
export const filesMaxBytes = 64 * 1024 * 1024;
const depthMax = 4;
/** Folders of the data folder that go along. The journal does not: it belongs to one box (systemd/README.md, backups). */
const dataFolders = ['site', 'panel', 'commissioning'] as const;

export interface KeptFile {
  readonly root: Root;
  /** Below its root, with `/`; of `named` the absolute path. */
  readonly path: string;
  readonly mode: number;
  readonly owner: string | null;
  readonly group: string | null;
  readonly content: Buffer;
}

export interface Collected {
  readonly files: readonly KeptFile[];
  /** Named by the site file, and not to be read. */
  readonly missing: readonly { readonly path: string; readonly why: string }[];
}

export class TooMuchError extends Error {}

/** Rejects with TooMuchError, or when the site file itself can not be read. Links are not followed, but for those the site file names. */
export async function collect(config: SiteConfig, names: OwnerNames): Promise<Collected> {
  const folder = path.dirname(config.file);
  const wanted: { readonly root: Root; readonly at: string; readonly path: string }[] = [
    { root: 'site', at: config.file, path: path.basename(config.file) },
  ];
  const walk = async (root: Root, base: string, below: string, depth: number): Promise<void> => {
    const entries = await readdir(path.join(base, below), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = path.join(below, entry.name);
      if (entry.isDirectory() && depth < depthMax) await walk(root, base, inside, depth + 1);
      else if (entry.isFile() && !entry.name.endsWith('.new'))
        wanted.push({ root, at: path.join(base, inside), path: inside });
      if (wanted.length > filesMax) throw new TooMuchError(`> ${filesMax}`);
    }
  };
  await walk('site', folder, 'profiles', 1);
  for (const each of dataFolders) await walk('data', config.dataDir, each, 1);
  const known = new Set(wanted.map(({ at }) => at));
  for (const at of namedFiles(config)) if (!known.has(at)) wanted.push({ root: 'named', at, path: at });
  const files: KeptFile[] = [];
  const missing: { path: string; why: string }[] = [];
  let bytes = 0;
  for (const { root, at, path: below } of wanted) {
    try {
      if (!isPlaceOf(root, below)) throw new Error('system folder');
      const facts = await stat(at);
      if (!facts.isFile()) throw new Error('not a file');
      // Before it is read: a file may be any size.
      bytes += facts.size;
      if (bytes > filesMaxBytes) throw new TooMuchError(`> ${filesMaxBytes}`);
      const content = await readFile(at);
      const { owner, group } = names.of(facts.uid, facts.gid);
      files.push({ root, path: below, mode: facts.mode & 0o777, owner, group, content });
    } catch (error) {
      if (error instanceof TooMuchError || at === config.file) throw error;
      missing.push({ path: at, why: codeOf(error) });
    }
  }
  return { files, missing };
}

/** Absolute paths of secrets and sounds that the site file names. */
function namedFiles({ uplinks, messages, panel }: SiteConfig): string[] {
  const tls = panel?.tls.kind === 'files' ? [panel.tls.cert, panel.tls.key] : [];
  const ofUplinks = uplinks.flatMap(uplinkFiles).map(({ path }) => path);
  const all = [...ofUplinks, ...tls, ...messages.map(({ file }) => file)];
  return [...new Set(all.filter((each): each is string => each !== null))];
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}
