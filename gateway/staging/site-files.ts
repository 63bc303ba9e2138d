/**
 * Site files of `<data_dir>/site/`, and how they follow each other so that a kill between any two writes leaves one that runs:
 *
 *   staged.yaml    checked, not applied            current.yaml    what was applied; runs while the installer's file is unchanged
 *   last-good.yaml what ran before the trial       before.yaml     what ran before that, for a rollback after the confirmation
 *   trial.json     a trial is under way            set-aside.yaml  was applied before the installer changed his file
 *
 * Beside each text stands what is known of it (`….json`), with its sum: a pair that does not fit together is not there.
 */
import { z } from 'zod';
import type { SiteFolder } from './site-folder.js';
import { type SiteText, siteText, wholeSum } from './site-text.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const noteSchema = z.object({
  sha256,
  /** Who staged or applied it. */
  origin: z.string().max(200),
  /** When, wall time, ms since 1970. */
  wall: z.number(),
  /** The whole sum (site-text.ts) of the installed file as it was then. */
  installer: sha256,
  /** The installer's profiles that it uses, as they were then. */
  userProfiles: z.record(z.string().max(64), z.string()).optional(),
});
const trialSchema = z.object({
  sha256,
  origin: z.string().max(200),
  beganWall: z.number(),
  /** Starts of the process since: the trial begins without one. */
  starts: z.number().int().min(0),
  /** Lines on which somebody answered before. */
  lines: z.array(z.string().max(64)).max(1000),
  /** The centre that could be reached before; null: none could. */
  uplink: z.string().max(64).nullable(),
});

export type SiteNote = z.infer<typeof noteSchema>;
export type TrialRecord = z.infer<typeof trialSchema>;
export type KeptSite = SiteText & Omit<SiteNote, 'sha256' | 'userProfiles'>;
type KeptName = 'staged' | 'current' | 'last-good' | 'before';

export class SiteFiles {
  constructor(private readonly folder: SiteFolder) {}

  async read(name: KeptName): Promise<KeptSite | null> {
    const [text, noted] = await Promise.all([this.folder.read(`${name}.yaml`), this.folder.read(`${name}.json`)]);
    const note = parsed(noteSchema, noted);
    if (text === null || note === null) return null;
    const { userProfiles, ...rest } = note;
    const site = siteText(text, userProfiles);
    return site.sha256 === note.sha256 ? { ...rest, ...site } : null;
  }

  async write(name: KeptName, { text, ...note }: KeptSite): Promise<void> {
    await this.folder.write(`${name}.yaml`, text);
    await this.folder.write(`${name}.json`, `${JSON.stringify(note)}\n`);
  }

  async remove(name: KeptName): Promise<void> {
    await this.folder.remove(`${name}.json`);
    await this.folder.remove(`${name}.yaml`);
  }

  async trial(): Promise<TrialRecord | null> {
    return parsed(trialSchema, await this.folder.read('trial.json'));
  }

  async writeTrial(trial: TrialRecord | null): Promise<void> {
    if (trial === null) await this.folder.remove('trial.json');
    else await this.folder.write('trial.json', `${JSON.stringify(trial)}\n`);
  }

  /** The installer has changed his file: what was applied is kept under another name. */
  async setAside(): Promise<void> {
    await this.folder.rename('current.yaml', 'set-aside.yaml');
    await this.folder.remove('current.json');
    await this.writeTrial(null);
  }

  /** Before a trial: what runs now becomes the last good one, then the trial is known, then the new file is the current one. */
  async begin(running: KeptSite, next: KeptSite, trial: TrialRecord): Promise<void> {
    const before = await this.read('last-good');
    if (before !== null && wholeSum(before) !== wholeSum(running)) await this.write('before', before);
    await this.write('last-good', running);
    await this.writeTrial(trial);
    await this.write('current', next);
  }

  /** The trial went well. What was the last good one can still be gone back to. */
  async confirm(): Promise<void> {
    const [current, good] = await Promise.all([this.read('current'), this.read('last-good')]);
    if (good !== null) await this.write('before', good);
    if (current !== null) await this.write('last-good', current);
    await this.writeTrial(null);
  }

  /** Back to the last good one: first the file, then the trial is over. */
  async rollBack(good: KeptSite): Promise<void> {
    // The installer's own file needs no copy, and goes on being his.
    if (wholeSum(good) === good.installer) await this.remove('current');
    else await this.write('current', good);
    await this.writeTrial(null);
  }
}

function parsed<T>(schema: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null;
  try {
    const outcome = schema.safeParse(JSON.parse(text));
    return outcome.success ? outcome.data : null;
  } catch {
    return null;
  }
}
