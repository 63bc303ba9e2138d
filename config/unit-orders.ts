/** What a person may order of one unit by hand, and what nobody may write to it (`gengfu write`). */
import type { PointId } from './ids.js';
import type { WriteStep } from './sounding.js';
import type { Words } from './vocabulary.js';

/** One write to a unit, in the function code that its paper asks for. */
export interface UnitWrite extends WriteStep {
  readonly functionCode: 5 | 6 | 15 | 16;
}

/** `audible`: something sounds; `power`: it switches power; `dangerous`: it can hurt somebody. */
export type ActionRisk = 'none' | 'audible' | 'power' | 'dangerous';

export interface UnitOrders {
  /** Function codes that its model knows and that are not forbidden. */
  readonly functions: readonly number[];
  readonly actions: readonly UnitAction[];
  /** Holding registers that give it another address or baud rate: written by its recipe only. */
  readonly moving: readonly number[];
}

export interface UnitAction {
  readonly key: string;
  readonly names: Words;
  readonly risk: ActionRisk;
  /** In this order; pauses beside those of the unit itself, ms. */
  readonly steps: readonly ({ readonly write: UnitWrite } | { readonly waitMs: number })[];
  /** Refused unless the point shows this state. */
  readonly requires: PointState | null;
  /** How it is seen to have happened, within so long, ms. */
  readonly verify: (PointState & { readonly withinMs: number }) | null;
}

export interface PointState {
  readonly point: PointId;
  readonly state: string;
}
