/** The water in the fire pool of the example town, as its two gauges see it. */
import type { Deed } from '../scenario-deeds.js';

type SetDeed = Extract<Deed, { readonly set: string }>;

const levelsM = { full: 3.2, empty: 0.3 } as const;

export function poolLevels(water: keyof typeof levelsM): readonly SetDeed[] {
  const to = levelsM[water];
  return [
    { set: 'pool-level/value', to },
    { set: 'pool-gauge/level', to },
  ];
}
