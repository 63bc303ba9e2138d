import { isCovered } from '../../alarm/orders.js';
/**
 * The report of a raising → what had been raised by then. Null: no standing alarm goes by it, or it was raised again since, which
 * whoever names the older report can not have seen.
 */
export function upToOf(report, { boot, alarms, newestRaising }) {
    for (const { alarm, subject } of alarms.subjects.values()) {
        if (alarm === null)
            continue;
        if ((newestRaising(subject) ?? alarm.id) === report)
            return { boot, order: alarm.order };
    }
    return null;
}
/** Alarms that sound and are meant; `zones` null: everywhere. */
export function soundingOf(upTo, zones, { alarms }) {
    return [...alarms.subjects.values()].filter(({ alarm, sounder, zone }) => alarm !== null &&
        sounder === 'sounding' &&
        isCovered(alarm, upTo) &&
        (zones === null || (zone !== null && zones.includes(zone))));
}
