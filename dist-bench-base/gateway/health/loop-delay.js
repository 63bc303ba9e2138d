const stepMs = 100;
/** One minute of moments. */
const momentsMax = 600;
export class LoopDelay {
    clock;
    #delays = new Float64Array(momentsMax);
    #count = 0;
    #cancel = null;
    constructor(clock) {
        this.clock = clock;
    }
    /** Within this 99 of 100 moments of the last minute had their turn, ms; null before the first one. */
    get p99Ms() {
        const known = this.#delays.slice(0, Math.min(this.#count, momentsMax)).sort();
        return known[Math.ceil(known.length * 0.99) - 1] ?? null;
    }
    start() {
        this.#wait(this.clock.mono() + stepMs);
    }
    stop() {
        this.#cancel?.();
    }
    #wait(dueMono) {
        this.#cancel = this.clock.after(dueMono - this.clock.mono(), () => {
            const nowMono = this.clock.mono();
            // Of a halt longer than a minute only the last minute counts.
            let momentMono = Math.max(dueMono, nowMono - momentsMax * stepMs);
            for (; momentMono <= nowMono; momentMono += stepMs)
                this.#keep(nowMono - momentMono);
            this.#wait(momentMono);
        });
    }
    #keep(delayMs) {
        this.#delays[this.#count % momentsMax] = delayMs;
        this.#count += 1;
    }
}
