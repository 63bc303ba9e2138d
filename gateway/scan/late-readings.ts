/** What was looked at before its unit was told as unseen, and is told after it: the round was long. Pure. */
import type { PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { PointConfig } from '../../config/site.js';
import { severityOf } from '../alarm/watched-point.js';
import { isLookedAtTwice } from './second-look.js';

export interface Sorted {
  /** As new as the loss, or newer. */
  readonly news: readonly Reading[];
  /** Older, and in alarm: they count however late they come, and do not make their points seen again. */
  readonly alarms: readonly Reading[];
}

/** What is older and says nothing of an alarm is in neither: that point can not be seen, whatever it said before. */
export function sortLate(
  readings: readonly Reading[],
  lostMono: number,
  points: ReadonlyMap<PointId, PointConfig>,
): Sorted {
  const isLate = ({ sampledMono }: Reading): boolean => sampledMono < lostMono;
  if (!readings.some(isLate)) return { news: readings, alarms: [] };
  const isAlarm = (reading: Reading): boolean => {
    const point = points.get(reading.pointId);
    if (point === undefined || reading.quality === 'bad' || !isLookedAtTwice(point)) return false;
    return severityOf(point, reading) === point.class;
  };
  return {
    news: readings.filter((reading) => !isLate(reading)),
    alarms: readings.filter((reading) => isLate(reading) && isAlarm(reading)),
  };
}
