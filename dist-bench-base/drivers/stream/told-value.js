/** Three times 0.1 is 0.3; no dialect has so many digits. */
const significantDigits = 12;
/**
 * One number of one point: scale, range, and the largest believable step. A value too far from the last good one is bad
 * (`step`) and believed when the next one stands near it: a real jump is confirmed by the second look.
 */
export class ValueGate {
    source;
    #last = null;
    #suspect = null;
    constructor(source) {
        this.source = source;
    }
    /** `told` in the dialect's unit; null with the reason when the codec has none (`sentinel` when it gives none either). */
    take(told, bad) {
        if (told === null)
            return { value: null, reason: bad ?? 'sentinel' };
        const { scale, offset, validRange } = this.source;
        const value = Number((told * scale + offset).toPrecision(significantDigits));
        if (validRange !== null && (value < validRange[0] || value > validRange[1])) {
            return { value: null, reason: 'out-of-range' };
        }
        if (!this.#isNear(this.#last, value) && (this.#suspect === null || !this.#isNear(this.#suspect, value))) {
            this.#suspect = value;
            return { value: null, reason: 'step' };
        }
        this.#last = value;
        this.#suspect = null;
        return { value, reason: null };
    }
    /** The device was away: the next value has nothing to be compared with. */
    reset() {
        this.#last = null;
        this.#suspect = null;
    }
    #isNear(before, value) {
        const { maxStep } = this.source;
        return before === null || maxStep === null || Math.abs(value - before) <= maxStep;
    }
}
