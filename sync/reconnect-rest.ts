/** The rest between two tries to reach a centre: longer each time, with a phase of the site's own, cut short while a fire waits. */
import type { Cancel, Clock } from '../drivers/clock.js';
import { ReconnectDelay } from './reconnect-delay.js';

/** A link that holds shorter was no success: one that lets us in and hangs up again costs a handshake, 4 kB of the SIM, each time. */
const steadyMs = 30_000;
/** While a fire report waits a rest ends within this, spread so that sites do not come all at once; seldom enough that a centre that
 * refuses us is not stormed. */
const hurrySpreadMs = 2_000;
const hurryEveryMs = 10_000;

export interface ReconnectRestOptions {
  readonly siteKey: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** The rest is over. `isHurried`: a fire waits, whether or not the rest could be cut short for it. */
  readonly onEnd: (isHurried: boolean) => void;
}

export class ReconnectRest {
  readonly #delay: ReconnectDelay;
  #cancel: Cancel | null = null;
  #endMono = 0;
  #isHurried = false;
  #mayHurryFromMono = 0;

  constructor(private readonly options: ReconnectRestOptions) {
    this.#delay = new ReconnectDelay(options.siteKey, options.random);
  }

  /**
   * @param upForMs how long the link was up; null: it was not.
   * @param waitMs how long the centre wants us to stay away; null: it did not say.
   */
  begin(upForMs: number | null, waitMs: number | null = null): void {
    const { clock, random } = this.options;
    if (upForMs !== null && upForMs >= steadyMs) this.succeeded();
    // Whoever sends all away for a minute does not want them all back in the same moment.
    const restMs = waitMs === null ? this.#delay.nextMs(upForMs !== null) : waitMs * (1 + random() / 10);
    this.until(clock.mono() + restMs);
  }

  /** Whatever went wrong before, it works: the next rest is a short one. */
  succeeded(): void {
    this.#delay.reset();
  }

  until(endMono: number): void {
    this.stop();
    this.#endMono = endMono;
    this.#isHurried = false;
    const { clock, onEnd } = this.options;
    this.#cancel = clock.after(Math.max(0, endMono - clock.mono()), () => {
      this.#cancel = null;
      onEnd(this.#isHurried);
    });
  }

  /** Does nothing while there is no rest, and once in a rest. */
  hurry(): void {
    if (this.#cancel === null || this.#isHurried) return;
    const { clock, random } = this.options;
    const fromMono = Math.max(clock.mono(), this.#mayHurryFromMono);
    const endMono = fromMono + random() * hurrySpreadMs;
    if (endMono < this.#endMono) {
      this.#mayHurryFromMono = fromMono + hurryEveryMs;
      this.until(endMono);
    }
    this.#isHurried = true;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
