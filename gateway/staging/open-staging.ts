/** Site files of a start: which one runs, whatever the disk does. */
import { join } from 'node:path';
import type { Clock } from '../../drivers/clock.js';
import type { Log } from '../log.js';
import { SiteFiles } from './site-files.js';
import { DiskFolder, withinTime } from './site-folder.js';
import { type CheckText, type InstalledSite, installedSite, type StartedSite, startingSite } from './starting-site.js';

/** A disk that does not answer by then holds nothing up: the installed file runs. */
const startMaxMs = 1_000;

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
  const folder = new DiskFolder(join(installed.config.dataDir, 'site'));
  const files = new SiteFiles(folder);
  try {
    const quick = new SiteFiles(withinTime(folder, clock, startMaxMs));
    return { files, started: await startingSite(quick, installed, check) };
  } catch (error) {
    log.error({ error: String(error) }, 'site files can not be read: the installed one runs');
    const own = installedSite(installed);
    return { files, started: { running: own, trial: null, good: own, drafts: [] } };
  }
}
