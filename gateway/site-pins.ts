/** The box's own pins: asked for once, there when they are there, a fault while they are not. */
import type { PinBoard } from '../drivers/driver.js';
import { DriverError } from '../drivers/driver-error.js';
import { gpioSubject } from './alarm/site-subjects.js';
import type { TellFault } from './alarm/subject.js';
import type { Log } from './log.js';

export interface SitePinsOptions {
  /** Does anything of the site hang on a pin? */
  readonly isWanted: boolean;
  /** Rejects with PIN-001 where there are no pins. */
  readonly open: () => Promise<PinBoard>;
  readonly log: Log;
  readonly onFault: TellFault;
}

export class SitePins {
  #board: PinBoard | null = null;
  #onLate: ((board: PinBoard) => void) | null = null;

  constructor(private readonly options: SitePinsOptions) {}

  /** Null while they are not there. */
  get board(): PinBoard | null {
    return this.#board;
  }

  /** Ends when the board has answered, perhaps never. Without pins the watch goes on. */
  async take(): Promise<void> {
    if (!this.options.isWanted) return;
    try {
      this.#board = await this.options.open();
      // Later than the start could wait: they join, and the fault goes.
      if (this.#onLate === null) return;
      this.#onLate(this.#board);
      this.retell();
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      this.options.log.error({ error: error.message }, 'no gpio');
    }
  }

  /** Nobody waits any longer: whoever wants pins is told when they come after all. */
  onLate(join: (board: PinBoard) => void): void {
    this.#onLate = join;
  }

  retell(): void {
    const hasNone = this.options.isWanted && this.#board === null;
    this.options.onFault(gpioSubject, hasNone, {
      error_zh: '本机没有可用的 GPIO',
      error_en: 'there is no usable GPIO here',
    });
  }

  close(): void {
    this.#board?.close();
  }
}
