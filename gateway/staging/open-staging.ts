/** Site files of a start: which one runs, within a limit whatever the disk does. */
import { join } from 'node:path';
import { type Clock, pause } from '../../drivers/clock.js';
import type { Log } from '../log.js';
import { SiteFiles } from './site-files.js';
import { DiskFolder } from './site-folder.js';
import { type CheckText, type InstalledSite, installedSite, type StartedSite, startingSite } from './starting-site.js';

/** A disk that has not told by then holds nothing up: the installed file runs. */
const readMaxMs = 3_000;

export interface OpenedStaging {
  readonly files: SiteFiles;
  readonly started: StartedSite;
}

export async function openStaging(
  installed: InstalledSite,
  check: CheckText,
  clock: Clock,
  log: Log,
): Promise<OpenedStaging> {
  const files = new SiteFiles(new DiskFolder(join(installed.config.dataDir, 'site')));
  const own = installedSite(installed);
  const fallback: StartedSite = { running: own, trial: null, good: own, drafts: [] };
  const chosen = startingSite(files, installed, check).catch((error: unknown) => {
    log.error({ error: String(error) }, 'site files');
    return fallback;
  });
  const late = pause(clock, readMaxMs).then(() => {
    log.error({}, 'site files do not answer: the installed one runs');
    return fallback;
  });
  return { files, started: await Promise.race([chosen, late]) };
}
