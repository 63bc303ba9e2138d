import type { PlanOptions } from './fault-plan.js';
import type { Planned } from './planned.js';
import type { World } from './world.js';

/** What people, weather and the district do while the faults are on. */
export function planHappenings(_: PlanOptions): readonly Planned[] {
  return [];
}

/** A quiet day begins: no smoke, full tanks, released keys. */
export function calmWorld(_: World): void {}

/** What a duty person does with whatever still stands: acknowledges, silences, resets. To be called again and again. */
export function tidyUp(_: World): void {}
