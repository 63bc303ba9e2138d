import { cardSubject } from '../alarm/site-subjects.js';
const lookMs = 60_000;
const dayMs = 86_400_000;
const stepMs = 3_600_000;
/** One count an hour: a day and the hour under way. */
const countsMax = 25;
/** A shorter time says nothing about a day: the start itself writes most. */
const projectFromMs = 3_600_000;
export class CardWrites {
    options;
    /** Oldest first; the newest one is replaced at every look. */
    #counts = [];
    #newest = null;
    #dayBegan = null;
    #isOver = false;
    #isReading = false;
    #cancel = null;
    constructor(options) {
        this.options = options;
    }
    start() {
        this.#cancel = this.options.clock.after(lookMs, () => this.start());
        this.#look();
    }
    stop() {
        this.#cancel?.();
    }
    retell() {
        const { onFault, budgetBytes } = this.options;
        onFault(cardSubject, this.#isOver, this.#isOver ? overDetail(this.figures, budgetBytes) : {});
    }
    get figures() {
        const { budgetBytes } = this.options;
        const [first, last] = [this.#counts[0], this.#newest];
        const overMs = first === undefined || last === null ? 0 : last.mono - first.mono;
        const perDay = (from, to) => typeof from !== 'number' || typeof to !== 'number' || overMs < projectFromMs
            ? null
            : Math.round(((to - from) / overMs) * dayMs);
        return {
            overMs,
            budgetBytes,
            processBytesPerDay: perDay(first?.writes.processBytes, last?.writes.processBytes),
            deviceBytesPerDay: perDay(first?.writes.deviceBytes, last?.writes.deviceBytes),
            commitsPerDay: perDay(first?.commits, last?.commits),
        };
    }
    /** One look at a time: a disk that hangs may keep it for long. */
    #look() {
        if (this.#isReading)
            return;
        const { clock, read, commits } = this.options;
        this.#isReading = true;
        const seen = (writes) => {
            this.#isReading = false;
            if (writes !== null)
                this.#saw({ mono: clock.mono(), commits: commits(), writes });
        };
        read().then(seen, () => seen(null));
    }
    #saw(count) {
        this.#newest = count;
        const last = this.#counts.at(-1);
        if (last === undefined || count.mono - last.mono >= stepMs)
            this.#counts.push(count);
        if (this.#counts.length > countsMax)
            this.#counts.shift();
        this.#dayBegan ??= count;
        const isDayOver = count.mono - this.#dayBegan.mono >= dayMs;
        const isTooMuch = writtenSince(this.#dayBegan.writes, count.writes) > this.options.budgetBytes;
        if (isDayOver)
            this.#dayBegan = count;
        // Told as soon as it is too much, and taken back only by a whole day that was not: at most one hint a day.
        const isOver = isTooMuch || (this.#isOver && !isDayOver);
        if (isOver === this.#isOver)
            return;
        this.#isOver = isOver;
        this.retell();
    }
}
/** To the card, whoever wrote it; what only this process wrote where the card can not be asked. */
function writtenSince(before, now) {
    const device = (now.deviceBytes ?? 0) - (before.deviceBytes ?? 0);
    return now.deviceBytes === null ? (now.processBytes ?? 0) - (before.processBytes ?? 0) : device;
}
function overDetail({ processBytesPerDay }, budgetBytes) {
    const budget = Math.round(budgetBytes / 1e6);
    const own = processBytesPerDay === null ? null : Math.round(processBytesPerDay / 1e6);
    return {
        error_zh: `一天写入超过 ${budget} MB`,
        error_en: `more than ${budget} MB in a day`,
        cause_zh: own === null ? '采样太密，或别的程序在写' : `本程序每天约 ${own} MB，其余是别的程序（日志等）`,
        cause_en: own === null
            ? 'samples too often, or other programs'
            : `about ${own} MB a day are ours, the rest is of others (logs)`,
        next_zh: '运行 gengfu doctor 查看；增大 telemetry.min_interval_s，或减少系统日志',
        next_en: 'see gengfu doctor; raise telemetry.min_interval_s, or let the system log less',
    };
}
