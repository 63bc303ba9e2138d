/** A point as the engine knows it. Pure. */
import type { PointId } from '../../config/ids.js';
import type { BadReading, GoodReading, Reading } from '../../config/reading.js';
import type { PointConfig } from '../../config/site.js';
import type { JsonValue } from '../../sync/journal/entry.js';
import { isBeyond } from './limits.js';
import { faultSubjectOf, pointSubject, type Subject } from './subject.js';

/** A point with the two things it can be the subject of. */
export interface WatchedPoint {
  readonly point: PointConfig;
  readonly subject: Subject;
  readonly fault: Subject;
}

/** A reading of a point under test. */
export interface UnderTest {
  readonly watched: WatchedPoint;
  readonly isActive: boolean;
  /** Null: on a troubled line, to be looked at twice. */
  readonly frame: number | null;
  readonly detail: Readonly<Record<string, JsonValue>>;
}

export type WatchedPoints = ReadonlyMap<PointId, WatchedPoint>;

export function watchPoints(points: readonly PointConfig[]): WatchedPoints {
  return new Map(
    points.map((point) => {
      const subject = pointSubject(point);
      return [point.id, { point, subject, fault: faultSubjectOf(subject) }];
    }),
  );
}

/** Throws for a point that is not of this site. */
export function watchedOf(points: WatchedPoints, { pointId }: Reading): WatchedPoint {
  const watched = points.get(pointId);
  if (watched === undefined) throw new Error(`reading of unknown point ${pointId}`);
  return watched;
}

/** A silent unit or line is its own fault: the point itself says nothing wrong. */
export function isFaultOfOthers({ reason }: BadReading): boolean {
  return reason === 'silent' || reason === 'line-down';
}

/** What the profile says that this state means, undefined for a state without a word. A number is normal, or beyond its limits
 * of the point's class; `wasActive`: its alarm is active now, so that it must come back by the deadband. */
export function severityOf(
  { severities, limits, class: own }: PointConfig,
  { value }: GoodReading,
  wasActive = false,
): string | undefined {
  if (typeof value === 'string') return severities[value];
  return own !== null && limits !== undefined && isBeyond(limits, value, wasActive) ? own : 'normal';
}
