/** A bucket of tokens: so many messages a second on the average, and never more than one second's worth at once. */
export class Pace {
    perS;
    #tokens;
    #filledMono;
    /** @param perS messages in a second; Infinity: no limit. */
    constructor(perS, nowMono) {
        this.perS = perS;
        this.#tokens = perS;
        this.#filledMono = nowMono;
    }
    has(nowMono) {
        if (this.perS === Infinity)
            return true;
        this.#tokens = Math.min(this.perS, this.#tokens + ((nowMono - this.#filledMono) * this.perS) / 1000);
        this.#filledMono = nowMono;
        return this.#tokens >= 1;
    }
    take() {
        this.#tokens -= 1;
    }
    /** When the next one may go, if none may go now. */
    get nextMono() {
        return this.#filledMono + ((1 - this.#tokens) * 1000) / this.perS;
    }
}
