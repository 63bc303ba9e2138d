/** What may stand behind `gengfu test …`. */
import type { RunOptions } from '../exercise-orders.js';

export const testKinds = ['siren', 'speaker', 'lamp', 'uplink'] as const;
export type TestKind = (typeof testKinds)[number];

export interface TestOptions extends RunOptions {
  readonly text?: string;
  readonly message?: string;
  /** `--no-ask`: nobody is asked whether it was heard. */
  readonly ask?: boolean;
}
