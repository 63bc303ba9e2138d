/** A planned site is written until `check` takes it: a line that can not see its fires in time gets the limit that it can keep, and says so. */
import type { Problem } from '../../config/problem.js';
import { deadToStand, slowestMs } from '../../drivers/modbus/line-budget.js';
import type { CheckedFile } from '../check.js';
import type { PlannedSite } from './planned-site.js';
import { siteText } from './write-site.js';

/** As late as a site file may ask for. */
const deadlineMaxMs = 10_000;
const deadlineStepMs = 100;

export type CheckText = (text: string) => Promise<CheckedFile>;

export type Accepted =
  | { readonly ok: true; readonly site: PlannedSite; readonly text: string }
  /** `check` would refuse it; the text is handed over all the same, so that nothing is lost. */
  | { readonly ok: false; readonly text: string; readonly problems: readonly Problem[] };

export async function acceptSite(site: PlannedSite, check: CheckText): Promise<Accepted> {
  const text = siteText(site);
  const checked = await check(text);
  if (checked.ok) return { ok: true, site, text };
  const patient = withDeadlines(site, checked);
  if (patient === null) return { ok: false, text, problems: checked.problems };
  const later = siteText(patient);
  const again = await check(later);
  return again.ok ? { ok: true, site: patient, text: later } : { ok: false, text: later, problems: again.problems };
}

/** Null where something else is wrong, or no limit is enough. */
function withDeadlines(
  site: PlannedSite,
  { problems, budgets }: Extract<CheckedFile, { ok: false }>,
): PlannedSite | null {
  if (problems.some(({ code }) => code !== 'BUDG-001')) return null;
  const late = new Set(problems.map(({ where }) => where));
  const lines = site.lines.map((line) => {
    const budget = budgets.find((each) => each.line === line.id);
    if (budget === undefined || !late.has(`line ${line.id}`)) return line;
    const neededMs = Math.max(slowestMs(budget, 0), slowestMs(budget, deadToStand(budget)));
    return { ...line, fireDeadlineMs: Math.ceil(neededMs / deadlineStepMs) * deadlineStepMs };
  });
  return lines.every(({ fireDeadlineMs }) => (fireDeadlineMs ?? 0) <= deadlineMaxMs) ? { ...site, lines } : null;
}
