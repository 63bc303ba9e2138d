/**
 * When a number is in alarm: at a limit of its point or beyond, and until it is back by more than the deadband. Pure.
 *
 *          normal      | deadband |   in alarm
 *   ───────────────────┼──────────┼──────────────▶ value        (a high limit; a low one is its mirror image)
 *              returned here    raised here
 */
import { rounded } from '../../config/physical-units.js';
import type { PointConfig, PointLimits } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import type { JsonValue } from '../../sync/journal/entry.js';

/** The reason of such an alarm. */
export type LimitSide = 'above-limit' | 'below-limit';

type Detail = Readonly<Record<string, JsonValue>>;

/** Is the value in alarm? `wasActive`: the alarm of the point is active now, so that the deadband counts. */
export function isBeyond(limits: PointLimits, value: number, wasActive: boolean): boolean {
  return sideOf(limits, value, wasActive) !== null;
}

/** The limit that the value is beyond, or not yet back from by the deadband; null: it is normal. */
export function sideOf({ low, high, deadband }: PointLimits, value: number, wasActive: boolean): LimitSide | null {
  const isAbove = (limit: number): boolean => value >= (wasActive ? rounded(limit - deadband) : limit);
  const isBelow = (limit: number): boolean => value <= (wasActive ? rounded(limit + deadband) : limit);
  if (high !== null && isAbove(high)) return 'above-limit';
  return low !== null && isBelow(low) ? 'below-limit' : null;
}

/** Has a number in alarm gone from beyond one limit to beyond the other? `from`: what it was raised with, if known. */
export function isOnOtherSide({ limits }: PointConfig, from: number | undefined, value: number): boolean {
  if (limits === undefined || from === undefined) return false;
  const [was, is] = [sideOf(limits, from, false), sideOf(limits, value, false)];
  return was !== null && is !== null && was !== is;
}

/** What an entry tells of a number: value and unit, and in alarm its limit and on which side of it. */
export function numberDetail({ limits, physicalUnit }: PointConfig, value: number, wasActive: boolean): Detail {
  const side = limits === undefined ? null : sideOf(limits, value, wasActive);
  const beyond = side === null ? {} : { reason: side, limit: limitAt(limits, side) };
  return { value, unit: physicalUnit, ...beyond };
}

function limitAt(limits: PointLimits | undefined, side: LimitSide): number | null {
  return (side === 'above-limit' ? limits?.high : limits?.low) ?? null;
}

/** `512 mA，高于报警值 300 mA`; null for an entry that is about something else. */
export function limitWords({ reason, value, limit, unit }: Detail): Words | null {
  const isAbove = reason === 'above-limit';
  if ((!isAbove && reason !== 'below-limit') || typeof value !== 'number' || typeof limit !== 'number') return null;
  const told = (size: number): string => `${rounded(size)}${typeof unit === 'string' ? ` ${unit}` : ''}`;
  const side: Words =
    value === limit ? { zh: '达到', en: 'at' } : isAbove ? { zh: '高于', en: 'above' } : { zh: '低于', en: 'below' };
  return {
    zh: `${told(value)}，${side.zh}报警值 ${told(limit)}`,
    en: `${told(value)}, ${side.en} the alarm limit of ${told(limit)}`,
  };
}
