/** What a line is handed, and what it counts. */
import type { LineConfig } from '../../config/site.js';
import type { Clock } from '../clock.js';
import type { OpenByteLink } from '../driver.js';
import type { DriverError } from '../driver-error.js';

export interface LineOptions {
  readonly config: LineConfig;
  readonly open: OpenByteLink;
  readonly clock: Clock;
  readonly random: () => number;
  /** A number no other frame of this process has. */
  readonly nextFrame: () => number;
  readonly onUp: () => void;
  readonly onDown: (error: DriverError) => void;
  /** Something answers twice in the name of this unit. */
  readonly onTwoAnswers?: (address: number) => void;
}

export interface LineCounts {
  requests: number;
  answers: number;
  timeouts: number;
}
