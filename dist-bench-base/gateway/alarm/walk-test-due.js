/** An alarm that lasts so long is a real fire (design.md §5). */
export const realAfterMs = 60_000;
/** A second detector within so long of one that is still in alarm is a real fire (design.md §5). */
export const secondWithinMs = 30_000;
/** A walk test in which no detector was seen for so long is over (design.md §5). */
export const quietMaxMs = 10 * 60_000;
/** A return that lasts shorter is none: a fire that flickers counts on from its first moment. */
export const flickerMs = 10_000;
/** When a walk test ends by itself, and why. */
export function endOf({ untilMono, lastSeenMono }) {
    const quietMono = lastSeenMono + quietMaxMs;
    return untilMono <= quietMono ? { mono: untilMono, why: 'time' } : { mono: quietMono, why: 'quiet' };
}
/** How long a change of a point under test must last before it counts, ms. */
export function trialDelays({ onDelayMs, offDelayMs }) {
    return { onDelayMs, offDelayMs: Math.max(offDelayMs, flickerMs) };
}
/** When time alone changes a trial, monotonic ms; Infinity: it does not. */
export function trialDueMono(state, alarmMono, delays) {
    switch (state.condition) {
        case 'normal':
            return Number.POSITIVE_INFINITY;
        case 'pending':
            return state.sinceMono + delays.onDelayMs;
        case 'active':
            return alarmMono + realAfterMs;
        case 'clearing':
            return state.sinceMono + delays.offDelayMs;
    }
}
/** The next end of a walk test or `otherMono`, whichever is sooner, monotonic ms; null: neither. What is in alarm there has a
 * time of its own (`Trial.dueMono`). */
export function nextEndMono(tests, otherMono) {
    let nextMono = otherMono;
    for (const test of tests.values()) {
        if (test.ending === null)
            nextMono = Math.min(nextMono ?? Number.POSITIVE_INFINITY, endOf(test).mono);
    }
    return nextMono;
}
