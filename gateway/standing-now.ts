/** What stands at this moment, for uplinks whose language tells states: made once for each state of the alarms. */
import type { DeviceStanding } from '../sync/device-standing.js';
import type { AlarmState } from './alarm/facets.js';

/** `sinceWall`: ms since 1970. */
interface SiteStanding extends DeviceStanding {
  readonly sinceWall: number;
}

/** @param alarms null while no gateway watches */
export function standingNow(alarms: () => AlarmState | null): () => readonly SiteStanding[] | null {
  let known: { readonly alarms: AlarmState; readonly standing: readonly SiteStanding[] } | null = null;
  return () => {
    const now = alarms();
    if (now === null) return null;
    if (known?.alarms !== now) known = { alarms: now, standing: standingOf(now) };
    return known.standing;
  };
}

function standingOf({ subjects }: AlarmState): readonly SiteStanding[] {
  const standing: SiteStanding[] = [];
  for (const { subject, class: own, alarm, service } of subjects.values()) {
    if (alarm !== null) standing.push({ subject, class: own, is: 'alarm', sinceWall: alarm.raisedWall });
    // Since when is not known here: it holds for every entry that is told meanwhile.
    if (service !== null) standing.push({ subject, class: own, is: 'shielded', sinceWall: 0 });
  }
  return standing;
}
