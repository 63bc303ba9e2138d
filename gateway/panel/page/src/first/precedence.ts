/** In which order alarms are looked at: by class, then by who was first. */
import type { AlarmRow } from '../../../api/state.js';

/** The highest first. */
export const classes: readonly AlarmRow['class'][] = ['fire', 'warning', 'supervisory', 'fault', 'technical'];

/** What stood before this start (order 0) was first; among those the wall time is all there is. */
export function byPrecedence(alarms: Readonly<Record<string, AlarmRow>>): readonly AlarmRow[] {
  return Object.values(alarms).sort(
    (one, other) =>
      classes.indexOf(one.class) - classes.indexOf(other.class) ||
      one.order - other.order ||
      one.raisedWall - other.raisedWall ||
      (one.subject < other.subject ? -1 : 1),
  );
}
