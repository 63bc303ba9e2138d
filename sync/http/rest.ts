/** The pause before an uplink tries again; a fire that waits makes it shorter. */
import type { Cancel, Clock } from '../../drivers/clock.js';

/** While a fire report waits a rest ends within this, spread so that sites do not come all at once; seldom enough that a platform
 * that refuses us is not stormed. */
const hurrySpreadMs = 2_000;
const hurryEveryMs = 10_000;

export class Rest {
  #cancel: Cancel | null = null;
  #atMono = 0;
  #isHurried = false;
  #mayHurryFromMono = 0;

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly onOver: (isHurried: boolean) => void,
  ) {}

  until(atMono: number): void {
    this.cancel();
    this.#atMono = atMono;
    this.#isHurried = false;
    this.#cancel = this.clock.after(Math.max(0, atMono - this.clock.mono()), () => {
      this.#cancel = null;
      this.onOver(this.#isHurried);
    });
  }

  hurry(): void {
    if (this.#cancel === null || this.#isHurried) return;
    const fromMono = Math.max(this.clock.mono(), this.#mayHurryFromMono);
    const atMono = fromMono + this.random() * hurrySpreadMs;
    if (atMono < this.#atMono) {
      this.#mayHurryFromMono = fromMono + hurryEveryMs;
      this.until(atMono);
    }
    this.#isHurried = true;
  }

  cancel(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
