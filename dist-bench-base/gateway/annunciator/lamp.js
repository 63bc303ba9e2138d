import { Backoff } from '../../drivers/backoff.js';
import { pause } from '../../drivers/clock.js';
import { isKept } from './output-faults.js';
const lookEveryMs = 10_000;
const mismatchMs = 1000;
const retryFirstMs = 250;
const retryCapMs = 2000;
const stopMaxMs = 1000;
export class Lamp {
    options;
    /** Null before the first order: whatever it shows then is of another time. */
    #level = null;
    /** When it was last seen as ordered, monotonic ms. */
    #seenMono = Number.NEGATIVE_INFINITY;
    /** It was ordered steady and was not looked at since. */
    #isLookOwed = false;
    #badSinceMono = null;
    #isAtFault = null;
    #isBusy = false;
    #isStopped = false;
    #handle = null;
    #timer = null;
    #retry;
    constructor(options) {
        this.options = options;
        this.#retry = new Backoff(retryFirstMs, retryCapMs, options.random);
    }
    /** `isLit`: the bright half of the second. A relay would wear out by flashing, and its line has better things to carry: it is
     * lit instead. A pin has changed when this returns. */
    show(state, isLit) {
        const canFlash = this.options.config.target.kind === 'pin';
        const isFlashing = state === 'flash' && canFlash;
        const level = isFlashing ? isLit : state !== 'off';
        if (level === this.#level)
            return;
        this.#level = level;
        if (!isFlashing)
            this.#isLookOwed = true;
        this.#run();
    }
    /** The listener has forgotten what it was told. */
    retell() {
        if (this.#isAtFault !== null)
            this.#tell(this.#isAtFault, null);
    }
    /** What can not be said without a gateway goes dark: all is well, reports are on their way. Within 1 s. */
    async stop() {
        this.#isStopped = true;
        this.#timer?.();
        const { shows } = this.options.config;
        if (shows !== 'normal' && shows !== 'transmission')
            return;
        if (this.#level !== true || this.#handle === null)
            return;
        await Promise.race([this.#handle.command(false), pause(this.options.clock, stopMaxMs)]);
    }
    #run() {
        if (this.#isBusy || this.#isStopped || this.#level === null)
            return;
        this.#timer?.();
        this.#timer = null;
        this.#isBusy = true;
        const ordered = this.#level;
        const isOld = this.options.clock.mono() - this.#seenMono >= lookEveryMs;
        const isLook = isOld || this.#isLookOwed || this.#badSinceMono !== null;
        // Both in one `then`: a mistake in our own judging must not be taken for a failure of the hardware.
        void this.#order(ordered, isLook).then((seen) => this.#judge(ordered, seen, null), (error) => this.#judge(ordered, null, error instanceof Error ? error.message : String(error)));
    }
    /** `unseen`: it was not looked at this time. */
    async #order(level, isLook) {
        this.#handle ??= this.options.makeHandle();
        await this.#handle.command(level);
        return isLook ? this.#handle.readBack() : 'unseen';
    }
    #judge(ordered, seen, got) {
        const { clock, events } = this.options;
        this.#isBusy = false;
        if (seen !== 'unseen')
            events.onLooked();
        if (this.#isStopped)
            return;
        if (seen === ordered) {
            this.#seenMono = clock.mono();
            this.#isLookOwed = ordered !== this.#level;
            this.#badSinceMono = null;
            this.#retry.reset();
            if (this.#isAtFault !== false)
                this.#tell(false, null);
        }
        else if (seen !== 'unseen') {
            this.#badSinceMono ??= clock.mono();
            const isLong = clock.mono() - this.#badSinceMono >= mismatchMs;
            if (isLong && this.#isAtFault !== true)
                this.#tell(true, got ?? (seen === null ? null : seen ? 'on' : 'off'));
        }
        if (ordered !== this.#level)
            this.#run();
        else
            this.#again(this.#badSinceMono === null ? lookEveryMs : this.#retry.nextMs());
    }
    #again(delayMs) {
        this.#timer?.();
        this.#timer = this.options.clock.after(delayMs, () => this.#run());
    }
    #tell(isAtFault, got) {
        this.#isAtFault = isAtFault;
        const { config, events } = this.options;
        const isBroken = this.#handle !== null && !isKept(config, this.#handle.afterProcessEnd);
        events.onFault(config, isAtFault ? 'not-proven' : isBroken ? 'not-kept' : null, got);
    }
}
