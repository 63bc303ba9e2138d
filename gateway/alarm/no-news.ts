/**
 * Readings that change nothing. Nearly all of the thousands a second are: a whole step over each was a fifth of the memory that
 * the gateway asked for (measured), and of a village that has seen faults and alarms the dearest part. What is not surely
 * without consequences goes through a whole step, and work.ts is what says what it changes. Pure.
 */
import type { BadReading, GoodReading, Reading } from '../../config/reading.js';
import type { AlarmState, Facets } from './facets.js';
import { isOnOtherSide } from './limits.js';
import { isFaultOfOthers, severityOf, type WatchedPoint } from './watched-point.js';

/** Would a step over this reading leave the state as it is, and say nothing? */
export function isNoNews(
  { subjects, inSight }: Pick<AlarmState, 'subjects' | 'inSight'>,
  watched: WatchedPoint,
  reading: Reading,
): boolean {
  const { point, subject, fault } = watched;
  if (point.class === 'fire' && inSight.has(point.id) !== (reading.quality === 'good')) return false;
  const own = subjects.size === 0 ? undefined : subjects.get(subject.key);
  const ofFault = subjects.size === 0 ? undefined : subjects.get(fault.key);
  if (reading.quality === 'bad') return isOldLoss(own, ofFault, reading);
  // Between two conditions time decides; under test it is the walk test that listens.
  if (isBetween(own) || isBetween(ofFault) || own?.service?.is === 'under-test') return false;
  return isOldValue(own, ofFault, watched, reading);
}

function isOldLoss(own: Facets | undefined, ofFault: Facets | undefined, reading: BadReading): boolean {
  if (own?.isLost === false) return false;
  return isFaultOfOthers(reading) ? ofFault?.condition !== 'pending' : ofFault?.condition === 'active';
}

function isOldValue(
  own: Facets | undefined,
  ofFault: Facets | undefined,
  { point }: WatchedPoint,
  reading: GoodReading,
): boolean {
  const wasActive = own?.condition === 'active';
  const severity = severityOf(point, reading, wasActive);
  const isAtFault = severity === 'fault' && point.class !== 'fault';
  if (isAtFault !== (ofFault?.condition === 'active') || (own !== undefined && own.isLost !== isAtFault)) return false;
  if (point.class === null || isAtFault) return true;
  if (wasActive !== (severity === point.class)) return false;
  if (!wasActive || own === undefined) return true;
  // The first frames that show a fire are kept, and may confirm another one.
  if (point.class === 'fire' && reading.confirmed) return false;
  return typeof reading.value === 'string' || !isOnOtherSide(point, own.measured, reading.value);
}

function isBetween(facets: Facets | undefined): boolean {
  return facets !== undefined && facets.condition !== 'normal' && facets.condition !== 'active';
}
