import type { EntryId, OutputId } from '../../config/ids.js';
import type { PlanConfig } from '../../config/site.js';
import type { AlarmState } from '../alarm/facets.js';

export interface Desired {
  readonly on: boolean;
  /** Alarms that a plan binds to this output, sounding or silenced: somebody or something has decided about it. */
  readonly because: readonly EntryId[];
}

/** What the plans want from the alarms as they are now. Outputs that no alarm concerns are absent. Pure. */
export function desiredOutputs(state: AlarmState, plans: readonly PlanConfig[]): ReadonlyMap<OutputId, Desired> {
  const desired = new Map<OutputId, Desired>();
  for (const facets of state.subjects.values()) {
    if (facets.alarm === null) continue;
    for (const plan of plans) {
      if (plan.when.class !== facets.class) continue;
      if (plan.when.zones !== 'all' && (facets.zone === null || !plan.when.zones.includes(facets.zone))) continue;
      for (const output of plan.sound) {
        const before = desired.get(output);
        desired.set(output, {
          on: before?.on === true || facets.sounder === 'sounding',
          because: [...(before?.because ?? []), facets.alarm.id],
        });
      }
    }
  }
  return desired;
}
