/** `gengfu doctor`: everything that an installer trips over, each finding with its fix; with a running gateway and without, with a site file and without. */
import { join } from 'node:path';
import { describeProblem, type Problem } from '../../../config/problem.js';
import type { SiteConfig } from '../../../config/site.js';
import { type Clock, SystemClock } from '../../../drivers/clock.js';
import { ReaderThread } from '../../../sync/journal/reader/reader-thread.js';
import { SystemView } from '../../box/box-view.js';
import { describeFindings } from '../../box/describe-findings.js';
import { examine } from '../../box/examine.js';
import { type Finding, findingsOf, isAnyProblem, words } from '../../box/finding.js';
import { lookHere } from '../../box/look-here.js';
import type { Patience } from '../../box/patience.js';
import type { DoctorFacts } from '../../doctor/doctor-facts.js';
import { readVersion } from '../../version.js';
import type { RunOptions } from '../exercise-orders.js';
import { end } from './end.js';
import { lookAtSite } from './look-at-site.js';
import { random } from './random.js';

/** Problems of the site file that are told; `gengfu check` tells all. */
const problemsMax = 3;

export interface Examined {
  readonly findings: readonly Finding[];
  readonly config: SiteConfig | null;
  readonly facts: DoctorFacts | null;
  readonly patience: Patience;
}

/** Prints; the exit status: 0 when there is no problem, else 1. */
export async function doctor(options: RunOptions): Promise<void> {
  const { findings, facts, patience } = await examineBox(options.config, new SystemClock());
  const isBad = isAnyProblem(findings);
  const text =
    options.json === true ? JSON.stringify({ ok: !isBad, findings, facts }) : describeFindings(findings, options.lang);
  await end(`${text}\n`, isBad ? 1 : 0, patience);
}

/** All findings; never rejects for what is wrong with the box. */
export async function examineBox(file: string, clock: Clock): Promise<Examined> {
  const { config, problems, facts, patience } = await lookAtSite(file, clock);
  const reader = config === null ? null : await openReader(join(config.dataDir, 'journal.db'), clock, patience);
  const look = await lookHere({ clock, patience, config, facts, version: await readVersion(), journal: reader });
  const found = await examine(look, patience);
  reader?.stop();
  const site = config === null ? siteFindings(file, problems) : [];
  return { findings: [...site, ...found], config, facts, patience };
}

/** Only a journal in use, or left by a crash, is opened: SQLite would make files beside one that rests. */
async function openReader(path: string, clock: Clock, patience: Patience): Promise<ReaderThread | null> {
  return (await new SystemView(patience).stat(`${path}-shm`)) !== null
    ? new ReaderThread({ path, clock, random })
    : null;
}

function siteFindings(file: string, problems: readonly Problem[]): readonly Finding[] {
  const { problem } = findingsOf('site');
  const what = words(`站点文件 ${file}`, `site file ${file}`);
  const fix = words(
    `没有就用 gengfu init 建立；有就用 gengfu check -c ${file} 看全部问题`,
    `make one with gengfu init; if there is one, see all its problems with gengfu check -c ${file}`,
  );
  const [first] = problems;
  if (first === undefined) return [problem(what, words('不能用', 'is not fit'), fix)];
  return problems
    .slice(0, problemsMax)
    .map((each) => problem(what, { zh: describeProblem(each, 'zh'), en: describeProblem(each, 'en') }, fix));
}
