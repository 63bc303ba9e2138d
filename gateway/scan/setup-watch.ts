import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Device, SetupOutcome } from '../../drivers/driver.js';

/** A setting that is wrong, or could not be read, is looked at again after this: a person may have corrected it. */
const againMs = 60_000;

/** Looks at the settings that must stand in a unit: when it first answers, and whenever it came back. Writes nothing. */
export class SetupWatch {
  #round = 0;
  #wake: Cancel | null = null;

  /** `isAlways`: also while all is well, for a unit that nobody else asks. */
  constructor(
    private readonly device: Device,
    private readonly clock: Clock,
    private readonly isAlways: boolean,
    private readonly onOutcome: (outcome: SetupOutcome) => void,
  ) {}

  begin(): void {
    this.end();
    void this.#look(this.#round);
  }

  /** The unit is gone: what it says about itself will be asked anew. */
  end(): void {
    this.#round++;
    this.#wake?.();
    this.#wake = null;
  }

  async #look(round: number): Promise<void> {
    const outcome = await this.device.checkSetup?.();
    if (outcome === undefined || round !== this.#round) return;
    this.onOutcome(outcome);
    if (round !== this.#round || (outcome.kind === 'sound' && !this.isAlways)) return;
    this.#wake = this.clock.after(againMs, () => void this.#look(round));
  }
}
