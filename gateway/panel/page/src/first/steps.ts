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

/** Households with special care in the zone of an alarm, or near the device that gives it. */
export function careNear(site: SiteInfo | null, row: AlarmRow): SiteInfo['care'] {
  return (site?.care ?? []).filter((door) => door.households > 0 && concerns(row, door));
}

interface Place {
  readonly zone: string | null;
  readonly near: readonly string[];
}

/** A household without a zone of its own, or next door in another one, has the devices beside it. */
export function concerns(row: AlarmRow, { zone, near }: Place): boolean {
  return (zone !== null && zone === row.zone) || isBeside(row, near);
}

export function isBeside({ device }: AlarmRow, near: readonly string[]): boolean {
  return device !== null && near.includes(device);
}

export function countOf(doors: SiteInfo['care']): number {
  return doors.reduce((sum, { households }) => sum + households, 0);
}
