import { isAbout } from '../annunciator/desired-outputs.js';
/** Begun no later after the reset: an all-clear that comes when the next thing has happened is worse than none. */
const waitsMs = 120_000;
/** One announcement for all plans that this reset has ended; null: there is nothing to say. */
export function allClearOf({ before, after, plans, origin, nowMono, sayingsOf }) {
    const sayings = new Map();
    let about = null;
    for (const plan of plans) {
        if (plan.allClear === undefined)
            continue;
        if ([...after.subjects.values()].some((facets) => stands(facets, plan)))
            continue;
        // A detector that was lost in its alarm can be reset, and nobody has seen that nothing burns there.
        if ([...before.subjects.values()].some((facets) => stands(facets, plan) && isUnseen(facets)))
            continue;
        const ended = [...before.subjects.values()].findLast((facets) => stands(facets, plan) && isReset(facets, after));
        if (ended === undefined || ended.alarm === null)
            continue;
        about ??= { ended, alarm: ended.alarm.id };
        for (const [speaker, said] of sayingsOf(plan.allClear, ended)) {
            const already = sayings.get(speaker) ?? [];
            const known = new Set(already.map((saying) => JSON.stringify(saying)));
            sayings.set(speaker, [...already, ...said.filter((saying) => !known.has(JSON.stringify(saying)))]);
        }
    }
    if (about === null || sayings.size === 0)
        return null;
    return {
        id: `all-clear:${about.alarm}`,
        rank: 'evacuation',
        occasion: 'all-clear',
        sayings,
        times: 1,
        untilMono: nowMono + waitsMs,
        volume: null,
        origin,
        alarm: about.alarm,
        zone: about.ended.zone,
        words: { zh: `解除警报：${about.ended.name.zh}`, en: `all-clear: ${about.ended.name.en}` },
    };
}
/** It is an alarm of the plan; what is out of service no plan follows. */
function stands(facets, plan) {
    return facets.alarm !== null && facets.service === null && isAbout(plan, facets);
}
/** It can not be seen, and was in alarm as it was seen last. */
function isUnseen({ isLost, condition }) {
    return isLost && condition !== 'normal';
}
/** The alarm is gone, and not only its detector out of service. */
function isReset({ subject }, after) {
    return (after.subjects.get(subject)?.alarm ?? null) === null;
}
