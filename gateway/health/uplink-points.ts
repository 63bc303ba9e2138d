/** How far the gateway is behind with each centre, as readings of points. Pure. */
import type { Reading } from '../../config/reading.js';
import type { PointConfig, UplinkSource } from '../../config/site.js';
import type { UplinkStatus } from '../uplink-status.js';

/** `nowMono`: when the figures were taken; `frame`: of all of them. */
export function uplinkReadings(
  points: readonly PointConfig[],
  statuses: readonly UplinkStatus[],
  nowMono: number,
  frame: number,
): readonly Reading[] {
  const statusOf = new Map(statuses.map((status) => [status.id, status]));
  return points.flatMap(({ id: pointId, source }): Reading[] => {
    const status = source.kind === 'uplink' ? statusOf.get(source.uplink) : undefined;
    if (source.kind !== 'uplink' || status === undefined) return [];
    const stamp = { pointId, sampledMono: nowMono, frame, confirmed: true };
    const value = figureOf(source, status);
    return [
      value === null
        ? { ...stamp, quality: 'bad', value, reason: 'not-ready' }
        : { ...stamp, quality: 'good', value, reason: null },
    ];
  });
}

function figureOf(
  { what }: UplinkSource,
  { queued, oldestAgeMs, unkept, modem }: UplinkStatus,
): number | string | null {
  const backlog = queued.fire + queued.journal + queued.telemetry;
  switch (what) {
    case 'backlog':
      return backlog;
    case 'backlog_age':
      if (backlog === 0) return 0;
      return oldestAgeMs === null ? null : Math.round(oldestAgeMs / 1000);
    case 'unkept':
      return unkept;
    case 'signal':
      return modem?.signalDbm ?? null;
    case 'sim':
      return modem?.sim ?? null;
    case 'network':
      return modem?.network ?? null;
  }
}
