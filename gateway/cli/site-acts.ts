/** What every verb but `run` does with a site file: looks at it, or asks the gateway that runs by it. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadConfig } from '../../config/load-config.js';
import { readTextFile } from '../../config/read-text.js';
import type { SiteConfig } from '../../config/site.js';
import { loadUserLibrary, userProfilesDir } from '../../config/user-profiles.js';
import { SystemClock } from '../../drivers/clock.js';
import type { LineBudget } from '../../drivers/modbus/line-budget.js';
import { commandTime } from '../../sync/command-result.js';
import { explainExercises } from '../annunciator/explain-exercises.js';
import { explainPlans } from '../annunciator/explain-plan.js';
import { lookAtFiles } from '../box/site-files.js';
import { checkSiteFile } from '../check.js';
import { checkNotes } from '../check-notes.js';
import { panelNotes } from '../check-panel-notes.js';
import { profileNotes } from '../check-profile-notes.js';
import { smsNotes } from '../check-sms-notes.js';
import { type FileQuestions, uplinkNotes } from '../check-uplink-notes.js';
import type { ExerciseAsk } from '../command/exercise-order.js';
import { dutyFacts, explainDuty } from '../duty/explain-duty.js';
import { explainUplinks } from '../explain-uplinks.js';
import { placesNote, placesToFillIn } from '../places-to-fill-in.js';
import { passwordTerminal } from './ask-password.js';
import { checkAsJson, describeCheck } from './check-table.js';
import type { ConfigVerb } from './config-orders.js';
import { type ControlVerb, control, type ServiceVerb, service } from './control.js';
import { answerDuty } from './duty.js';
import type { Act, RunOptions } from './exercise-orders.js';
import { known } from './known.js';
import { orderConfig } from './order-config.js';
import { orderExercise } from './order-exercise.js';
import { orderUser, type UserVerb } from './order-user.js';
import { refuse } from './refuse.js';

export async function check(options: RunOptions): Promise<void> {
  const checked = await readChecked(options);
  if (checked === null) return;
  const { config, budgets } = checked;
  const ask = askFiles(config);
  // Those of used ones have refused the site.
  const { problems } = await loadUserLibrary(userProfilesDir(options.config), null);
  const read = await readTextFile(config.file);
  const places = read.ok ? placesToFillIn(config.file, read.text) : [];
  const notes = [
    ...placesNote(places),
    ...checkNotes(config, existsSync),
    ...uplinkNotes(config, ask),
    ...smsNotes(config, isForAll(config.file)),
    ...panelNotes(config, ask),
    ...profileNotes(problems),
  ];
  const { json, lang } = options;
  const text =
    json === true ? checkAsJson(config, budgets, notes, places) : describeCheck(config, budgets, lang, notes);
  process.stdout.write(`${text}\n`);
}

function isForAll(path: string): boolean {
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o004) !== 0;
}

function askFiles(config: SiteConfig): FileQuestions {
  const open = lookAtFiles(config).secrets.filter(({ isForAll }) => isForAll);
  return {
    exists: existsSync,
    isForAll: (path) => open.some((secret) => secret.path === path),
    today: commandTime(new SystemClock().wall()).slice(0, 10),
  };
}

export type Explained = 'plan' | 'points' | 'wiring' | 'gb26875';

export async function explain(what: Explained, options: RunOptions, uplink?: string): Promise<void> {
  if (what === 'gb26875') return (await import('./papers/explain-gb26875.js')).explainGb(options, uplink ?? null);
  if (what !== 'plan') return (await import('./papers/explain-lists.js')).explainList(what, options);
  const checked = await readChecked(options);
  if (checked === null) return;
  const { config } = checked;
  const { json, lang } = options;
  const parts = [explainPlans, explainExercises, explainDuty, explainUplinks] as const;
  const words = parts.map((part) => part(config, lang)).join('\n\n');
  const text = json === true ? JSON.stringify({ plans: config.plans, ...dutyFacts(config) }) : words;
  process.stdout.write(`${text}\n`);
}

export async function order(verb: ControlVerb, options: RunOptions): Promise<void> {
  const dataDir = await dataDirOf(options);
  if (dataDir !== null) process.exitCode = await control(verb, dataDir, options.lang, options.json === true);
}

export async function serve(to: ServiceVerb, what: readonly string[], options: Parameters<Act>[0]): Promise<void> {
  const dataDir = await dataDirOf(options);
  if (dataDir === null) return;
  const { lang, json } = options;
  process.exitCode = await service(to, what, options.for ?? 0, dataDir, lang, json === true);
}

export async function answerDutyCheck(options: RunOptions): Promise<void> {
  const dataDir = await dataDirOf(options);
  if (dataDir !== null) process.exitCode = await answerDuty(dataDir, options.lang, options.json === true);
}

export async function changeConfig(what: ConfigVerb, options: RunOptions): Promise<void> {
  const dataDir = await dataDirOf(options);
  if (dataDir !== null)
    process.exitCode = await orderConfig(what, dataDir, options.lang, options.json === true, resolve(options.config));
}

export async function exercise(ask: ExerciseAsk, options: RunOptions): Promise<void> {
  const dataDir = await dataDirOf(options);
  if (dataDir !== null) process.exitCode = await orderExercise(ask, dataDir, options.lang, options.json === true);
}

export async function changeUsers(what: UserVerb, options: RunOptions): Promise<void> {
  const dataDir = await dataDirOf(options);
  if (dataDir === null) return;
  const { lang, json } = options;
  process.exitCode = await orderUser(what, {
    ...{ dataDir, lang, isJson: json === true, wall: new SystemClock().wall(), terminal: passwordTerminal },
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
}

/** The site as its file says; null after its problems were printed. Budgets are not looked at. */
export async function loadSite(options: RunOptions): Promise<SiteConfig | null> {
  const loaded = await loadConfig(options.config, await known());
  if (loaded.ok) return loaded.config;
  refuse(loaded.problems, options);
  return null;
}

/** Where the gateway of this site can be asked; null after its problems were printed. A line that has become too slow is no
 * reason not to silence a siren: budgets are not looked at. */
export async function dataDirOf(options: RunOptions): Promise<string | null> {
  return (await loadSite(options))?.dataDir ?? null;
}

interface Checked {
  readonly config: SiteConfig;
  readonly budgets: readonly LineBudget[];
}

/** The site and its lines' budgets, or null after the list of problems was printed and the exit status set. */
async function readChecked(options: RunOptions): Promise<Checked | null> {
  const checked = await checkSiteFile(options.config, await known());
  if (checked.ok) return checked;
  refuse(checked.problems, options);
  return null;
}
