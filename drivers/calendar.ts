/** Human schedules only ("every day at 08:00"). Scans, sirens and watchdogs use the monotonic Clock, never this. */
import type { Weekday } from '../config/sounding.js';
import type { Cancel } from './clock.js';

/** Times are local wall times. A day whose minute is jumped over by a clock step is left out, and is never made up for; a minute
 * that a step back makes come again may run again: whoever must not do a thing twice looks at the monotonic clock. */
export interface Calendar {
  /** Runs `run` once a day at `HH:MM`. */
  daily(at: string, run: () => void): Cancel;
  /** Runs `run` at `HH:MM` on each of these days of the week; never for no days. */
  weekly(at: string, days: readonly Weekday[], run: () => void): Cancel;
}
