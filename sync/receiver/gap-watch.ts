/** How long something has been missing. Pure. */
import type { Gap } from './chain.js';

export interface WatchedGap extends Gap {
  readonly sinceMono: number;
  readonly isTold: boolean;
}

/**
 * The gaps of a chain after it changed: what is left of an old one keeps its age.
 * @returns also the told ones that are closed now.
 */
export function nextGaps(
  before: readonly WatchedGap[],
  now: readonly Gap[],
  mono: number,
): { readonly gaps: readonly WatchedGap[]; readonly closed: readonly Gap[] } {
  const touches = (one: Gap, other: Gap): boolean => one.from <= other.to && other.from <= one.to;
  const gaps = now.map((gap) => {
    const old = before.find((each) => touches(each, gap));
    return { from: gap.from, to: gap.to, sinceMono: old?.sinceMono ?? mono, isTold: old?.isTold ?? false };
  });
  const closed = before.filter((old) => old.isTold && !now.some((gap) => touches(old, gap)));
  return { gaps, closed };
}

/** Those that are open for so long and not told yet, and the list in which they count as told. */
export function tellGaps(
  gaps: readonly WatchedGap[],
  mono: number,
  afterMs: number,
): { readonly gaps: readonly WatchedGap[]; readonly due: readonly Gap[] } {
  const isDue = (gap: WatchedGap): boolean => !gap.isTold && mono - gap.sinceMono >= afterMs;
  return { gaps: gaps.map((gap) => (isDue(gap) ? { ...gap, isTold: true } : gap)), due: gaps.filter(isDue) };
}
