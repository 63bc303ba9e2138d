/**
 * A drill 演练: everything sounds, nothing burns. Pure.
 *
 *   off ──begin──▶ announced ──said, or 30 s──▶ sounding ──▶ off
 *                      └──── end, time, a real fire ────────▶ off
 *
 * It ends by itself when its time is over, counted from its beginning, words included; a drill of an earlier process is over.
 */
import { wordsMaxMs } from './exercise.js';
/** Shorter ones would be over before the words are. */
export const drillMinMs = 60_000;
export const drillMaxMs = 2 * 3_600_000;
/** Heads are counted at the meeting place, and told later: so long after its end, ms. */
export const countsMaxMs = 24 * 3_600_000;
export const nobodyCounted = { present: null, missing: null };
export const drillOff = { is: 'off', last: null };
export function stepDrill(state, input, now) {
    switch (input.kind) {
        case 'begin':
            return begin(state, input, now);
        case 'said':
            return state.is === 'announced' ? sound(state.drill) : same(state);
        case 'end':
            return state.is === 'off' ? count(state, input, now) : end(state, 'order', now, input);
        case 'fire':
        case 'stop':
            return state.is === 'off' ? same(state) : end(state, input.kind, now);
        case 'tick':
            if (state.is === 'off')
                return same(state);
            if (now.mono >= endOf(state.drill))
                return end(state, 'time', now);
            return state.is === 'announced' && now.mono >= state.soundsMono ? sound(state.drill) : same(state);
        case 'restart':
            return restart(state, input, now);
        default: {
            const impossible = input;
            throw new Error(`impossible input ${String(impossible)}`);
        }
    }
}
/** When the next tick is needed, monotonic ms; null: none is. */
export function drillTick(state) {
    if (state.is === 'off')
        return null;
    return state.is === 'announced' ? Math.min(state.soundsMono, endOf(state.drill)) : endOf(state.drill);
}
export function endOf({ begunMono, forMs }) {
    return begunMono + forMs;
}
function begin(state, input, now) {
    const { id, zones, forMs, origin, hasWords, standing } = input;
    if (standing.hasFire)
        return refuse(state, 'fire-stands');
    if (state.is !== 'off' || standing.running !== null)
        return refuse(state, 'exercise-runs');
    if (forMs < drillMinMs || forMs > drillMaxMs)
        return refuse(state, 'too-long');
    const drill = { id, zones, forMs, origin, begunMono: now.mono, begunWall: now.wall };
    if (!hasWords)
        return { state: { is: 'sounding', drill }, effects: [{ do: 'begin', drill }, soundOf(drill)] };
    return {
        state: { is: 'announced', drill, soundsMono: now.mono + wordsMaxMs },
        effects: [
            { do: 'begin', drill },
            { do: 'words', drill },
        ],
    };
}
function sound(drill) {
    return { state: { is: 'sounding', drill }, effects: [soundOf(drill)] };
}
function soundOf(drill) {
    return { do: 'sound', drill };
}
const byItself = { counts: nobodyCounted, note: null, origin: null };
function end(state, reason, now, { counts, note, origin } = byItself) {
    const { drill } = state;
    // A tick may come late; the time that it lasts is a promise of its own.
    const lastedMs = now.mono - drill.begunMono;
    const ended = {
        ...{ drill, reason, lastedMs, endedWall: now.wall },
        countsUntilMono: now.mono + countsMaxMs,
    };
    const noted = note === null || origin === null ? [] : [{ do: 'note', drill, note, origin }];
    const hasSounded = state.is === 'sounding';
    return {
        state: { is: 'off', last: ended },
        effects: [{ do: 'end', ended, counts, origin, hasSounded }, ...noted],
    };
}
function count(state, { counts, note, origin }, now) {
    const { last } = state;
    const isCounted = counts.present !== null || counts.missing !== null;
    if (last === null || now.mono > last.countsUntilMono || (!isCounted && note === null)) {
        return refuse(state, 'nothing-runs');
    }
    return {
        state,
        effects: [
            ...(isCounted ? [{ do: 'count', ended: last, counts, origin }] : []),
            ...(note === null ? [] : [{ do: 'note', drill: last.drill, note, origin }]),
        ],
    };
}
/** The disk may answer late, when a drill of this start already runs: then what it kept is old. */
function restart(state, { running, last }, now) {
    const isOurs = state.is !== 'off' && state.drill.id === running?.id;
    const kept = state.is === 'off' ? (state.last ?? last) : null;
    if (running === null || isOurs)
        return { state: state.is === 'off' ? { is: 'off', last: kept } : state, effects: [] };
    const ended = {
        ...{ drill: running, reason: 'restart', lastedMs: null, endedWall: now.wall },
        countsUntilMono: now.mono + countsMaxMs,
    };
    const effects = [
        { do: 'end', ended, counts: nobodyCounted, origin: null, hasSounded: false },
    ];
    return { state: state.is === 'off' ? { is: 'off', last: ended } : state, effects };
}
function refuse(state, reason) {
    return { state, effects: [{ do: 'refuse', reason }] };
}
function same(state) {
    return { state, effects: [] };
}
