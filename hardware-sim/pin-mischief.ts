/** Trouble of one pin that goes on until it is cancelled. */
import type { Cancel, Clock } from '../drivers/clock.js';
import type { SimPinBoard } from './gpio-board.js';
import { repeat } from './wire-mischief.js';

export interface Floating {
  /** From one glitch's beginning to the next: half to one and a half of it. */
  readonly everyMs: number;
  /** Longest glitch; each lasts a drawn part of it, evenly. */
  readonly glitchMaxMs: number;
  /** 0 ≤ r < 1, seeded. */
  readonly random: () => number;
}

/** A broken wire at an input: its level wanders, in glitches of drawn lengths away from what the world drives. A glitch that lasts as
 * this is cancelled ends in its own time. */
export function floating(board: SimPinBoard, clock: Clock, pin: number, options: Floating): Cancel {
  const { everyMs, glitchMaxMs, random } = options;
  return repeat(
    clock,
    () => everyMs * (0.5 + random()),
    () => board.glitch(pin, glitchMaxMs * random()),
  );
}
