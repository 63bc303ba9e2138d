/** The only file that touches node-cron. */
import { schedule, setLogger } from 'node-cron';
import { isLocalTimeRepeated, localOffsetMin } from './clock.js';
// It would write to the terminal by itself; a day that was jumped over is no news (calendar.ts).
const say = () => undefined;
setLogger({ info: say, warn: say, error: say, debug: say });
/** node-cron sleeps on monotonic timers until a moment of the wall clock as it was, and would find out too late that somebody has
 * set it: a step of more than `stepMs` between two looks makes all tasks anew. */
const lookEveryMs = 30_000;
const stepMs = 60_000;
const dayMin = 24 * 60;
const everyDay = [0, 1, 2, 3, 4, 5, 6];
/**
 * Daily jobs only: over a step of a day node-cron goes through every occurrence of a dense one, and holds the event loop up for
 * seconds (measured: 6.8 s for one of every second). In the hour that comes twice when summer time ends it takes the second for the
 * first: told local time it leaves the job out, and whatever is due then it waits for with timers of 0 ms (measured with 4.6: 1.8
 * million in half an hour). So it is told UTC, anew whenever the local time has another offset, and rests in that second hour:
 * what stands there was run in the first.
 */
export class CronCalendar {
    clock;
    #jobs = new Set();
    #aheadMs = 0;
    #offsetMin = 0;
    #isRepeated = false;
    #look = null;
    constructor(clock) {
        this.clock = clock;
    }
    daily(at, run) {
        return this.weekly(at, everyDay, run);
    }
    weekly(at, days, run) {
        if (days.length === 0)
            return () => undefined;
        if (this.#look === null) {
            this.#note();
            this.#lookLater();
        }
        const job = { at, days, run, task: null };
        this.#remake(job);
        this.#jobs.add(job);
        return () => {
            if (!this.#jobs.delete(job))
                return;
            end(job.task);
            if (this.#jobs.size > 0)
                return;
            this.#look?.();
            this.#look = null;
        };
    }
    #lookLater() {
        this.#look = this.clock.after(lookEveryMs, () => {
            const [aheadMs, offsetMin, isRepeated] = [this.#aheadMs, this.#offsetMin, this.#isRepeated];
            this.#note();
            const isStepped = Math.abs(this.#aheadMs - aheadMs) > stepMs;
            const isOther = isStepped || this.#offsetMin !== offsetMin || this.#isRepeated !== isRepeated;
            if (isOther)
                for (const job of this.#jobs)
                    this.#remake(job);
            this.#lookLater();
        });
    }
    #note() {
        const wall = this.clock.wall();
        this.#aheadMs = wall - this.clock.mono();
        this.#offsetMin = localOffsetMin(wall);
        this.#isRepeated = isLocalTimeRepeated(wall);
    }
    #started({ at, days, run }) {
        const [hour = 0, minute = 0] = at.split(':').map(Number);
        const utcMin = hour * 60 + minute - this.#offsetMin;
        const dayShift = Math.floor(utcMin / dayMin);
        const [utcHour, utcMinute] = [Math.floor((utcMin - dayShift * dayMin) / 60), (utcMin + 7 * dayMin) % 60];
        const utcDays = days.map((day) => (day + dayShift + 7) % 7);
        const expression = `0 ${utcMinute} ${utcHour} * * ${utcDays.join(',')}`;
        return schedule(expression, run, { noOverlap: true, timezone: 'Etc/UTC' });
    }
    #remake(job) {
        end(job.task);
        job.task = this.#isRepeated ? null : this.#started(job);
    }
}
function end(task) {
    if (task === null)
        return;
    Promise.resolve(task.destroy()).catch(() => undefined);
}
