import { Backoff } from '../../drivers/backoff.js';
/** A part that was not answered while its unit answers otherwise: asked again after this, then ever later, ms. */
const retryFirstMs = 250;
const retryCapMs = 60_000;
/** So late at the most where the part is read more often than that: as late as a silent unit. */
const blindCapMs = 10_000;
/** So many rounds in a row that were not answered well, over so long, are no accident. */
const failingAfterRounds = 3;
const failingAfterMs = 1000;
/** The pace of one part of a device: one round at a time, a period from begin to begin. What was missed is not made up for. */
export class PartLoop {
    options;
    part;
    periodMs;
    hasFire;
    look;
    isBusy = false;
    /** Periods that passed without a round because the one before took longer. */
    latePeriods = 0;
    /** Of the newest round. */
    error = null;
    /** Rounds in a row that were not answered well. */
    failedInRow = 0;
    /** Rounds in a row in which nothing at all was answered. */
    blindInRow = 0;
    /** When the present row of failures began. */
    #failedMono = 0;
    #wanted = 'no';
    #beganMono = Number.NEGATIVE_INFINITY;
    #wake = null;
    #retry;
    #blindRetry;
    constructor(options) {
        this.options = options;
        const { part, periodMs, hasFire, look, random } = options;
        this.part = part;
        this.periodMs = periodMs;
        this.hasFire = hasFire;
        this.look = look;
        this.#retry = new Backoff(retryFirstMs, retryCapMs, random);
        this.#blindRetry = new Backoff(retryFirstMs, Math.min(Math.max(periodMs, blindCapMs), retryCapMs), random);
    }
    /** Failing for longer than an accident lasts. */
    get isFailing() {
        return this.failedInRow >= failingAfterRounds && this.options.clock.mono() - this.#failedMono >= failingAfterMs;
    }
    get isIdle() {
        return !this.isBusy && this.#wake === null;
    }
    /** Somebody wants a round although one is under way. */
    get isWanted() {
        return this.#wanted !== 'no';
    }
    begin() {
        this.park();
        this.isBusy = true;
        this.#wanted = 'no';
        this.#beganMono = this.options.clock.mono();
    }
    /** A round ended; `isAnswered`: at least a part of it was answered. */
    end(error, isAnswered) {
        this.error = error;
        if (this.failedInRow === 0)
            this.#failedMono = this.options.clock.mono();
        this.failedInRow = error === null ? 0 : this.failedInRow + 1;
        this.blindInRow = isAnswered ? 0 : this.blindInRow + 1;
        if (error === null)
            this.#retry.reset();
        if (isAnswered)
            this.#blindRetry.reset();
    }
    /** At once, or once more if a round is under way. */
    hasten() {
        if (this.isBusy)
            this.#wanted = 'now';
        else
            this.options.run(this);
    }
    /** The same, but not before its shortest time is over. */
    hastenPolitely() {
        if (this.isBusy) {
            if (this.#wanted === 'no')
                this.#wanted = 'soon';
        }
        else if (this.#dueInMs(0) === 0)
            this.options.run(this);
        else
            this.wait(0);
    }
    /** No round until somebody asks for one. */
    park() {
        this.#wake?.();
        this.#wake = null;
    }
    /** The next round as its period wants it. */
    waitForPeriod() {
        if (!this.isWanted && this.blindInRow > 0) {
            this.wait(this.#blindRetry.nextMs());
            return;
        }
        if (!this.isWanted && this.failedInRow > 0 && this.error?.code !== 'BUS-002') {
            this.wait(Math.min(this.periodMs, this.#retry.nextMs()));
            return;
        }
        const lateMs = this.options.clock.mono() - this.#beganMono - this.periodMs;
        if (lateMs > 0 && this.periodMs > 0)
            this.latePeriods += Math.ceil(lateMs / this.periodMs);
        this.wait(Math.max(0, -lateMs));
    }
    /** The next round after `delayMs`, or as soon as it may be if it was wanted meanwhile. */
    wait(delayMs) {
        this.park();
        if (!this.isWanted && delayMs === Number.POSITIVE_INFINITY)
            return;
        const inMs = this.#wanted === 'now' ? 0 : this.#dueInMs(this.#wanted === 'soon' ? 0 : delayMs);
        this.#wake = this.options.clock.after(inMs, () => {
            this.#wake = null;
            this.options.run(this);
        });
    }
    /** Goes on after a pause of all but the one that was asked. */
    resume() {
        if (!this.isIdle)
            return;
        if (this.failedInRow > 0)
            this.waitForPeriod();
        else
            this.wait(Math.max(0, this.#beganMono + this.periodMs - this.options.clock.mono()));
    }
    #dueInMs(delayMs) {
        return Math.max(delayMs, this.#beganMono + this.options.minMs - this.options.clock.mono());
    }
}
