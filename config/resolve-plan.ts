/** Plan → PlanConfig: its first step, and those that are written or that its preset stands for. */
import { brandId, type OutputId, type ZoneId } from './ids.js';
import { presetSteps, type Woken } from './plan-presets.js';
import { resolveSay } from './resolve-voice.js';
import { wordsOf } from './resolve-words.js';
import type { PlanConfig, PlanStep, StepStart } from './site.js';
import type { PlanStepYaml, PlanYaml } from './sounding-schema.js';
import type { SayYaml } from './voice-schema.js';

export function resolvePlan(plan: PlanYaml): PlanConfig {
  const { id, when, sound, say, steps, preset, all_clear, what_to_do } = plan;
  const zones = when.zones === 'all' ? when.zones : [...new Set(when.zones)].map((zone) => brandId<ZoneId>(zone));
  const village = wokenBy(plan.village, plan.village_say);
  const neighbours = wokenBy(plan.neighbours, plan.neighbours_say);
  const later = preset === undefined ? steps.map(stepOf) : presetSteps(preset, village, neighbours);
  return {
    id: brandId(id),
    when: { class: when.class, zones },
    steps: [{ start: [{ kind: 'at-once' }], ...wokenBy(sound, say) }, ...later],
    ...(all_clear === undefined ? {} : { allClear: resolveSay(all_clear) }),
    ...(what_to_do === undefined ? {} : { whatToDo: what_to_do.map(wordsOf) }),
  };
}

function stepOf({ confirmed, unacknowledged_s, after_s, sound, say }: PlanStepYaml): PlanStep {
  const start: StepStart[] = [];
  if (confirmed === true) start.push({ kind: 'confirmed' });
  if (unacknowledged_s !== undefined) start.push({ kind: 'unacknowledged', afterMs: unacknowledged_s * 1000 });
  if (after_s !== undefined) start.push({ kind: 'after', afterMs: after_s * 1000 });
  return { start, ...wokenBy(sound, say) };
}

/** A step that says nothing has no key `say`. */
function wokenBy(sound: readonly string[] = [], say?: readonly SayYaml[]): Woken {
  const outputs = [...new Set(sound)].map((output) => brandId<OutputId>(output));
  return say === undefined ? { sound: outputs } : { sound: outputs, say: say.map(resolveSay) };
}
