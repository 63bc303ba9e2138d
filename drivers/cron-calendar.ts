/** The only file that touches node-cron. */
import { schedule, setLogger } from 'node-cron';
import type { Calendar } from './calendar.js';
import type { Cancel } from './clock.js';

// It would write to the terminal by itself; a day that was jumped over is no news (calendar.ts).
const say = (): void => undefined;
setLogger({ info: say, warn: say, error: say, debug: say });

export class CronCalendar implements Calendar {
  daily(at: string, run: () => void): Cancel {
    const [hour, minute] = at.split(':').map(Number);
    const task = schedule(`0 ${minute} ${hour} * * *`, run, { noOverlap: true });
    return () => {
      Promise.resolve(task.destroy()).catch(() => undefined);
    };
  }
}
