/** Human schedules only ("every day at 08:00"). Scans, sirens and watchdogs use the monotonic Clock, never this. */
import type { Cancel } from './clock.js';

export interface Calendar {
  /** Runs `run` once a day at `HH:MM` local wall time. A day whose minute is jumped over by a clock step may be left out,
   * and is never made up for. */
  daily(at: string, run: () => void): Cancel;
}
