/** The only file that touches node-cron. */
import { type ScheduledTask, schedule, setLogger } from 'node-cron';
import type { Weekday } from '../config/sounding.js';
import type { Calendar } from './calendar.js';
import type { Cancel, Clock } from './clock.js';

// It would write to the terminal by itself; a day that was jumped over is no news (calendar.ts).
const say = (): void => undefined;
setLogger({ info: say, warn: say, error: say, debug: say });

/** node-cron sleeps on monotonic timers until a moment of the wall clock as it was, and would find out too late that somebody has
 * set it: a step of more than `stepMs` between two looks makes all tasks anew. */
const lookEveryMs = 30_000;
const stepMs = 60_000;

interface Job {
  readonly expression: string;
  readonly run: () => void;
  task: ScheduledTask;
}

/** Daily jobs only: over a step of a day node-cron goes through every occurrence of a dense one, and holds the event loop up for
 * seconds (measured: 6.8 s for one of every second). */
export class CronCalendar implements Calendar {
  readonly #jobs = new Set<Job>();
  #offsetMs = 0;
  #look: Cancel | null = null;

  constructor(private readonly clock: Clock) {}

  daily(at: string, run: () => void): Cancel {
    return this.#add(at, '*', run);
  }

  weekly(at: string, days: readonly Weekday[], run: () => void): Cancel {
    return days.length === 0 ? () => undefined : this.#add(at, days.join(','), run);
  }

  #add(at: string, days: string, run: () => void): Cancel {
    const [hour, minute] = at.split(':').map(Number);
    const expression = `0 ${minute} ${hour} * * ${days}`;
    const job = { expression, run, task: started(expression, run) };
    this.#jobs.add(job);
    if (this.#look === null) {
      this.#offsetMs = this.#wallOffsetMs();
      this.#lookLater();
    }
    return () => {
      if (!this.#jobs.delete(job)) return;
      end(job.task);
      if (this.#jobs.size > 0) return;
      this.#look?.();
      this.#look = null;
    };
  }

  #lookLater(): void {
    this.#look = this.clock.after(lookEveryMs, () => {
      const offsetMs = this.#wallOffsetMs();
      if (Math.abs(offsetMs - this.#offsetMs) > stepMs) for (const job of this.#jobs) remake(job);
      this.#offsetMs = offsetMs;
      this.#lookLater();
    });
  }

  #wallOffsetMs(): number {
    return this.clock.wall() - this.clock.mono();
  }
}

function started(expression: string, run: () => void): ScheduledTask {
  return schedule(expression, run, { noOverlap: true });
}

function remake(job: Job): void {
  end(job.task);
  job.task = started(job.expression, job.run);
}

function end(task: ScheduledTask): void {
  Promise.resolve(task.destroy()).catch(() => undefined);
}
