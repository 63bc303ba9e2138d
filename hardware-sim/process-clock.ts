import type { Cancel, Clock } from '../drivers/clock.js';
import type { SimClock } from './sim-clock.js';

const roundingMs = 1e-6;

/** The clock of one process: monotonic time counts from its start, and a killed process never runs again. */
export class ProcessClock implements Clock {
  readonly originMono: number;
  isEnded = false;

  constructor(private readonly clock: SimClock) {
    this.originMono = clock.mono();
  }

  mono(): number {
    return this.clock.mono() - this.originMono;
  }

  wall(): number {
    return this.clock.wall();
  }

  trust(): ReturnType<Clock['trust']> {
    return this.clock.trust();
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.exactly(this.mono() + Math.max(0, delayMs), run);
  }

  exactly(atMono: number, run: () => void): Cancel {
    const dueMono = atMono + this.originMono;
    // The sum is rounded; a timer must never run before its moment.
    const isEarly = dueMono - this.originMono < atMono;
    return this.clock.exactly(isEarly ? dueMono + roundingMs : dueMono, () => {
      if (!this.isEnded) run();
    });
  }
}
