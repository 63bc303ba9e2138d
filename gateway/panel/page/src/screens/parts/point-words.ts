/** Values of points as people read them: pure. */
import type { SiteInfo } from '../../../../api/site.js';
import type { PointValue } from '../../../../api/state.js';
import type { Spoken } from '../../words/use-words.js';
import type { WordKey } from '../../words/words.js';
import { stateWords } from './state-words.js';

export type PointInfo = SiteInfo['points'][number];

/** Digits after the point: as many as the size of the number is worth. */
export function rounded(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return String(Number(value.toFixed(digits)));
}

export function withUnit(value: number, unit: string | null): string {
  return unit === null ? rounded(value) : unit === '%' ? `${rounded(value)}%` : `${rounded(value)} ${unit}`;
}

/** What is not known is said to be, never shown as a value. */
export function valueWords(
  point: PointInfo,
  now: PointValue | undefined,
  { t, say }: Pick<Spoken, 't' | 'say'>,
): string {
  if (now === undefined || now.quality === 'unread') return t('parts.unread');
  if (now.quality === 'bad' || now.value === null) return t('parts.bad');
  if (typeof now.value === 'number') return withUnit(now.value, point.physicalUnit);
  const key = now.value;
  const told = point.states[key];
  // A key that was never given words is looked up among those that everybody uses.
  if (told !== undefined && told.zh !== key) return say(told);
  const known = stateWords(key, point.role);
  return known === null ? key : t(known);
}

/** Why a reading says nothing, as `config/reading.ts` lists it. */
const reasons = [
  'silent',
  'line-down',
  'exception',
  'sentinel',
  'unknown-state',
  'out-of-range',
  'bad-encoding',
  'signal-low',
  'signal-high',
  'step',
  'not-valid',
  'not-ready',
  'wrong-unit',
  'wrong-scale',
  'pair',
  'pin-error',
] as const satisfies readonly (WordKey extends infer Key
  ? Key extends `reason.${infer Name}`
    ? Name
    : never
  : never)[];

export function reasonWords(reason: string | null, { t }: Pick<Spoken, 't'>): string {
  const known = reasons.find((each) => each === reason);
  return known === undefined ? (reason ?? '') : t(`reason.${known}`);
}
