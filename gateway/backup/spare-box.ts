/**
 * A spare box takes the place of another one. What ran last on that box becomes the installed site file, because the ports of its lines are named
 * anew: an applied file that waits beside an installed one that has changed would be set aside at the start (gateway/staging).
 */

import { SiteFiles } from '../staging/site-files.js';
import type { SiteFolder } from '../staging/site-folder.js';
import { siteText } from '../staging/site-text.js';
import type { KeptFile } from './kept-files.js';

export interface SpareFiles {
  readonly files: readonly KeptFile[];
  /** The site file is the one that was applied while the old box ran. */
  readonly isApplied: boolean;
}

/** `files` begin with the site file. */
export async function filesOfSpare(files: readonly KeptFile[]): Promise<SpareFiles> {
  const [installed, ...others] = files;
  if (installed === undefined) return { files, isApplied: false };
  const kept = new SiteFiles(new PackedFolder(others));
  const sha256 = siteText(installed.content.toString('utf8')).sha256;
  // A file on trial has not proven itself.
  const ran = await kept.read((await kept.trial()) === null ? 'current' : 'last-good');
  const isApplied = ran !== null && ran.installer === sha256 && ran.sha256 !== sha256;
  const site = isApplied ? { ...installed, content: Buffer.from(ran.text) } : installed;
  return { files: [site, ...others.filter((file) => !isSiteFolder(file))], isApplied };
}

function isSiteFolder({ root, path }: KeptFile): boolean {
  return root === 'data' && path.startsWith('site/');
}

/** `data/site/` as it stands in a backup. */
class PackedFolder implements SiteFolder {
  constructor(private readonly files: readonly KeptFile[]) {}

  async read(name: string): Promise<string | null> {
    const file = this.files.find((each) => each.root === 'data' && each.path === `site/${name}`);
    return file === undefined ? null : file.content.toString('utf8');
  }

  async write(): Promise<never> {
    throw new Error('a backup is only read');
  }

  async rename(): Promise<never> {
    throw new Error('a backup is only read');
  }

  async remove(): Promise<never> {
    throw new Error('a backup is only read');
  }
}
