import { stepCondition } from './condition.js';
import { fresh } from './facets.js';
import { endOf, realAfterMs, secondWithinMs, trialDelays, trialDueMono } from './walk-test-due.js';
import { begunDraft, endedDraft, restartedDraft, seenDraft } from './walk-test-entries.js';
import { testable, walkTestMaxMs, walkTestRefusal } from './walk-test-order.js';
/** Of each alarm. */
const framesKept = 2;
const atRest = { condition: 'normal', sinceMono: Number.NEGATIVE_INFINITY };
/** What is refused changes nothing; whoever passes the order on asks `walkTestRefusal` for the answer. */
export function obeyWalkTest(work, order) {
    if (walkTestRefusal(order, work, work.known.values()) !== null)
        return;
    const test = work.walkTests.get(order.zone);
    if (test !== undefined)
        windDown(work, test, 'ordered', order.origin);
    else
        begin(work, order);
}
/** After every step: what a point under test said in it, and whether there is a fire now that people must hear. */
export function conductWalkTests(work) {
    if (work.walkTests.size === 0)
        return;
    if (work.said !== null)
        hear(work, work.said);
    if (work.hasFire)
        endWalkTests(work, 'fire');
}
/** What time alone brings about. */
export function walkTestsDue(work) {
    const { mono } = work.now;
    for (const test of [...work.walkTests.values()]) {
        for (const key of test.subjects) {
            const [facets, point] = [work.subjects.get(key), work.entryOf(key)?.point];
            const trial = facets?.service?.trial;
            if (facets === undefined || point === undefined || trial === undefined || mono < trial.dueMono)
                continue;
            advance(work, facets, point, trial.condition !== 'clearing', trial);
        }
        const now = work.walkTests.get(test.zone);
        if (now === undefined || now.ending !== null)
            continue;
        const end = endOf(now);
        if (mono >= end.mono)
            windDown(work, now, end.why, null);
    }
}
/** At once, all of them: what is in alarm there is raised. */
export function endWalkTests(work, reason) {
    const tests = [...work.walkTests.values()];
    for (const test of tests)
        close(work, test, reason, null);
    for (const key of tests.flatMap(({ subjects }) => subjects)) {
        const facets = work.subjects.get(key);
        if (facets?.service?.is !== 'under-test')
            continue;
        const { trial } = facets.service;
        if (trial?.condition !== 'active')
            putBack(work, facets);
        else {
            work.raise({ ...facets, service: null }, { ...trial.detail, walk_test: true });
            for (const frame of trial.frames)
                work.witness({ key, zone: facets.zone }, frame);
        }
    }
}
/** After a restart nobody remembers who was seen; what the rows say is over. */
export function endedByRestart(work, rows) {
    const tested = rows.filter(({ service }) => service === 'under-test');
    for (const zone of new Set(tested.map((row) => row.zone))) {
        if (zone !== null)
            work.note(restartedDraft(zone, work.zoneNames.get(zone)));
    }
    for (const { subject } of tested) {
        const facets = work.subjects.get(subject);
        if (facets === undefined)
            work.forget(subject);
        else
            work.put(facets);
    }
}
function begin(work, { zone, origin, forMs = walkTestMaxMs }) {
    const { mono, wall, trust } = work.now;
    const subjects = testable(zone, work, work.known.values());
    const until = { untilMono: mono + forMs, untilWall: wall + forMs, isWallSure: trust === 'trusted' };
    const service = { is: 'under-test', by: origin, ...until };
    for (const subject of subjects)
        work.put({ ...(work.subjects.get(subject.key) ?? fresh(subject)), service });
    const test = {
        ...{ zone, by: origin, beganMono: mono, untilMono: until.untilMono, lastSeenMono: mono },
        ...{ subjects: subjects.map(({ key }) => key), seen: [], ending: null },
    };
    work.putWalkTest(zone, test);
    work.note(begunDraft(test, forMs, work.zoneNames.get(zone)));
}
function hear(work, { watched, isActive, frame, detail }) {
    const facets = work.subjects.get(watched.subject.key);
    // Unless a fire of the same step has ended the test.
    if (facets?.service?.is !== 'under-test')
        return;
    const was = facets.service.trial;
    const frames = was?.frames ?? [];
    const isNews = isActive && frame !== null && frames.length < framesKept && !frames.includes(frame);
    advance(work, facets, watched.point, isActive, {
        detail: was?.detail ?? detail,
        frames: isNews ? [...frames, frame] : frames,
    });
}
/** One step of a trial. */
function advance(work, facets, point, isActive, { detail, frames }) {
    const { zone, service } = facets;
    const test = zone === null ? undefined : work.walkTests.get(zone);
    if (service === null || test === undefined)
        return;
    const { mono } = work.now;
    const delays = trialDelays(point);
    const { trial: was, ...untried } = service;
    const { state, event } = stepCondition(was ?? atRest, isActive, delays, mono);
    if (state.condition === 'normal') {
        const { isLossBeside, ...rest } = facets;
        if (was !== undefined)
            work.put({ ...rest, service: untried });
        return;
    }
    // A tick that comes late, after a halt, puts nothing off: the delay was over when it was over.
    const raisedMono = was?.condition === 'pending' ? was.sinceMono + delays.onDelayMs : mono;
    const alarmMono = was === undefined || event === 'raised' ? Math.min(mono, raisedMono) : was.alarmMono;
    if (state !== was || frames !== was.frames) {
        const { condition, sinceMono } = state;
        const dueMono = trialDueMono(state, alarmMono, delays);
        work.put({
            ...facets,
            service: { ...untried, trial: { condition, sinceMono, dueMono, alarmMono, detail, frames } },
        });
    }
    if (state.condition === 'active') {
        // Whoever comes back from a return that was none was missing when the other one came.
        const isBack = was?.condition === 'clearing';
        const isSecond = (event === 'raised' || isBack) && hasOther(work, test, facets.subject, alarmMono);
        const isPressed = event === 'raised' && point.role === 'call_point.alarm';
        if (isSecond || isPressed || mono >= alarmMono + realAfterMs)
            endWalkTests(work, 'fire');
        else if (event === 'raised')
            see(work, test, facets);
    }
    else if (test.ending !== null)
        settle(work, test, test.ending, null);
}
/** Another one of the zone is in alarm too, and came into it a short while before this one or after it. */
function hasOther(work, { subjects }, own, alarmMono) {
    return subjects.some((key) => {
        const trial = key === own ? undefined : work.subjects.get(key)?.service?.trial;
        if (trial?.condition !== 'active')
            return false;
        return Math.max(alarmMono, trial.alarmMono) <= Math.min(alarmMono, trial.alarmMono) + secondWithinMs;
    });
}
function see(work, test, facets) {
    const { subject } = facets;
    const seen = test.seen.includes(subject) ? test.seen : [...test.seen, subject];
    work.putWalkTest(test.zone, { ...test, seen, lastSeenMono: work.now.mono });
    work.note(seenDraft(test, facets));
}
/** No more is tried out; what is still in alarm has its time to return or to turn out to be a fire. */
function windDown(work, test, why, origin) {
    const ending = { ...test, ending: test.ending ?? why };
    if (test.ending === null)
        work.putWalkTest(test.zone, ending);
    settle(work, ending, ending.ending, origin);
}
function settle(work, test, why, origin) {
    let isOver = true;
    for (const key of test.subjects) {
        const facets = work.subjects.get(key);
        if (facets?.service?.is !== 'under-test')
            continue;
        if (facets.service.trial?.condition === 'active')
            isOver = false;
        else
            putBack(work, facets);
    }
    if (isOver)
        close(work, test, why, origin);
}
function close(work, test, reason, origin) {
    work.putWalkTest(test.zone, null);
    work.note(endedDraft(test, reason, origin, work.now.mono, work.zoneNames.get(test.zone)));
}
/** Into the watch again; what waits for its delay goes on waiting. */
function putBack(work, facets) {
    const trial = facets.service?.trial;
    const { isLossBeside, ...rest } = facets;
    if (trial?.condition !== 'pending')
        work.put({ ...rest, service: null, ...atRest });
    else
        work.put({ ...facets, service: null, condition: 'pending', sinceMono: trial.sinceMono });
}
