/** The clock of one process on the clock of the world, and the lines that it opens: both end with it, as the system sees to. */
import type { Cancel, Clock } from '../drivers/clock.js';
import type { ByteLink, OpenByteLink } from '../drivers/driver.js';

/** More than what a sum of two times loses, and less than what anybody measures. */
const roundingMs = 1e-6;

/** Monotonic time counts from the start of the process; once it is killed, nothing of it runs again. */
export class ProcessClock implements Clock {
  /** World time of its start, ms. */
  readonly originMono: number;
  #isEnded = false;
  readonly #links = new Set<ByteLink>();
  readonly #timers = new Set<Cancel>();

  constructor(private readonly world: Clock) {
    this.originMono = world.mono();
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.size;
  }

  mono(): number {
    return this.world.mono() - this.originMono;
  }

  wall(): number {
    return this.world.wall();
  }

  trust(): ReturnType<Clock['trust']> {
    return this.world.trust();
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.exactly(this.mono() + delayMs, run);
  }

  exactly(atMono: number, run: () => void): Cancel {
    const dueMono = atMono + this.originMono;
    // The sum is rounded; a timer must never run before its moment.
    const isEarly = dueMono - this.originMono < atMono;
    if (this.#isEnded) return () => undefined;
    const cancelInWorld = this.world.exactly(isEarly ? dueMono + roundingMs : dueMono, () => {
      this.#timers.delete(cancel);
      run();
    });
    const cancel = (): void => {
      this.#timers.delete(cancel);
      cancelInWorld();
    };
    this.#timers.add(cancel);
    return cancel;
  }

  /** As kill −9 does: no timer runs any more, and the system closes the lines. Resolves when they are closed. */
  async kill(): Promise<void> {
    this.#isEnded = true;
    // Otherwise the world holds the dead one until its last timer is due, a day later.
    for (const cancel of this.#timers) cancel();
    const links = [...this.#links];
    this.#links.clear();
    await Promise.all(links.map((link) => link.close()));
  }

  /** A line of the world as this process opens it: its bytes carry the time of the process, and a dead one hears nothing. */
  lineOf(open: OpenByteLink): OpenByteLink {
    return async (events) => {
      const link = await open({
        onBytes: (bytes, atMono) => {
          if (!this.#isEnded) events.onBytes(bytes, atMono - this.originMono);
        },
        onDown: (error) => {
          if (!this.#isEnded) events.onDown(error);
        },
      });
      for (const earlier of this.#links) if (!earlier.isOpen) this.#links.delete(earlier);
      if (this.#isEnded) await link.close();
      else this.#links.add(link);
      return link;
    };
  }
}
