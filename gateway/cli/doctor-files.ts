/** What `gengfu doctor` sees on the box itself, whether a gateway runs or not. Reads sizes and permissions; opens nothing. */
import { existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SiteConfig } from '../../config/site.js';
import { SystemClock } from '../../drivers/clock.js';
import { localZone } from '../../drivers/time-zone.js';
import { type CertificateLook, lookAtCertificate } from '../panel/server/people/certificate-look.js';

export interface DoctorFiles {
  /** Of the journal with its log, bytes; null: there is none. */
  readonly journalBytes: number | null;
  /** Free for this user on the disk of the data folder, bytes; null: the folder is not there. */
  readonly freeBytes: number | null;
  readonly secrets: readonly SecretFile[];
  /** Programs that keep the clock, as far as their marks are there. */
  readonly clockKeepers: readonly string[];
  /** Of local time, where the machine's own word for it is none that browsers know; null: it is. */
  readonly zoneInstead: string | null;
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

const clockMarks: readonly (readonly [path: string, keeper: string])[] = [
  ['/run/systemd/timesync/synchronized', 'systemd-timesyncd'],
  ['/run/chrony/chronyd.pid', 'chrony'],
  ['/run/chronyd.pid', 'chrony'],
  ['/run/ntpd.pid', 'ntpd'],
];

const othersMayRead = 0o004;
const groupMayRead = 0o040;

export function lookAtFiles({
  dataDir,
  uplinks,
  panel = null,
}: Pick<SiteConfig, 'dataDir' | 'uplinks'> & Partial<Pick<SiteConfig, 'panel'>>): DoctorFiles {
  const panelKey = panel?.tls.kind === 'files' ? panel.tls.key : null;
  const sizes = ['', '-wal', '-shm'].map((side) => statOf(join(dataDir, `journal.db${side}`))?.size ?? 0);
  const isThere = (sizes[0] ?? 0) > 0;
  const zone = localZone(new SystemClock().wall());
  return {
    journalBytes: isThere ? sizes.reduce((sum, size) => sum + size, 0) : null,
    freeBytes: freeOf(dataDir),
    secrets: [...uplinks.flatMap(({ passwordFile, keyFile }) => [passwordFile, keyFile]), panelKey].flatMap(secretOf),
    certificate: panel === null ? null : lookAtCertificate({ ...panel, bind: panel.listen, dataDir }),
    zoneInstead: zone.isOwn ? null : zone.name,
    clockKeepers: [...new Set(clockMarks.filter(([path]) => existsSync(path)).map(([, keeper]) => keeper))],
  };
}

function secretOf(path: string | null): SecretFile[] {
  if (path === null) return [];
  const mode = statOf(path)?.mode ?? null;
  const has = (bit: number): boolean => mode !== null && Math.floor(mode / bit) % 2 === 1;
  return [{ path, isThere: mode !== null, isForAll: has(othersMayRead), isForGroup: has(groupMayRead) }];
}

function statOf(path: string): { readonly size: number; readonly mode: number } | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
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
