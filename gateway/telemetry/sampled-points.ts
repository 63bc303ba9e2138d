/** Which points are sampled at all, and how. */
import type { PointId } from '../../config/ids.js';
import type { PointConfig, SiteConfig, TelemetryConfig } from '../../config/site.js';
import type { PointRole } from '../../config/vocabulary.js';
import { type Deadband, usualDeadband } from './usual-deadbands.js';

/** Settings are no measurements, and keys are people: what they order is an entry of the journal. */
const neverSampled: ReadonlySet<PointRole> = new Set([
  'setting',
  ...(['key.acknowledge', 'key.silence', 'key.reset', 'key.drill', 'key.test', 'key.microphone', 'key.duty'] as const),
]);

/** What the gateway tells of its own lines matters to whoever looks after it: it is sampled a sixth as often by itself. */
const ownLinesHeartbeats = 6;

export interface SampledPoint {
  readonly id: PointId;
  readonly unit: string | null;
  readonly deadband: Deadband;
  readonly heartbeatMs: number;
}

/** Only ids, numbers and names of states leave the village this way: no name of a point, a place or a person. */
export function sampledPoints({
  points,
  telemetry,
}: Pick<SiteConfig, 'points' | 'telemetry'>): ReadonlyMap<PointId, SampledPoint> {
  if (telemetry.isOff) return new Map();
  return new Map(
    points.flatMap((point) => {
      const isOff = neverSampled.has(point.role) || telemetry.points.get(point.id)?.isOff === true;
      return isOff ? [] : [[point.id, sampledPoint(point, telemetry)]];
    }),
  );
}

function sampledPoint(point: PointConfig, { heartbeatMs, points }: TelemetryConfig): SampledPoint {
  const own = points.get(point.id);
  const usualMs = point.source.kind === 'diagnostic' ? heartbeatMs * ownLinesHeartbeats : heartbeatMs;
  const step = own?.deadband ?? null;
  return {
    id: point.id,
    unit: point.physicalUnit,
    deadband: step === null ? usualDeadband(point) : { step, share: 0 },
    heartbeatMs: own?.heartbeatMs ?? usualMs,
  };
}
