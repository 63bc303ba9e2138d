import type { SiteConfig } from '../../config/site.js';
import type { Chance } from '../chance.js';
import type { Planned } from './planned.js';

export interface PlanOptions {
  readonly config: SiteConfig;
  readonly chance: Chance;
  /** Length of the safety phase, ms. */
  readonly forMs: number;
}

/** Which faults, when and for how long: only what the gateway claims to survive. */
export function planFaults(_: PlanOptions): readonly Planned[] {
  return [];
}
