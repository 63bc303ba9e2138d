import { alarmClasses, latchesUntilReset } from '../../config/vocabulary.js';
import { conditions } from './condition.js';
import { resound } from './due.js';
import { facetsOf, noAlarm, rowOf } from './facets.js';
import { endOfService } from './service.js';
import { longestMs } from './service-order.js';
import { silentSinceMono } from './sounder.js';
import { endedByRestart, endWalkTests } from './walk-test.js';
/** A fire that was pending counts as due (design.md §3). What comes late is newer than all that anybody has seen on this boot. */
export function restore(work, rows, isLate) {
    // Of one that began before the disk answered: its points are merged like all others.
    endWalkTests(work, 'restart');
    // Those that change their names last: what is forgotten under the old one is not what goes on under it.
    const read = rows
        .map((each) => classToday(work, legible(work, each)))
        .map((row) => ({ row, subject: subjectToday(work, row) }));
    const isRenamed = (each) => each.subject !== each.row.subject;
    for (const { row, subject } of [...read.filter((each) => !isRenamed(each)), ...read.filter(isRenamed)]) {
        const asSaved = stillSilent(work, { ...facetsOf(row), subject });
        const restored = stillServed(work, asToday(work, asSaved));
        const saved = isLate ? shownNow(work, restored) : restored;
        const present = work.subjects.get(subject);
        if (subject !== row.subject)
            work.forget(row.subject);
        if (present !== undefined && present.alarm !== null) {
            // Raised again before the disk answered: the present alarm stays, and its row replaces the saved one.
            const waitingMono = saved.alarm !== null && saved.acknowledged === null ? saved.alarm.waitingMono : present.alarm.waitingMono;
            const confirmed = present.alarm.confirmed ?? saved.alarm?.confirmed ?? null;
            work.put({ ...present, alarm: { ...present.alarm, waitingMono, confirmed } });
            end(work, saved, { reason: 'superseded', by: present.alarm.id });
        }
        else if (hasLeft(work, row)) {
            end(work, saved, { reason: 'left-config' });
            work.forget(row.subject);
        }
        else if (row.condition === 'pending' && row.class === 'fire')
            work.raise(saved, { reason: 'restart' });
        else if (present?.condition === 'pending') {
            // What is waiting now goes on waiting, on top of what was latched.
            work.put({ ...saved, ...waitingOf(present), isLost: false }, false);
        }
        else
            work.put(saved, subject !== row.subject);
        if (row.untold !== null)
            tellUntold(work, row.untold, saved);
    }
    endedByRestart(work, rows);
    endOfService(work);
    // What is over with the restart alone, a service by a clock that nobody trusts, is over in the saved rows too.
    for (const { row, subject } of read) {
        const facets = work.subjects.get(subject);
        if (facets === undefined || rowOf(facets) === null)
            work.forget(row.subject);
    }
    // A silence that ended while nobody ran: what was silenced is heard in this very step.
    resound(work);
    // What stands in one zone today may have stood in two.
    for (const zone of new Set([...work.subjects.values()].map((facets) => facets.zone)))
        work.weigh(zone);
}
/** Where the fire of a point lives that is now of another class: what the point says from now on is no fire, and the fire stays as it is
 * until a person resets it. */
const asFire = '@fire';
/** Somebody took a fire point out of service, and it is one of another class now: that service is the point's, whatever its class. */
function classToday(work, row) {
    const entry = work.entryOf(row.subject);
    const isFire = row.alarm !== null || row.condition === 'pending';
    return entry === null || isFire || row.class !== 'fire' ? row : { ...row, class: entry.subject.class };
}
/** The key of a saved subject today. */
function subjectToday(work, { subject, class: alarmClass }) {
    if (alarmClass !== 'fire')
        return subject;
    const ofPoint = subject.endsWith(asFire) ? subject.slice(0, -asFire.length) : subject;
    const entry = work.entryOf(ofPoint);
    // Of a point that is a fire point again its fire is its own; of one that is gone it keeps its name.
    if (entry === null)
        return subject;
    return entry.point.class === 'fire' ? ofPoint : `${ofPoint}${asFire}`;
}
function waitingOf({ condition, sinceMono, isLossBeside = false }) {
    return { condition, sinceMono, ...(isLossBeside ? { isLossBeside } : {}) };
}
/** A restart does not prolong a silence. Whatever sounds sounds from the beginning. */
function stillSilent({ now }, saved) {
    const isSilenced = saved.sounder === 'silenced';
    return { ...saved, sounderMono: isSilenced ? silentSinceMono(saved.silencedWall, now) : now.mono };
}
/** What was counted when the last run ended without telling it: how that alarm stands now is told at once. */
function tellUntold(work, untold, saved) {
    const present = work.subjects.get(saved.subject);
    const isStanding = present?.alarm?.id === untold;
    work.counted(isStanding ? present : { ...saved, ...noAlarm }, untold, { reason: 'restart' });
    if (present === undefined)
        work.forget(saved.subject);
    else
        work.save(present, true);
}
/** For how long it is still out of service. A wall clock that can not be believed ends it: nothing stays out of the watch
 * for longer than somebody wanted. */
function stillServed({ now }, saved) {
    const { service } = saved;
    // Nobody walks on through a restart: a test is over, and what is in alarm is a fire.
    if (service?.is === 'under-test')
        return { ...saved, service: null };
    if (service === null || now.trust !== 'trusted')
        return saved;
    const leftMs = service.untilWall - now.wall;
    if (leftMs > longestMs[service.is])
        return saved;
    return { ...saved, service: { ...service, untilMono: now.mono + leftMs } };
}
function shownNow(work, saved) {
    return saved.alarm === null ? saved : { ...saved, alarm: { ...saved.alarm, ...work.newest() } };
}
function end(work, saved, detail) {
    if (saved.alarm !== null)
        work.draft('alarm.returned', saved, saved.alarm.id, null, detail);
}
/** Saved facets under today's name and zone. What has left the config can never be seen again: lost, so that a person can
 * reset it. */
function asToday(work, saved) {
    const entry = work.entryOf(saved.subject);
    if (entry === null)
        return { ...saved, isLost: !work.known.has(saved.subject) };
    const { zone, name } = entry.subject;
    return { ...saved, zone, name };
}
/** Nothing here can be in that alarm any more: a fault of something that is gone, or a point that is now of another class.
 * A fire stays whatever the config says, until a person resets it. */
function hasLeft(work, row) {
    if (row.class === 'fire')
        return false; // or it goes by a name of its own
    const entry = work.entryOf(row.subject);
    if (entry !== null)
        return entry.point.class !== row.class;
    return !work.known.has(row.subject) && !latchesUntilReset[row.class];
}
/** A row whose words somebody or something has spoilt still says that there was an alarm: read as the worse, never thrown away, and no
 * reason not to start. */
function legible(work, row) {
    const { subject, alarm } = row;
    const known = work.known.get(subject)?.class ?? (subject.startsWith('fault:') ? 'fault' : 'fire');
    const oneOf = (all, word, otherwise) => all.includes(word) ? word : otherwise;
    return {
        ...row,
        class: oneOf(alarmClasses, row.class, known),
        condition: oneOf(conditions, row.condition, alarm === null ? 'normal' : 'active'),
        sounder: oneOf(['quiet', 'sounding', 'silenced'], row.sounder, alarm === null ? 'quiet' : 'sounding'),
        service: oneOf(['in-service', 'shelved', 'out-of-service', 'under-test'], row.service, 'in-service'),
    };
}
