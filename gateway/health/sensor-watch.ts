/** Asks one sensor of the box again and again: with a limit, one question at a time, and never in the way of anything else. */
import type { PointConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { BoxSensor } from '../../drivers/driver.js';
import { DriverError, driverErrors } from '../../drivers/driver-error.js';
import { faultSubjectOf, pointSubject, type TellFault } from '../alarm/subject.js';
import { toldOf } from '../alarm/told.js';
import type { CheckIn } from './check-ins.js';

/** A file of the system is read in microseconds; what takes longer hangs. */
const answerMaxMs = 2000;
/** One failed look is no fault; a figure that stays away so long is. */
const lostAfterMs = 120_000;

export interface SensorWatchOptions {
  readonly point: PointConfig;
  readonly sensor: BoxSensor;
  readonly periodMs: number;
  readonly clock: Clock;
  /** Null: it can not be told now. `sampledMono`: when it was asked. */
  readonly onValue: (value: number | string | null, sampledMono: number) => void;
  readonly onFault: TellFault;
  /** Whenever a question has ended, however. */
  readonly checkIn: CheckIn;
}

export class SensorWatch {
  #cancel: Cancel | null = null;
  #lostMono: number | null = null;
  #isStopped = false;

  constructor(private readonly options: SensorWatchOptions) {}

  start(): void {
    const { clock, sensor, onValue, checkIn } = this.options;
    const beganMono = clock.mono();
    let isLate = false;
    this.#cancel = clock.after(answerMaxMs, () => {
      isLate = true;
      this.#lose(beganMono);
    });
    const ended = (value: number | string | null, error: unknown = null): void => {
      this.#cancel?.();
      if (this.#isStopped) return;
      checkIn();
      // What comes late is of another moment and counts no more.
      if (!isLate) {
        if (value === null) this.#lose(beganMono, error);
        else {
          this.#lostMono = null;
          onValue(value, beganMono);
        }
      }
      this.#cancel = clock.after(this.options.periodMs, () => this.start());
    };
    sensor.read().then(
      (value) => ended(value),
      (error: unknown) => ended(null, error),
    );
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  /** The next good value ends the fault, as with every point. */
  #lose(sampledMono: number, error: unknown = null): void {
    const { point, clock, onValue, onFault } = this.options;
    onValue(null, sampledMono);
    this.#lostMono ??= sampledMono;
    if (clock.mono() - this.#lostMono < lostAfterMs) return;
    // That a file of the system can not be read says itself; a board can be there and be wrong in several ways.
    const isPlain = !(error instanceof DriverError) || error.code === 'BOX-001';
    const detail = isPlain ? { error_zh: '读不出', error_en: 'can not be read' } : toldOf(error, driverErrors);
    onFault(faultSubjectOf(pointSubject(point)), true, detail);
  }
}
