/** What of the alarms stands in the way of an exercise. Pure. */
import type { PlanConfig } from '../../config/site.js';
import type { AlarmState, Facets } from '../alarm/facets.js';
import type { Standing } from './exercise.js';

/** Detectors out of service or under test raise no fire that counts: nothing sounds for them. */
export function alarmsStanding(state: AlarmState, plans: readonly PlanConfig[]): Omit<Standing, 'running'> {
  let [hasFire, hasSound] = [false, false];
  for (const facets of state.subjects.values()) {
    if (facets.alarm === null || facets.service !== null) continue;
    hasFire ||= facets.class === 'fire';
    hasSound ||= facets.sounder === 'sounding' && plans.some((plan) => sounds(plan, facets));
  }
  return { hasFire, hasSound };
}

/** Does the plan sound anything for this alarm, now or in a later step? A warning counts that is only spoken. */
function sounds({ when, steps }: PlanConfig, facets: Facets): boolean {
  if (
    when.class !== facets.class ||
    steps.every(({ sound, say = [] }) => sound.length === 0 && (when.class !== 'warning' || say.length === 0))
  )
    return false;
  return when.zones === 'all' || (facets.zone !== null && when.zones.includes(facets.zone));
}
