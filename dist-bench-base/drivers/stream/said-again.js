/** Was the same thing said a moment ago? Bounded: of too many things the oldest is forgotten, and counts as never said. */
export class SaidAgain {
    withinMs;
    keysMax;
    #lastMono = new Map();
    constructor(withinMs, keysMax) {
        this.withinMs = withinMs;
        this.keysMax = keysMax;
    }
    /** True when `key` was also given at most `withinMs` before `atMono`. */
    isRepeated(key, atMono) {
        const last = this.#lastMono.get(key);
        this.#lastMono.delete(key);
        this.#lastMono.set(key, atMono);
        if (this.#lastMono.size > this.keysMax) {
            const [oldest] = this.#lastMono.keys();
            if (oldest !== undefined)
                this.#lastMono.delete(oldest);
        }
        return last !== undefined && atMono - last <= this.withinMs;
    }
}
