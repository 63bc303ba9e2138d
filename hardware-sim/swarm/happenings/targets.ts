/** What of a site people and weather can move, and where it stands on a quiet day. */
import type { PointConfig, SiteConfig } from '../../../config/site.js';
import type { AlarmClass } from '../../../config/vocabulary.js';
import { normalState } from '../../village.js';

/** Numbers that only a low limit bounds stand so much above it, those that only a high one bounds at so much of it. */
const aboveLow = 2;
const ofHigh = 0.3;

/** Points that the world outside the box moves: detectors, contacts, water, current. Not settings, nor what relays say of themselves. */
export function movablePoints(config: SiteConfig): readonly PointConfig[] {
  return config.points.filter(({ source, role, class: alarmClass, severities, limits }) => {
    if (source.kind === 'box' || source.kind === 'diagnostic' || source.kind === 'uplink') return false;
    if (role.startsWith('key.')) return true;
    if (alarmClass === null) return false;
    return limits !== undefined || normalState({ severities }) !== null;
  });
}

export function pointsOfClass(config: SiteConfig, ...classes: readonly AlarmClass[]): readonly PointConfig[] {
  return movablePoints(config).filter((point) => point.class !== null && classes.includes(point.class));
}

export function keysOf(config: SiteConfig): readonly PointConfig[] {
  return config.points.filter(({ role }) => role.startsWith('key.'));
}

/** States in which the point is in alarm of its class. */
export function alarmStates({ severities, class: alarmClass }: PointConfig): readonly string[] {
  return Object.entries(severities).flatMap(([state, severity]) => (severity === alarmClass ? [state] : []));
}

/** As on a quiet day; null: nothing is known of it. */
export function restOf(point: PointConfig): string | number | null {
  const { limits } = point;
  if (limits === undefined) return normalState(point);
  const { low, high } = limits;
  if (low !== null && high !== null) return rounded((low + high) / 2);
  if (low !== null) return rounded(low * aboveLow);
  return high === null ? null : rounded(high * ofHigh);
}

/** A number beyond one of its limits. */
export function beyond({ limits }: PointConfig, isHigh: boolean): number | null {
  if (limits === undefined) return null;
  const { low, high, deadband } = limits;
  if (high !== null && (isHigh || low === null)) return rounded(high + 2 * deadband + high * 0.05);
  return low === null ? null : rounded(Math.max(0, low - deadband - low * 0.2));
}

/** Registers hold two digits of whatever it is. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
