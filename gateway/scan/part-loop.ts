import { Backoff } from '../../drivers/backoff.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Scan, ScanPart } from '../../drivers/driver.js';
import type { DriverError } from '../../drivers/driver-error.js';
import type { SecondLook } from './second-look.js';

/** A part that was not answered while its unit answers otherwise: asked again after this, then ever later, ms. */
const retryFirstMs = 250;
const retryCapMs = 60_000;
/** So late at the most where the part is read more often than that: as late as a silent unit. */
const blindCapMs = 10_000;
/** So many rounds in a row that were not answered well, over so long, are no accident. */
const failingAfterRounds = 3;
const failingAfterMs = 1000;

export interface PartLoopOptions {
  readonly part: ScanPart;
  /** ms; Infinity: until it was read once. */
  readonly periodMs: number;
  /** Shortest time from the begin of one round to the next, whoever wants it, ms. */
  readonly minMs: number;
  readonly hasFire: boolean;
  readonly look: SecondLook | null;
  readonly clock: Clock;
  readonly random: () => number;
  readonly run: (loop: PartLoop) => void;
}

/** The pace of one part of a device: one round at a time, a period from begin to begin. What was missed is not made up for. */
export class PartLoop {
  readonly part: ScanPart;
  readonly periodMs: number;
  readonly hasFire: boolean;
  readonly look: SecondLook | null;
  isBusy = false;
  /** Periods that passed without a round because the one before took longer. */
  latePeriods = 0;
  /** Of the newest round. */
  error: DriverError | null = null;
  /** Rounds in a row that were not answered well. */
  failedInRow = 0;
  /** Rounds in a row in which nothing at all was answered. */
  blindInRow = 0;
  /** Read once and for all: its newest round gave a value for each of its points. */
  #isRead = true;
  /** When the present row of failures began. */
  #failedMono = 0;
  #wanted: 'no' | 'soon' | 'now' = 'no';
  #beganMono = Number.NEGATIVE_INFINITY;
  #wake: Cancel | null = null;
  readonly #retry: Backoff;
  readonly #blindRetry: Backoff;

  constructor(private readonly options: PartLoopOptions) {
    const { part, periodMs, hasFire, look, random } = options;
    this.part = part;
    this.periodMs = periodMs;
    this.hasFire = hasFire;
    this.look = look;
    this.#retry = new Backoff(retryFirstMs, retryCapMs, random);
    this.#blindRetry = new Backoff(retryFirstMs, Math.min(Math.max(periodMs, blindCapMs), retryCapMs), random);
  }

  /** Failing for longer than an accident lasts. */
  get isFailing(): boolean {
    return this.failedInRow >= failingAfterRounds && this.options.clock.mono() - this.#failedMono >= failingAfterMs;
  }

  get isIdle(): boolean {
    return !this.isBusy && this.#wake === null;
  }

  /** Somebody wants a round although one is under way. */
  get isWanted(): boolean {
    return this.#wanted !== 'no';
  }

  begin(): void {
    this.park();
    this.isBusy = true;
    this.#wanted = 'no';
    this.#beganMono = this.options.clock.mono();
  }

  /** A round ended; `isAnswered`: at least a part of it was answered. */
  end({ error, readings }: Scan, isAnswered: boolean): void {
    this.error = error;
    this.#isRead = this.periodMs < Number.POSITIVE_INFINITY || readings.every(({ quality }) => quality === 'good');
    if (this.failedInRow === 0) this.#failedMono = this.options.clock.mono();
    this.failedInRow = error === null ? 0 : this.failedInRow + 1;
    this.blindInRow = isAnswered ? 0 : this.blindInRow + 1;
    if (error === null && this.#isRead) this.#retry.reset();
    if (isAnswered) this.#blindRetry.reset();
  }

  /** At once, or once more if a round is under way. */
  hasten(): void {
    if (this.isBusy) this.#wanted = 'now';
    else this.options.run(this);
  }

  /** The same, but not before its shortest time is over. */
  hastenPolitely(): void {
    if (this.isBusy) {
      if (this.#wanted === 'no') this.#wanted = 'soon';
    } else if (this.#dueInMs(0) === 0) this.options.run(this);
    else this.wait(0);
  }

  /** No round until somebody asks for one. */
  park(): void {
    this.#wake?.();
    this.#wake = null;
  }

  /** The next round as its period wants it. */
  waitForPeriod(): void {
    if (!this.isWanted && this.blindInRow > 0) {
      this.wait(this.#blindRetry.nextMs());
      return;
    }
    // What is refused is asked for at its period; what has none, ever later, and no more than once in the cap if it is for good.
    const isToRetry = this.failedInRow > 0 && this.error?.code !== 'BUS-002';
    if (!this.isWanted && (isToRetry || !this.#isRead)) {
      this.wait(Math.min(this.periodMs, this.#retry.nextMs()));
      return;
    }
    const lateMs = this.options.clock.mono() - this.#beganMono - this.periodMs;
    if (lateMs > 0 && this.periodMs > 0) this.latePeriods += Math.ceil(lateMs / this.periodMs);
    this.wait(Math.max(0, -lateMs));
  }

  /** The next round after `delayMs`, or as soon as it may be if it was wanted meanwhile. */
  wait(delayMs: number): void {
    this.park();
    if (!this.isWanted && delayMs === Number.POSITIVE_INFINITY) return;
    const inMs = this.#wanted === 'now' ? 0 : this.#dueInMs(this.#wanted === 'soon' ? 0 : delayMs);
    this.#wake = this.options.clock.after(inMs, () => {
      this.#wake = null;
      this.options.run(this);
    });
  }

  /** Goes on after a pause of all but the one that was asked. */
  resume(): void {
    if (!this.isIdle) return;
    if (this.failedInRow > 0 || !this.#isRead) this.waitForPeriod();
    else this.wait(Math.max(0, this.#beganMono + this.periodMs - this.options.clock.mono()));
  }

  #dueInMs(delayMs: number): number {
    return Math.max(delayMs, this.#beganMono + this.options.minMs - this.options.clock.mono());
  }
}
