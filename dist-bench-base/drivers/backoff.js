/** Delays between tries: doubling from first to cap. `random` (0 ≤ r < 1) spreads each delay over its upper half. */
export class Backoff {
    firstMs;
    capMs;
    random;
    #next;
    constructor(firstMs, capMs, random) {
        this.firstMs = firstMs;
        this.capMs = capMs;
        this.random = random;
        this.#next = firstMs;
    }
    nextMs() {
        const full = this.#next;
        this.#next = Math.min(this.capMs, full * 2);
        return full / 2 + (full / 2) * this.random();
    }
    reset() {
        this.#next = this.firstMs;
    }
}
