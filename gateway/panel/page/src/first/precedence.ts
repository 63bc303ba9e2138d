/** In which order alarms are looked at: by class, then by who was first. */
import type { AlarmRow } from '../../../api/state.js';

const places: Readonly<Record<AlarmRow['class'], number>> = {
  fire: 0,
  warning: 1,
  supervisory: 2,
  fault: 3,
  technical: 4,
};

/** What stood before this start (order 0) was first; among those the wall time is all there is. */
export function byPrecedence(alarms: Readonly<Record<string, AlarmRow>>): readonly AlarmRow[] {
  return Object.values(alarms).sort(
    (one, other) =>
      places[one.class] - places[other.class] ||
      one.order - other.order ||
      one.raisedWall - other.raisedWall ||
      (one.subject < other.subject ? -1 : 1),
  );
}
