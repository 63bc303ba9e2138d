import type { ClockTrust } from '../config/vocabulary.js';
import type { Cancel, Clock } from '../drivers/clock.js';
import { type QueuedTimer, TimerQueue } from './timer-queue.js';

export interface SimClockOptions {
  /**
   * What happens between two timers. `turn`: a whole turn of the event loop, so that real files and sockets get their say;
   * promises settle in it. `ticks`: promises and process.nextTick settle, and nothing else happens; many times cheaper, for
   * worlds in which everything lives on this clock. Default `turn`.
   */
  readonly settle?: 'turn' | 'ticks';
}

/** With `ticks`: after so many timers at the latest one turn of the event loop, for signals and messages of other processes. */
const turnAfterTimers = 512;
/** The first turns come sooner: few timers shall not cost the making of hundreds of immediates. */
const firstTurnAfterTimers = 4;
/** So many timers at one virtual moment are a live lock: somebody sets a timer of 0 ms again and again. Ten thousand points
 * that are first looked at together need a tenth of it. */
const sameMomentMax = 100_000;
const namedCharsMax = 60;

/**
 * A clock that only moves when told to. Timers run in the order of their due times, those of one moment as they were set;
 * between two of them all promises settle, so a test sees the same order every time. The wall clock can be stepped, and go
 * faster or slower, without moving monotonic time.
 */
export class SimClock implements Clock {
  readonly #queue = new TimerQueue();
  readonly #isQuick: boolean;
  #mono = 0;
  #ran = 0;
  /** Timers run at this very moment. */
  #sameMoment = 0;
  /** Wall time at `#wallSinceMono`, and how much faster than monotonic time it goes from there on. */
  #wallBase: number;
  #wallSinceMono = 0;
  #driftPpm = 0;

  constructor(
    startWall = Date.UTC(2026, 10, 22, 2, 0, 0),
    private trusted: ClockTrust = 'trusted',
    { settle = 'turn' }: SimClockOptions = {},
  ) {
    this.#wallBase = startWall;
    this.#isQuick = settle === 'ticks';
  }

  mono(): number {
    return this.#mono;
  }

  wall(): number {
    return Math.round(this.#wall());
  }

  trust(): ClockTrust {
    return this.trusted;
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#queue.size;
  }

  /** Timers that ran since the clock was made. */
  get ran(): number {
    return this.#ran;
  }

  stepWall(byMs: number): void {
    this.#wallBase += byMs;
  }

  /** From now on the wall clock gains so many µs a second on monotonic time (loses them below 0). It does not jump. */
  setDriftPpm(ppm: number): void {
    this.#wallBase = this.#wall();
    this.#wallSinceMono = this.#mono;
    this.#driftPpm = ppm;
  }

  setTrust(trust: ClockTrust): void {
    this.trusted = trust;
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.exactly(this.#mono + Math.max(0, delayMs), run);
  }

  exactly(atMono: number, run: () => void): Cancel {
    const timer = this.#queue.add(Math.max(atMono, this.#mono), run);
    return () => this.#queue.remove(timer);
  }

  /** Moves time on by `ms`, running every timer that falls due on the way. Throws what a timer throws. */
  async advance(ms: number): Promise<void> {
    const endMono = this.#mono + ms;
    await this.#runUntil(endMono);
    this.#mono = Math.max(this.#mono, endMono);
    if (!this.#isQuick) await turn();
  }

  /** Moves on in steps of `stepMs` until `isTrue`; throws after `limitMs` of virtual time. Returns the ms it took. */
  async until(isTrue: () => boolean, limitMs: number, stepMs = 1): Promise<number> {
    const startMono = this.#mono;
    await turn();
    while (!isTrue()) {
      if (this.#mono - startMono >= limitMs) throw new Error(`not true after ${limitMs} virtual ms`);
      // Nothing can happen in a step without a timer.
      if (this.#isQuick && this.#queue.firstMono > this.#mono + stepMs) this.#mono += stepMs;
      else await this.advance(stepMs);
    }
    return this.#mono - startMono;
  }

  async #runUntil(endMono: number): Promise<void> {
    if (this.#isQuick) return this.#runInRows(endMono);
    await turn();
    for (let next = this.#queue.takeDue(endMono); next !== null; next = this.#queue.takeDue(endMono)) {
      this.#run(next);
      await turn();
    }
  }

  /**
   * Node runs all immediates of a row in one turn of the event loop and empties the queues of process.nextTick and of
   * promises in front of each, both to the end however they feed each other. So each timer is one of a row of immediates, and
   * what it began has settled before the next one as it would have in a turn of its own.
   */
  #runInRows(endMono: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let isDone = false;
      let rowLength = firstTurnAfterTimers;
      const runNext = (): void => {
        if (isDone) return;
        try {
          const next = this.#queue.takeDue(endMono);
          if (next !== null) this.#run(next);
          else {
            isDone = true;
            resolve();
          }
        } catch (error) {
          isDone = true;
          reject(error);
        }
      };
      const beginRow = (): void => {
        if (isDone) return;
        for (let each = 0; each < rowLength; each++) setImmediate(runNext);
        rowLength = Math.min(2 * rowLength, turnAfterTimers);
        setImmediate(beginRow);
      };
      beginRow();
    });
  }

  #run({ dueMono, run }: QueuedTimer): void {
    this.#sameMoment = dueMono > this.#mono ? 1 : this.#sameMoment + 1;
    if (this.#sameMoment > sameMomentMax) throw this.#liveLock(run);
    this.#mono = Math.max(this.#mono, dueMono);
    this.#ran++;
    run();
  }

  #liveLock(run: () => void): Error {
    const [name, moment] = [run.name === '' ? String(run).replaceAll(/\s+/g, ' ') : run.name, this.#mono];
    return new Error(
      `more than ${sameMomentMax} timers at the virtual moment ${moment} ms, the last of them: ${name.slice(0, namedCharsMax)}`,
    );
  }

  #wall(): number {
    const sinceMs = this.#mono - this.#wallSinceMono;
    return this.#wallBase + sinceMs + (sinceMs * this.#driftPpm) / 1e6;
  }
}

/** Lets everything that is ready to run (promises, immediates, what the system reports) run before virtual time moves on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
