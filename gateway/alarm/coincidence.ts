/**
 * When is a fire more than the word of one detector? A village siren is too loud for one failed sensor, and too late when it
 * waits for a third. Pure; the rules are design.md §5.
 */
import type { PointRole } from '../../config/vocabulary.js';
import type { Alarm, Confirmation, Facets } from './facets.js';

/** A fire in a zone, with the role of its point; null for a point that has left the config. */
export interface ZoneFire {
  readonly facets: Facets;
  readonly alarm: Alarm;
  readonly role: PointRole | null;
}

/** What confirms the fires of one zone; null: so far one detector, or one frame, says so. */
export function confirmationOf(fires: readonly ZoneFire[]): Confirmation | null {
  if (fires.some(({ role }) => role === 'call_point.alarm')) return 'call-point';
  // One bad frame that shows two detectors at once is one observation.
  const seen = fires.filter(({ alarm }) => alarm.frames.length > 0);
  const isSecond = seen.length > 1 && new Set(seen.flatMap(({ alarm }) => alarm.frames)).size > 1;
  return isSecond ? 'second-detector' : null;
}
