/** Which alarms a district means by the id of a report, and whether it may silence them. Pure. */
import type { BootId, EntryId } from '../../../config/ids.js';
import type { AlarmState, Facets, UpTo } from '../../alarm/facets.js';
import { isCovered } from '../../alarm/orders.js';

export interface Seen {
  readonly boot: BootId;
  readonly alarms: AlarmState;
  /** Id of the newest raising of a standing alarm of this start; null for one of before. */
  readonly newestRaising: (subject: string) => EntryId | null;
}

/**
 * The report of a raising → what had been raised by then. Null: no standing alarm goes by it, or it was raised again since, which
 * whoever names the older report can not have seen.
 */
export function upToOf(report: string, { boot, alarms, newestRaising }: Seen): UpTo | null {
  for (const { alarm, subject } of alarms.subjects.values()) {
    if (alarm === null) continue;
    if ((newestRaising(subject) ?? alarm.id) === report) return { boot, order: alarm.order };
  }
  return null;
}

/** Alarms that sound and are meant; `zones` null: everywhere. */
export function soundingOf(upTo: UpTo, zones: readonly string[] | null, { alarms }: Seen): readonly Facets[] {
  return [...alarms.subjects.values()].filter(
    ({ alarm, sounder, zone }) =>
      alarm !== null &&
      sounder === 'sounding' &&
      isCovered(alarm, upTo) &&
      (zones === null || (zone !== null && zones.includes(zone))),
  );
}
