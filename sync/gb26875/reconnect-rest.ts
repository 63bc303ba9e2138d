/** The rest between two tries to reach a centre: longer each time, with a phase of the site's own, cut short while a fire waits. */
import type { Cancel, Clock } from '../../drivers/clock.js';
import { ReconnectDelay } from '../mqtt/reconnect-delay.js';

/** A link that holds shorter was no success. */
const steadyMs = 30_000;
/** As in the uplink to a broker: while a fire waits a rest ends within this, and not more often than so. */
const hurrySpreadMs = 2_000;
const hurryEveryMs = 10_000;

export interface ReconnectRestOptions {
  readonly siteKey: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** The rest is over. */
  readonly onEnd: () => void;
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

  /** @param upForMs how long the link was up; null: it was not. */
  begin(upForMs: number | null): void {
    if (upForMs !== null && upForMs >= steadyMs) this.#delay.reset();
    this.#until(this.options.clock.mono() + this.#delay.nextMs(upForMs !== null));
  }

  /** Does nothing while there is no rest, and once it was cut short. */
  hurry(): void {
    if (this.#cancel === null || this.#isHurried) return;
    const { clock, random } = this.options;
    const fromMono = Math.max(clock.mono(), this.#mayHurryFromMono);
    const endMono = fromMono + random() * hurrySpreadMs;
    if (endMono >= this.#endMono) return;
    this.#mayHurryFromMono = fromMono + hurryEveryMs;
    this.#until(endMono);
    this.#isHurried = true;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #until(endMono: number): void {
    this.stop();
    this.#endMono = endMono;
    this.#isHurried = false;
    const { clock, onEnd } = this.options;
    this.#cancel = clock.after(Math.max(0, endMono - clock.mono()), () => {
      this.#cancel = null;
      onEnd();
    });
  }
}
