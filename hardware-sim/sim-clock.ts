import type { ClockTrust } from '../config/vocabulary.js';
import type { Cancel, Clock } from '../drivers/clock.js';

interface Timer {
  readonly dueMono: number;
  readonly order: number;
  readonly run: () => void;
}

/** Lets everything that is ready to run (promises, immediates) run before virtual time moves on. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * A clock that only moves when told to. Timers run in the order of their due times; between two of them all promises
 * settle, so a test sees the same order every time. The wall clock can be stepped without moving monotonic time.
 */
export class SimClock implements Clock {
  #mono = 0;
  #order = 0;
  #timers: Timer[] = [];
  #wallOffset: number;

  constructor(
    startWall = Date.UTC(2026, 10, 22, 2, 0, 0),
    private trusted: ClockTrust = 'trusted',
  ) {
    this.#wallOffset = startWall;
  }

  mono(): number {
    return this.#mono;
  }

  wall(): number {
    return Math.round(this.#wallOffset + this.#mono);
  }

  trust(): ClockTrust {
    return this.trusted;
  }

  stepWall(byMs: number): void {
    this.#wallOffset += byMs;
  }

  setTrust(trust: ClockTrust): void {
    this.trusted = trust;
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.length;
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.exactly(this.#mono + Math.max(0, delayMs), run);
  }

  exactly(atMono: number, run: () => void): Cancel {
    const timer: Timer = { dueMono: Math.max(atMono, this.#mono), order: this.#order++, run };
    let at = this.#timers.length;
    while (at > 0 && isLater(this.#timers[at - 1], timer)) at--;
    this.#timers.splice(at, 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  /** Moves time on by `ms`, running every timer that falls due on the way. */
  async advance(ms: number): Promise<void> {
    const endMono = this.#mono + ms;
    await settle();
    for (let next = this.#timers[0]; next !== undefined && next.dueMono <= endMono; next = this.#timers[0]) {
      this.#timers.shift();
      this.#mono = next.dueMono;
      next.run();
      await settle();
    }
    this.#mono = endMono;
    await settle();
  }

  /** Moves on in steps of `stepMs` until `isTrue`; throws after `limitMs` of virtual time. Returns the ms it took. */
  async until(isTrue: () => boolean, limitMs: number, stepMs = 1): Promise<number> {
    const startMono = this.#mono;
    await settle();
    while (!isTrue()) {
      if (this.#mono - startMono >= limitMs) throw new Error(`not true after ${limitMs} virtual ms`);
      await this.advance(stepMs);
    }
    return this.#mono - startMono;
  }
}

function isLater(a: Timer | undefined, b: Timer): boolean {
  return a !== undefined && (a.dueMono > b.dueMono || (a.dueMono === b.dueMono && a.order > b.order));
}
