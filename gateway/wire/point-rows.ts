/** Points as a person wants to see them: value, unit, quality, reason, age. Pure. */
import type { PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { PointConfig } from '../../config/site.js';
import type { WirePoint } from './wire-request.js';

export interface NamedPoints {
  /** Each once, in the order of the site file. */
  readonly points: readonly PointConfig[];
  /** Names that no device and no point has. */
  readonly unknown: readonly string[];
}

/** Names are ids of points, or of devices: then all points of the device, also those that are read for it by another unit. */
export function pointsNamed(all: readonly PointConfig[], names: readonly string[]): NamedPoints {
  const isNamed = (point: PointConfig, name: string): boolean =>
    point.id === name ||
    // How a line fares is no point of its devices.
    (point.source.kind !== 'diagnostic' && (point.id.startsWith(`${name}/`) || deviceOf(point) === name));
  return {
    points: all.filter((point) => names.some((name) => isNamed(point, name))),
    unknown: names.filter((name) => !all.some((point) => isNamed(point, name))),
  };
}

export function pointRow(point: PointConfig, reading: Reading | null, nowMono: number): WirePoint {
  const { id, name, place, physicalUnit: unit } = point;
  const told = place === null ? name : { zh: `${place.zh} ${name.zh}`, en: `${place.en}, ${name.en}` };
  const named = { point: id, name: told, unit };
  if (reading === null) {
    return { ...named, value: null, state: null, quality: 'unseen', reason: null, ageMs: null };
  }
  const { value, quality, reason } = reading;
  const state = typeof value === 'string' ? (point.stateNames?.[value] ?? null) : null;
  // Never looked at is −Infinity in no reading: an age is a number of the clock.
  const ageMs = Math.max(0, Math.round(nowMono - reading.sampledMono));
  return { ...named, value, state, quality, reason, ageMs };
}

function deviceOf({ source }: PointConfig): string | null {
  return source.kind === 'register' || source.kind === 'stream' ? source.device : null;
}

/** The newest reading of each. */
export function newestOf(readings: readonly Reading[]): ReadonlyMap<PointId, Reading> {
  return new Map(readings.map((reading) => [reading.pointId, reading]));
}
