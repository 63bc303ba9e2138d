/** What may stand behind `gengfu profile …`. */
import type { Parity } from '../../../config/site.js';
import type { RunOptions } from '../exercise-orders.js';

export interface ProfileOptions extends RunOptions {
  readonly port?: string;
  readonly line?: string;
  readonly unit?: number;
  readonly baud?: number;
  readonly parity?: Parity;
  readonly stopBits?: number;
  readonly for?: number;
  /** `--no-press`: nobody is asked to press. */
  readonly press?: boolean;
  readonly variant?: string;
  readonly option?: readonly string[];
  readonly save?: string;
  readonly from?: string;
  readonly out?: string;
  readonly zh?: string;
  readonly en?: string;
  readonly vendor?: string;
  readonly model?: readonly string[];
  readonly addresses?: string;
  readonly first?: number;
  readonly paper?: string;
}
