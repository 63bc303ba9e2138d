import type { Weekday } from '../config/sounding.js';
import type { Calendar } from '../drivers/calendar.js';
import { type Cancel, type Clock, localMinuteOf, localOffsetMin } from '../drivers/clock.js';

/** So often it looks at the wall clock: no minute is missed that was not jumped over. */
const lookEveryMs = 20_000;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** 1 January 1970 was a Thursday. */
const firstWeekday = 4;

interface Job {
  readonly minute: number;
  readonly days: readonly Weekday[] | null;
  readonly run: () => void;
  /** The local minute, counted from 1970, in which it last ran. */
  lastMinute: number;
}

/** The calendar of a virtual clock: looks at the local time again and again, as a clock on the wall is looked at. */
export class SimCalendar implements Calendar {
  readonly #jobs = new Set<Job>();
  #wake: Cancel | null = null;

  constructor(private readonly clock: Clock) {}

  daily(at: string, run: () => void): Cancel {
    return this.#add(at, null, run);
  }

  weekly(at: string, days: readonly Weekday[], run: () => void): Cancel {
    return days.length === 0 ? () => undefined : this.#add(at, days, run);
  }

  #add(at: string, days: readonly Weekday[] | null, run: () => void): Cancel {
    const [hours = 0, minutes = 0] = at.split(':').map(Number);
    const job: Job = { minute: hours * 60 + minutes, days, run, lastMinute: this.#localMinute() };
    this.#jobs.add(job);
    if (this.#wake === null) this.#lookLater();
    return () => {
      this.#jobs.delete(job);
      if (this.#jobs.size > 0) return;
      this.#wake?.();
      this.#wake = null;
    };
  }

  #localMinute(): number {
    const wall = this.clock.wall();
    return Math.floor(wall / minuteMs) + localOffsetMin(wall);
  }

  #lookLater(): void {
    this.#wake = this.clock.after(lookEveryMs, () => {
      this.#lookLater();
      this.#look();
    });
  }

  #look(): void {
    const minuteOfDay = localMinuteOf(this.clock.wall());
    const now = this.#localMinute();
    const weekday = ((Math.floor((now * minuteMs) / dayMs) + firstWeekday) % 7) as Weekday;
    for (const job of [...this.#jobs]) {
      if (job.minute !== minuteOfDay || job.lastMinute === now) continue;
      job.lastMinute = now;
      if (job.days === null || job.days.includes(weekday)) job.run();
    }
  }
}
