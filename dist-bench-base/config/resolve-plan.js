/** Plan → PlanConfig: its first step, and those that are written or that its preset stands for. */
import { brandId } from './ids.js';
import { presetSteps } from './plan-presets.js';
import { resolveSay } from './resolve-voice.js';
export function resolvePlan(plan) {
    const { id, when, sound, say, steps, preset, all_clear } = plan;
    const zones = when.zones === 'all' ? when.zones : [...new Set(when.zones)].map((zone) => brandId(zone));
    const village = wokenBy(plan.village, plan.village_say);
    const neighbours = wokenBy(plan.neighbours, plan.neighbours_say);
    const later = preset === undefined ? steps.map(stepOf) : presetSteps(preset, village, neighbours);
    return {
        id: brandId(id),
        when: { class: when.class, zones },
        steps: [{ start: [{ kind: 'at-once' }], ...wokenBy(sound, say) }, ...later],
        ...(all_clear === undefined ? {} : { allClear: resolveSay(all_clear) }),
    };
}
function stepOf({ confirmed, unacknowledged_s, after_s, sound, say }) {
    const start = [];
    if (confirmed === true)
        start.push({ kind: 'confirmed' });
    if (unacknowledged_s !== undefined)
        start.push({ kind: 'unacknowledged', afterMs: unacknowledged_s * 1000 });
    if (after_s !== undefined)
        start.push({ kind: 'after', afterMs: after_s * 1000 });
    return { start, ...wokenBy(sound, say) };
}
/** A step that says nothing has no key `say`. */
function wokenBy(sound = [], say) {
    const outputs = [...new Set(sound)].map((output) => brandId(output));
    return say === undefined ? { sound: outputs } : { sound: outputs, say: say.map(resolveSay) };
}
