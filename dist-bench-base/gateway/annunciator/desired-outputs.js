import { usualCadences } from '../../config/site-defaults.js';
import { alarmClasses } from '../../config/vocabulary.js';
import { sirenPhase } from './siren-rest.js';
/** What the plans want from the alarms as they are now. `sirens`: outputs that rest now and then. Pure. */
export function desiredOutputs(state, plans, nowMono, sirens = noSirens, cadences = usualCadences) {
    const outputs = new Map();
    const soundings = [];
    let nextMono = Number.POSITIVE_INFINITY;
    let sinceMono = Number.NEGATIVE_INFINITY;
    for (const facets of state.subjects.values()) {
        const { alarm } = facets;
        if (alarm === null || facets.service !== null)
            continue;
        for (const plan of plans) {
            if (!isAbout(plan, facets))
                continue;
            for (const step of plan.steps) {
                const beginMono = Math.min(...step.start.map((each) => beginOf(each, facets, alarm)));
                if (nowMono < beginMono) {
                    nextMono = Math.min(nextMono, beginMono);
                    continue;
                }
                for (const output of step.sound)
                    add(outputs, output, facets, alarm);
                if (facets.sounder !== 'sounding')
                    continue;
                soundings.push({ facets, alarm, step });
                sinceMono = Math.max(sinceMono, beginMono, facets.sounderMono);
            }
        }
    }
    const highest = alarmClasses.find((each) => soundings.some(({ facets }) => facets.class === each)) ?? null;
    const cadence = highest === null ? null : cadences[highest];
    let isResting = false;
    const isHeard = [...outputs].some(([id, { on }]) => on && sirens.has(id)) || soundings.some(speaks);
    if (isHeard && cadence !== null) {
        const phase = sirenPhase(sinceMono, nowMono, cadence);
        nextMono = Math.min(nextMono, phase.nextMono);
        isResting = phase.isResting;
        if (isResting)
            for (const [id, wish] of outputs)
                if (sirens.has(id))
                    outputs.set(id, { ...wish, on: false, isResting: wish.on });
    }
    return { outputs, soundings, cadence, highest, isResting, nextMono: Number.isFinite(nextMono) ? nextMono : null };
}
/** Does an alarm like this take the steps of the plan? */
export function isAbout({ when }, { class: alarmClass, zone }) {
    if (when.class !== alarmClass)
        return false;
    return when.zones === 'all' || (zone !== null && when.zones.includes(zone));
}
const noSirens = new Set();
function speaks({ step }) {
    return step.say !== undefined && step.say.length > 0;
}
function add(outputs, output, { sounder }, { id }) {
    const wish = outputs.get(output) ?? { on: false, because: [] };
    wish.on ||= sounder === 'sounding';
    wish.because.push(id);
    outputs.set(output, wish);
}
/** When this begins, monotonic ms: Infinity when it does not, -Infinity when it has begun for certain. An alarm of an earlier
 * boot has waited long enough: restarts can not put a step off. */
function beginOf(start, { acknowledged }, { waitingMono, confirmed }) {
    switch (start.kind) {
        case 'at-once':
            return Number.NEGATIVE_INFINITY;
        case 'confirmed':
            return confirmed === null ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
        case 'after':
            return waitingMono + start.afterMs;
        case 'unacknowledged':
            // What began before somebody acknowledged goes on until somebody silences it.
            if (acknowledged === null)
                return waitingMono + start.afterMs;
            return acknowledged.afterMs >= start.afterMs ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    }
}
