import { wordsMaxMs } from './exercise.js';
/** An order is proven within so long, or it is not, ms: a slow line needs a second. */
export const proofMaxMs = 5000;
export const sirenTestOff = { is: 'off' };
export function stepSirenTest(state, input, now) {
    switch (input.kind) {
        case 'begin':
            return begin(state, input, now);
        case 'said':
            return state.is === 'announced' ? ring(state.test, 0, new Map(), now.mono) : same(state);
        case 'look':
            return look(state, input.isOn, now.mono);
        case 'end':
            return state.is === 'off' ? refuseEnd(state, input.reason) : end(state, input.reason, now.mono);
        case 'restart': {
            const { running } = input;
            if (running === null || (state.is !== 'off' && state.test.id === running.id))
                return same(state);
            const outcomes = withSkipped(running, new Map());
            return { state, effects: [{ do: 'end', test: running, reason: 'restart', outcomes, lastedMs: null }] };
        }
        default: {
            const impossible = input;
            throw new Error(`impossible input ${String(impossible)}`);
        }
    }
}
/** It is over by then whatever happens, ms. */
export function sirenTestMaxMs({ outputs, soundsMs }) {
    return wordsMaxMs + outputs.length * (Math.max(soundsMs, proofMaxMs) + proofMaxMs);
}
function begin(state, { id, outputs, soundsMs, origin, hasWords, standing }, { mono, wall }) {
    if (standing.hasFire)
        return refuse(state, 'fire-stands');
    if (state.is !== 'off' || standing.running !== null)
        return refuse(state, 'exercise-runs');
    // What an alarm has on can not be proven off.
    if (standing.hasSound)
        return refuse(state, 'alarm-sounds');
    if (outputs.length === 0)
        return refuse(state, 'nothing-sounds');
    const test = { id, outputs, soundsMs, origin, begunMono: mono, begunWall: wall };
    if (!hasWords) {
        const first = ring(test, 0, new Map(), mono);
        return { state: first.state, effects: [{ do: 'begin', test }, ...first.effects] };
    }
    return {
        state: { is: 'announced', test, untilMono: mono + wordsMaxMs },
        effects: [
            { do: 'begin', test },
            { do: 'words', test },
        ],
    };
}
function look(state, isOn, mono) {
    if (state.is === 'off')
        return same(state);
    if (state.is === 'announced')
        return mono < state.untilMono ? same(state) : ring(state.test, 0, new Map(), mono);
    const { test, output, sinceMono, outcomes } = state;
    const sinceMs = mono - sinceMono;
    if (state.is === 'ringing') {
        const isProvenOn = state.isProvenOn || isOn === true;
        const isOver = sinceMs >= test.soundsMs && (isProvenOn || sinceMs >= proofMaxMs);
        if (!isOver)
            return isProvenOn === state.isProvenOn ? same(state) : same({ ...state, isProvenOn });
        return { state: { ...state, is: 'quieting', isProvenOn, sinceMono: mono }, effects: [{ do: 'quiet' }] };
    }
    if (isOn !== false && sinceMs < proofMaxMs)
        return same(state);
    const outcome = state.isProvenOn && isOn === false ? 'proven' : 'not-proven';
    return ring(test, test.outputs.indexOf(output) + 1, new Map(outcomes).set(output, outcome), mono);
}
/** The siren at this place, or the end behind the last one. */
function ring(test, place, outcomes, mono) {
    const output = test.outputs[place];
    if (output === undefined) {
        const lastedMs = mono - test.begunMono;
        return { state: sirenTestOff, effects: [{ do: 'end', test, reason: 'done', outcomes, lastedMs }] };
    }
    return {
        state: { is: 'ringing', test, output, sinceMono: mono, isProvenOn: false, outcomes },
        effects: [{ do: 'ring', test, output }],
    };
}
function end(state, reason, mono) {
    const { test } = state;
    const outcomes = withSkipped(test, state.is === 'announced' ? new Map() : state.outcomes);
    return {
        state: sirenTestOff,
        effects: [{ do: 'end', test, reason, outcomes, lastedMs: mono - test.begunMono }],
    };
}
/** What did not come to its turn, or not to the end of it, was not tested: neither good nor bad. */
function withSkipped({ outputs }, outcomes) {
    return new Map(outputs.map((output) => [output, outcomes.get(output) ?? 'skipped']));
}
function refuseEnd(state, reason) {
    return reason === 'order' ? refuse(state, 'nothing-runs') : same(state);
}
function refuse(state, reason) {
    return { state, effects: [{ do: 'refuse', reason }] };
}
function same(state) {
    return { state, effects: [] };
}
