/** Something that the plan of a seed makes happen: a fault, or what people and weather do. */
import type { World } from './world.js';

/** Ends what was begun; may be called once more without harm. */
export type Undo = () => void | Promise<void>;

export interface Planned {
  /** From the beginning of the safety phase, ms. */
  readonly atMs: number;
  /** How long it lasts, ms; 0: it is over at once. At the latest it ends with the safety phase. */
  readonly lastsMs: number;
  /** As in the table of hardware-sim/README.md: `unit-late`. */
  readonly name: string;
  /** Begins it in the world. */
  begin(world: World): Undo | Promise<Undo>;
}
