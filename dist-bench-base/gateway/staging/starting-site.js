import { installerDraft, rolledBackDraft } from './config-entries.js';
/** A power cut, or somebody who restarts the box, is no fault of the file: only the second end is. */
const startsMax = 1;
export async function startingSite(files, installed, check) {
    const own = installedSite(installed);
    const current = await files.read('current');
    if (current === null)
        return withoutCurrent(files, own, check);
    if (current.installer !== own.site.sha256) {
        await files.setAside().catch(() => undefined);
        return { running: own, trial: null, good: own, drafts: [installerDraft(own.site.sha256, current.sha256)] };
    }
    const trial = await trialOf(files, current);
    const good = (await usable(await files.read('last-good'), own, check)) ?? own;
    if (trial !== null && trial.starts >= startsMax)
        return goBack(files, current, good, trial.origin, crashed);
    const running = await usable(current, own, check);
    if (running === null)
        return goBack(files, current, good, current.origin, unfit);
    if (trial === null)
        return { running, trial, good, drafts: [] };
    const started = { ...trial, starts: trial.starts + 1 };
    try {
        await files.writeTrial(started);
    }
    catch {
        // Starts that can not be counted could go on for ever.
        return goBack(files, current, good, trial.origin, uncounted);
    }
    return { running, trial: started, good, drafts: [] };
}
/** No applied file, or one that was written by half: the last good one is what ran before, if it belongs to this installed file. */
async function withoutCurrent(files, own, check) {
    const trial = await files.trial();
    if (trial === null)
        return { running: own, trial, good: own, drafts: [] };
    const good = (await usable(await files.read('last-good'), own, check)) ?? own;
    const { sha256, origin } = trial;
    return goBack(files, { sha256 }, good, origin, halfWritten);
}
/** The file on trial is the current one; else the trial never began. */
async function trialOf(files, current) {
    const trial = await files.trial();
    if (trial === null || trial.sha256 === current.sha256)
        return trial;
    await files.writeTrial(null).catch(() => undefined);
    return null;
}
async function usable(site, own, check) {
    if (site === null || site.installer !== own.site.sha256)
        return null;
    if (site.sha256 === own.site.sha256)
        return own;
    const checked = await check(site.text);
    return checked.ok && checked.config.dataDir === own.config.dataDir ? { site, config: checked.config } : null;
}
async function goBack(files, from, good, origin, why) {
    // A disk that keeps nothing now is asked again at the next start.
    await files.rollBack(good.site).catch(() => undefined);
    const drafts = [rolledBackDraft(from.sha256, good.site.sha256, origin, why)];
    return { running: good, trial: null, good, drafts };
}
export function installedSite({ text, config }) {
    return { site: { ...text, origin: 'installed', wall: 0, installer: text.sha256 }, config };
}
const crashed = {
    reason: 'crashed',
    words: { zh: '试运行中进程两次中断', en: 'the process ended twice during its trial' },
};
const unfit = {
    reason: 'problems',
    words: { zh: '文件不能运行', en: 'the file is not fit to run' },
};
const uncounted = {
    reason: 'cannot-keep',
    words: { zh: '磁盘未能记录试运行', en: 'the disk did not record its trial' },
};
const halfWritten = {
    reason: 'unreadable',
    words: { zh: '文件没有写完', en: 'the file was not written to its end' },
};
