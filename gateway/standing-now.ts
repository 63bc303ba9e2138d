/** What stands at this moment, for uplinks whose language tells states: made once for each state of the alarms. */
import type { DeviceStanding } from '../sync/device-standing.js';
import type { AlarmState } from './alarm/facets.js';

/** @param alarms null while no gateway watches */
export function standingNow(alarms: () => AlarmState | null): () => readonly DeviceStanding[] | null {
  let known: { readonly alarms: AlarmState; readonly standing: readonly DeviceStanding[] } | null = null;
  return () => {
    const now = alarms();
    if (now === null) return null;
    if (known?.alarms !== now) known = { alarms: now, standing: standingOf(now) };
    return known.standing;
  };
}

function standingOf({ subjects }: AlarmState): readonly DeviceStanding[] {
  const standing: DeviceStanding[] = [];
  for (const { subject, class: own, alarm, service } of subjects.values()) {
    if (alarm !== null) standing.push({ subject, class: own, is: 'alarm' });
    if (service !== null) standing.push({ subject, class: own, is: 'shielded' });
  }
  return standing;
}
