/**
 * For which levels an output did not do as it was ordered. Kept apart for on and off: a cadence flips the order every few
 * seconds, and a relay that never closes holds "off" in each gap, which must not hide that "on" never comes.
 */
export class FailingLevels {
    lastsMs;
    /** How long, in all, each level was ordered and looked at in vain since it last held, ms. */
    #failedMs = new Map();
    #failing = new Set();
    /** Since when the present level is in doubt; null: it held at the last look. */
    #sinceMono = null;
    /** A failure counts when it has lasted so long, ms. */
    constructor(lastsMs) {
        this.lastsMs = lastsMs;
    }
    get isAny() {
        return this.#failing.size > 0;
    }
    /** Another level was ordered. */
    ordered(nowMono) {
        this.#sinceMono = nowMono;
    }
    /** Looked at, and not as ordered. */
    failed(level, nowMono) {
        const lastedMs = (this.#failedMs.get(level) ?? 0) + nowMono - (this.#sinceMono ?? nowMono);
        this.#failedMs.set(level, lastedMs);
        this.#sinceMono = nowMono;
        if (lastedMs >= this.lastsMs)
            this.#failing.add(level);
    }
    /** It is known to fail, however short. */
    failedForCertain(level) {
        this.#failing.add(level);
    }
    /** `isAll`: no cadence flips the order, so that what failed at the other level is over. */
    held(level, isAll) {
        this.#sinceMono = null;
        for (const each of isAll ? [true, false, null] : [level]) {
            this.#failing.delete(each);
            this.#failedMs.delete(each);
        }
    }
}
