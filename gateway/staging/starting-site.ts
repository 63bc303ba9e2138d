/**
 * Which site file a start runs. The installed one has the last word: when it is not the one that was there when another was
 * applied, it runs. Else the applied one does; if it is on trial and the process has come to an end twice under it, or if it can not
 * be read or is not fit any more, the last good one runs in its place, and else the installed one.
 */
import type { SiteConfig } from '../../config/site.js';
import type { UserTexts } from '../../config/user-profiles.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { CheckedFile } from '../check.js';
import { installerDraft, type RollBackReason, rolledBackDraft } from './config-entries.js';
import type { KeptSite, SiteFiles, TrialRecord } from './site-files.js';
import { type SiteText, wholeSum } from './site-text.js';

/** A power cut, or somebody who restarts the box, is no fault of the file: only the second end is. */
const startsMax = 1;

/** Is this text fit to run here? `userProfiles`: with these profiles of the installer; left out: with those beside his site file. */
export type CheckText = (text: string, userProfiles?: UserTexts) => Promise<CheckedFile>;

export interface RunningSite {
  readonly site: KeptSite;
  readonly config: SiteConfig;
}

export interface StartedSite {
  readonly running: RunningSite;
  /** The file that runs is still on trial. */
  readonly trial: TrialRecord | null;
  /** Where a trial that fails goes back to. */
  readonly good: RunningSite;
  /** To be journaled. */
  readonly drafts: readonly EntryDraft[];
}

export interface InstalledSite {
  readonly text: SiteText;
  readonly config: SiteConfig;
}

export async function startingSite(files: SiteFiles, installed: InstalledSite, check: CheckText): Promise<StartedSite> {
  const own = installedSite(installed);
  const current = await files.read('current');
  if (current === null) return withoutCurrent(files, own, check);
  if (current.installer !== own.site.installer) {
    await files.setAside().catch(() => undefined);
    return { running: own, trial: null, good: own, drafts: [installerDraft(own.site.sha256, current.sha256)] };
  }
  const trial = await trialOf(files, current);
  const good = (await usable(await files.read('last-good'), own, check)) ?? own;
  if (trial !== null && trial.starts >= startsMax) return goBack(files, current, good, trial.origin, crashed);
  const running = await usable(current, own, check);
  if (running === null) return goBack(files, current, good, current.origin, unfit);
  if (trial === null) return { running, trial, good, drafts: [] };
  const started = { ...trial, starts: trial.starts + 1 };
  try {
    await files.writeTrial(started);
  } catch {
    // Starts that can not be counted could go on for ever.
    return goBack(files, current, good, trial.origin, uncounted);
  }
  return { running, trial: started, good, drafts: [] };
}

/** No applied file, or one that was written by half: the last good one is what ran before, if it belongs to this installed file. */
async function withoutCurrent(files: SiteFiles, own: RunningSite, check: CheckText): Promise<StartedSite> {
  const trial = await files.trial();
  if (trial === null) return { running: own, trial, good: own, drafts: [] };
  const good = (await usable(await files.read('last-good'), own, check)) ?? own;
  const { sha256, origin } = trial;
  return goBack(files, { sha256 }, good, origin, halfWritten);
}

/** The file on trial is the current one; else the trial never began. */
async function trialOf(files: SiteFiles, current: KeptSite): Promise<TrialRecord | null> {
  const trial = await files.trial();
  if (trial === null || trial.sha256 === current.sha256) return trial;
  await files.writeTrial(null).catch(() => undefined);
  return null;
}

async function usable(site: KeptSite | null, own: RunningSite, check: CheckText): Promise<RunningSite | null> {
  if (site === null || site.installer !== own.site.installer) return null;
  if (wholeSum(site) === own.site.installer) return own;
  const checked = await check(site.text, site.userProfiles ?? {});
  return checked.ok && checked.config.dataDir === own.config.dataDir ? { site, config: checked.config } : null;
}

async function goBack(
  files: SiteFiles,
  from: Pick<KeptSite, 'sha256'>,
  good: RunningSite,
  origin: string,
  why: RollBackReason,
): Promise<StartedSite> {
  // A disk that keeps nothing now is asked again at the next start.
  await files.rollBack(good.site).catch(() => undefined);
  const drafts = [rolledBackDraft(from.sha256, good.site.sha256, origin, why)];
  return { running: good, trial: null, good, drafts };
}

export function installedSite({ text, config }: InstalledSite): RunningSite {
  return { site: { ...text, origin: 'installed', wall: 0, installer: wholeSum(text) }, config };
}

const crashed: RollBackReason = {
  reason: 'crashed',
  words: { zh: '试运行中进程两次中断', en: 'the process ended twice during its trial' },
};
const unfit: RollBackReason = {
  reason: 'problems',
  words: { zh: '文件不能运行', en: 'the file is not fit to run' },
};
const uncounted: RollBackReason = {
  reason: 'cannot-keep',
  words: { zh: '磁盘未能记录试运行', en: 'the disk did not record its trial' },
};
const halfWritten: RollBackReason = {
  reason: 'unreadable',
  words: { zh: '文件没有写完', en: 'the file was not written to its end' },
};
