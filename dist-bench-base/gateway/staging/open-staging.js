/** Site files of a start: which one runs, whatever the disk does. */
import { join } from 'node:path';
import { SiteFiles } from './site-files.js';
import { DiskFolder, withinTime } from './site-folder.js';
import { installedSite, startingSite } from './starting-site.js';
/** A disk that does not answer by then holds nothing up: the installed file runs. */
const startMaxMs = 1_000;
export async function openStaging(installed, check, clock, log) {
    const folder = new DiskFolder(join(installed.config.dataDir, 'site'));
    const files = new SiteFiles(folder);
    try {
        const quick = new SiteFiles(withinTime(folder, clock, startMaxMs));
        return { files, started: await startingSite(quick, installed, check) };
    }
    catch (error) {
        log.error({ error: String(error) }, 'site files can not be read: the installed one runs');
        const own = installedSite(installed);
        return { files, started: { running: own, trial: null, good: own, drafts: [] } };
    }
}
