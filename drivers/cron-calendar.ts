/** The only file that touches node-cron. */
import { schedule } from 'node-cron';
import type { Calendar } from './calendar.js';
import type { Cancel } from './clock.js';

export class CronCalendar implements Calendar {
  daily(at: string, run: () => void): Cancel {
    const [hour, minute] = at.split(':').map(Number);
    const task = schedule(`0 ${minute} ${hour} * * *`, run, { noOverlap: true });
    return () => {
      Promise.resolve(task.destroy()).catch(() => undefined);
    };
  }
}
