import { Backoff } from '../../drivers/backoff.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { ScanPart } from '../../drivers/driver.js';
import type { DriverError } from '../../drivers/driver-error.js';
import type { SecondLook } from './second-look.js';

/** A part that was not answered while its unit answers otherwise: asked again after this, then ever later. */
const retryFirstMs = 250;
const retryCapMs = 60_000;
/** So many rounds in a row that were not answered well, over so long, are no accident. */
const failingAfterRounds = 3;
const failingAfterMs = 1000;

/** The pace of one part of a device: one round at a time, a period from begin to begin. What was missed is not made up for. */
export class PartLoop {
  isBusy = false;
  /** Periods that passed without a round because the one before took longer. */
  latePeriods = 0;
  /** Of the newest round. */
  error: DriverError | null = null;
  failedInRow = 0;
  /** When the present row of failures began. */
  #failedMono = 0;
  #isWantedNow = false;
  #beganMono = Number.NEGATIVE_INFINITY;
  #wake: Cancel | null = null;
  readonly #retry: Backoff;

  constructor(
    readonly part: ScanPart,
    /** ms; Infinity: once. */
    readonly periodMs: number,
    readonly look: SecondLook | null,
    private readonly clock: Clock,
    random: () => number,
    private readonly run: (loop: PartLoop) => void,
  ) {
    this.#retry = new Backoff(retryFirstMs, retryCapMs, random);
  }

  /** Failing for longer than an accident lasts. */
  get isFailing(): boolean {
    return this.failedInRow >= failingAfterRounds && this.clock.mono() - this.#failedMono >= failingAfterMs;
  }

  get isIdle(): boolean {
    return !this.isBusy && this.#wake === null;
  }

  begin(): void {
    this.park();
    this.isBusy = true;
    this.#isWantedNow = false;
    this.#beganMono = this.clock.mono();
  }

  end(error: DriverError | null): void {
    this.error = error;
    if (this.failedInRow === 0) this.#failedMono = this.clock.mono();
    this.failedInRow = error === null ? 0 : this.failedInRow + 1;
    if (error === null) this.#retry.reset();
  }

  /** At once, or once more if a round is under way. */
  hasten(): void {
    if (this.isBusy) this.#isWantedNow = true;
    else this.run(this);
  }

  /** No round until somebody asks for one. */
  park(): void {
    this.#wake?.();
    this.#wake = null;
  }

  /** The next round as its period wants it. */
  waitForPeriod(): void {
    const nowMono = this.clock.mono();
    if (!this.#isWantedNow && this.failedInRow > 0 && this.error?.code !== 'BUS-002') {
      this.wait(Math.min(this.periodMs, this.#retry.nextMs()));
      return;
    }
    const lateMs = nowMono - this.#beganMono - this.periodMs;
    if (lateMs > 0 && this.periodMs > 0) this.latePeriods += Math.ceil(lateMs / this.periodMs);
    this.wait(Math.max(0, -lateMs));
  }

  /** The next round after `delayMs`, or at once if it was hastened meanwhile. */
  wait(delayMs: number): void {
    this.park();
    const isNow = this.#isWantedNow;
    if (!isNow && delayMs === Number.POSITIVE_INFINITY) return;
    this.#wake = this.clock.after(isNow ? 0 : delayMs, () => {
      this.#wake = null;
      this.run(this);
    });
  }

  /** Goes on after a pause of all but the most urgent part. */
  resume(): void {
    if (!this.isIdle) return;
    if (this.failedInRow > 0) this.waitForPeriod();
    else this.wait(Math.max(0, this.#beganMono + this.periodMs - this.clock.mono()));
  }
}
