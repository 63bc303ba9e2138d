/** What a kind of fault is: what breaks, how often and for how long, and what the gateway claims all the same. */
import type { SiteConfig } from '../../../config/site.js';
import type { Chance } from '../../chance.js';
import type { Part } from '../../checkers/afflictions.js';
import type { Undo } from '../planned.js';
import type { World } from '../world.js';

/** One fault, aimed at something of the site. */
export interface Fault {
  /** All that a gateway may be at a loss about while this is on; empty: nothing at all. */
  readonly parts: readonly Part[];
  /** What of the site and how badly: `smoke-3, 140 ms`. */
  readonly note: string;
  /** The gateway is gone: started again when this is over, and the parts are sound only when it watches. */
  readonly endsLater?: boolean;
  begin(world: World): Undo;
}

export interface FaultKind {
  /** As in the table of hardware-sim/README.md. */
  readonly name: string;
  /** What the gateway claims while it is on and afterwards. */
  readonly promise: string;
  /** In a seed of middling temper. */
  readonly perHour: number;
  /** Drawn as likely between 1 s and 10 s as between 10 s and 100 s. */
  readonly lastsMs: readonly [min: number, max: number];
  /** Null: the site has nothing that can break so. */
  draw(config: SiteConfig, chance: Chance): Fault | null;
}

/** A kind that breaks one of several things. `targets`: all that the site has of them. */
export function kindOn<T>(kind: {
  readonly name: string;
  readonly promise: string;
  readonly perHour: number;
  readonly lastsMs: readonly [number, number];
  readonly targets: (config: SiteConfig) => readonly T[];
  readonly aim: (target: T, chance: Chance, config: SiteConfig) => Fault;
}): FaultKind {
  const { targets, aim, ...same } = kind;
  return {
    ...same,
    draw(config, chance) {
      const all = targets(config);
      return all.length === 0 ? null : aim(chance.pick(all), chance, config);
    },
  };
}

/** A kind for which every site has something. */
export function kindOf(kind: {
  readonly name: string;
  readonly promise: string;
  readonly perHour: number;
  readonly lastsMs: readonly [number, number];
  readonly aim: (chance: Chance, config: SiteConfig) => Fault;
}): FaultKind {
  const { aim, ...same } = kind;
  return { ...same, draw: (config, chance) => aim(chance, config) };
}
