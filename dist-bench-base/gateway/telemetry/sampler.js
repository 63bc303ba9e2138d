/** What waits for its interval, and heartbeats, are looked at so often: both are late by no more. */
const reviewMs = 5_000;
/** Changes of one point that do not wait for its interval; a chattering contact gives no more. */
const urgentMax = 4;
const urgentWindowMs = 60_000;
/** What was seen longer ago is a statement about now: the point is as it was then. */
const freshMs = 30_000;
/** Dust of binary fractions: 24.3 − 24.2 is a tenth. */
const dust = 1 - 1e-9;
export class Sampler {
    options;
    #watches;
    #cancel = null;
    constructor(options) {
        this.options = options;
        this.#watches = new Map([...options.points].map(([id, point]) => [id, watchOf(point)]));
    }
    start() {
        this.#cancel = this.options.clock.after(reviewMs, () => {
            this.start();
            this.options.guard(() => this.review());
        });
    }
    stop() {
        this.#cancel?.();
    }
    see(reading) {
        const watch = this.#watches.get(reading.pointId);
        if (watch === undefined)
            return;
        watch.newest = reading;
        if (watch.sent !== null && !isNews(watch, reading, watch.sent))
            return;
        this.#sawNews(watch, reading);
    }
    /** Samples what has waited for its interval and is still news, and what has its heartbeat. */
    review() {
        const nowMono = this.options.clock.mono();
        for (const watch of this.#watches.values()) {
            const { newest, sent, dueMono } = watch;
            if (newest === null || sent === null)
                continue;
            if (dueMono !== null && nowMono >= dueMono) {
                watch.dueMono = null;
                if (isNews(watch, newest, sent))
                    this.#take(watch, newest, nowMono);
            }
            if (nowMono - watch.sentMono >= watch.point.heartbeatMs)
                this.#take(watch, newest, nowMono);
        }
        this.options.onReview();
    }
    #sawNews(watch, reading) {
        const { clock, minIntervalMs } = this.options;
        const nowMono = clock.mono();
        const { sent } = watch;
        const isUrgent = sent === null || reading.quality !== sent.quality || typeof reading.value === 'string';
        if (isUrgent) {
            if (nowMono - watch.urgentsMono >= urgentWindowMs) {
                watch.urgents = 0;
                watch.urgentsMono = nowMono;
            }
            watch.urgents += 1;
            if (watch.urgents <= urgentMax)
                this.#take(watch, reading, nowMono);
            else
                watch.dueMono ??= this.#beatAfter(watch.urgentsMono + urgentWindowMs);
        }
        else if (minIntervalMs === 0)
            this.#take(watch, reading, nowMono);
        else
            watch.dueMono ??= this.#beatAfter(Math.max(nowMono, watch.sentMono + minIntervalMs - reviewMs));
    }
    /** The next moment at which numbers of all points go together: what goes together is one message, and not ten. */
    #beatAfter(mono) {
        const { minIntervalMs } = this.options;
        return minIntervalMs === 0 ? mono : Math.ceil(mono / minIntervalMs) * minIntervalMs;
    }
    #take(watch, reading, nowMono) {
        const { id: pointId, unit } = watch.point;
        watch.sent = reading;
        watch.sentMono = nowMono;
        watch.dueMono = null;
        const isFresh = nowMono - reading.sampledMono <= freshMs;
        this.options.onSample({
            pointId,
            unit: typeof reading.value === 'number' ? unit : null,
            mono: isFresh ? reading.sampledMono : nowMono,
            value: typeof reading.value === 'number' ? roundedTo(watch.decimals, reading.value) : reading.value,
            reason: reading.reason,
        });
    }
}
function watchOf(point) {
    const decimals = decimalsOf(point.deadband.step);
    const never = Number.NEGATIVE_INFINITY;
    return { point, decimals, newest: null, sent: null, sentMono: never, dueMono: null, urgents: 0, urgentsMono: never };
}
function isNews({ point: { deadband } }, { value, reason }, sent) {
    if (typeof value !== 'number' || typeof sent.value !== 'number')
        return value !== sent.value || reason !== sent.reason;
    const moved = Math.abs(value - sent.value);
    return moved > 0 && moved >= Math.max(deadband.step, deadband.share * Math.abs(sent.value)) * dust;
}
/** One place finer than a tenth of the deadband says nothing; null: the number is told as it is. */
function decimalsOf(step) {
    return step === 0 ? null : Math.min(12, Math.max(0, Math.ceil(1 - Math.log10(step))));
}
function roundedTo(decimals, value) {
    // A negative zero is a zero.
    return (decimals === null ? value : Number(value.toFixed(decimals))) + 0;
}
