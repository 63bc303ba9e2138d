/** What a person's order does to the alarms that it is about. Pure. */
import { alarmClasses, latchesUntilReset } from '../../config/vocabulary.js';
import { noAlarm } from './facets.js';
import { silencedAt } from './sounder.js';
export function obey(work, { kind, upTo, origin, subjects }) {
    for (const facets of [...work.subjects.values()].sort(byClassThenOrder)) {
        const { alarm } = facets;
        if (alarm === null || !isCovered(alarm, upTo))
            continue;
        if (subjects !== undefined && !subjects.has(facets.subject))
            continue;
        switch (kind) {
            case 'acknowledge':
                acknowledge(work, facets, alarm, origin);
                break;
            case 'silence':
                if (facets.sounder !== 'sounding')
                    break;
                work.put({ ...facets, ...silencedAt(work.now) });
                work.draft('alarm.silenced', facets, alarm.id, origin, {});
                break;
            case 'reset':
                reset(work, facets, alarm, origin);
                break;
        }
    }
}
function acknowledge(work, facets, alarm, by) {
    if (facets.acknowledged !== null)
        return;
    const { mono, wall } = work.now;
    work.put({ ...facets, acknowledged: { by, wall, afterMs: mono - alarm.waitingMono } });
    work.draft('alarm.acknowledged', facets, alarm.id, by, {});
}
function reset(work, facets, alarm, origin) {
    if (!latchesUntilReset[facets.class])
        return;
    const isActive = facets.condition !== 'normal';
    if (isActive && !facets.isLost) {
        work.stillActive(facets.subject);
        return;
    }
    work.put({ ...facets, ...noAlarm });
    work.draft('alarm.reset', facets, alarm.id, origin, isActive ? { as: 'detector-lost' } : {});
}
/** Had the person seen it? */
export function isCovered(alarm, upTo) {
    return 'order' in upTo ? alarm.order <= upTo.order : alarm.raisedMono <= upTo.raisedBeforeMono;
}
function rank(alarmClass) {
    return alarmClasses.indexOf(alarmClass);
}
function byClassThenOrder(a, b) {
    return rank(a.class) - rank(b.class) || (a.alarm?.order ?? 0) - (b.alarm?.order ?? 0);
}
