import { Backoff } from '../../drivers/backoff.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { CarriedLane } from './carried-lane.js';
import { type CarriedLaneName, carriedLanes, type LanePage } from './lane-source.js';

const retryFirstMs = 1_000;
const retryCapMs = 60_000;

export interface LaneReadingOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly lane: (name: CarriedLaneName) => CarriedLane | null;
  readonly onPage: (name: CarriedLaneName, page: LanePage) => void;
  /** A disk that did not answer is to be asked again. */
  readonly onAgain: () => void;
}

/** Reads of each lane what is missing in memory; a disk that does not answer is asked again after a rest. */
export class LaneReading {
  readonly #backoff: Backoff;
  #cancelRest: Cancel | null = null;

  constructor(private readonly options: LaneReadingOptions) {
    this.#backoff = new Backoff(retryFirstMs, retryCapMs, options.random);
  }

  /** The rest is over. */
  endRest(): void {
    this.#cancelRest?.();
    this.#cancelRest = null;
  }

  readWhatIsMissing(): void {
    const { clock, lane, onPage, onAgain } = this.options;
    if (this.#cancelRest !== null) return;
    for (const name of carriedLanes) {
      lane(name)
        ?.read(clock.mono())
        ?.then(
          (page) => {
            this.#backoff.reset();
            onPage(name, page);
          },
          () => {
            // The journal core tells what is wrong with the disk; here it only has to be asked again.
            this.#cancelRest ??= clock.after(this.#backoff.nextMs(), onAgain);
          },
        );
    }
  }
}
