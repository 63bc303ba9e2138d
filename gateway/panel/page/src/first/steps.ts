/** What the site file says is to be done, and who lives there: pure. */
import type { SiteInfo } from '../../../api/site.js';
import type { AlarmRow } from '../../../api/state.js';

type Words = SiteInfo['name'];

/** Steps for this zone, if there are any; else those for everywhere; else what the alarm itself asks for. */
export function stepsFor(site: SiteInfo | null, row: AlarmRow): readonly Words[] {
  const ofClass = (site?.steps ?? []).filter((each) => each.class === row.class);
  const here = ofClass.filter(({ zones }) => row.zone !== null && zones?.includes(row.zone) === true);
  const steps = (here.length > 0 ? here : ofClass.filter(({ zones }) => zones === null)).flatMap((each) => each.steps);
  return steps.length > 0 || row.next === null ? steps : [row.next];
}

/** Households with special care in the zone of an alarm. */
export function careNear(site: SiteInfo | null, row: AlarmRow): SiteInfo['care'] {
  if (row.zone === null) return [];
  return (site?.care ?? []).filter(({ zone, households }) => zone === row.zone && households > 0);
}

export function countOf(doors: SiteInfo['care']): number {
  return doors.reduce((sum, { households }) => sum + households, 0);
}
