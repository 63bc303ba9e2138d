/** The files of a site: the journal, secrets, the panel's certificate. Reads sizes and permissions; opens nothing. */
import { statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SiteConfig } from '../../config/site.js';
import { uplinkFiles } from '../../config/uplinks/uplink-reach.js';
import { type CertificateLook, lookAtCertificate } from '../panel/server/people/certificate-look.js';

export interface SiteFiles {
  /** Of the journal with its log, bytes; null: there is none. */
  readonly journalBytes: number | null;
  /** Free for this user on the disk of the data folder, bytes; null: the folder is not there. */
  readonly freeBytes: number | null;
  readonly secrets: readonly SecretFile[];
  /** Of the panel; null: it has none, or none that this user may read. */
  readonly certificate: CertificateLook | null;
}

export interface SecretFile {
  readonly path: string;
  readonly isThere: boolean;
  /** Others than its owner (and its group) can read it. */
  readonly isForAll: boolean;
  readonly isForGroup: boolean;
}

const othersMayRead = 0o004;
const groupMayRead = 0o040;

export function lookAtFiles({
  dataDir,
  uplinks,
  panel = null,
}: Pick<SiteConfig, 'dataDir' | 'uplinks'> & Partial<Pick<SiteConfig, 'panel'>>): SiteFiles {
  const panelKey = panel?.tls.kind === 'files' ? panel.tls.key : null;
  const sizes = ['', '-wal', '-shm'].map((side) => sizeOf(join(dataDir, `journal.db${side}`)));
  const isThere = (sizes[0] ?? 0) > 0;
  return {
    journalBytes: isThere ? sizes.reduce((sum, size) => sum + size, 0) : null,
    freeBytes: freeOf(dataDir),
    secrets: [
      ...uplinks.flatMap(uplinkFiles).flatMap(({ path, isSecret }) => (isSecret ? [path] : [])),
      panelKey,
    ].flatMap(secretOf),
    certificate: panel === null ? null : lookAtCertificate({ ...panel, bind: panel.listen, dataDir }),
  };
}

function sizeOf(path: string): number {
  const stat = statOf(path);
  return stat === 'hidden' ? 0 : (stat?.size ?? 0);
}

function secretOf(path: string | null): SecretFile[] {
  if (path === null) return [];
  const stat = statOf(path);
  // A folder that is closed to whoever asks tells nothing of what is in it.
  if (stat === 'hidden') return [];
  const mode = stat?.mode ?? null;
  const has = (bit: number): boolean => mode !== null && Math.floor(mode / bit) % 2 === 1;
  return [{ path, isThere: mode !== null, isForAll: has(othersMayRead), isForGroup: has(groupMayRead) }];
}

function statOf(path: string): { readonly size: number; readonly mode: number } | 'hidden' | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES' ? 'hidden' : null;
  }
}

function freeOf(path: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return null;
  }
}
