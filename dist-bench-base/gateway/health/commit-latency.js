const windowMs = 600_000;
const keptMax = 1000;
export class CommitLatency {
    clock;
    #kept = [];
    constructor(clock) {
        this.clock = clock;
    }
    /** An entry is on disk. */
    see(tookMs) {
        this.#kept.push({ atMono: this.clock.mono(), tookMs });
        if (this.#kept.length > keptMax)
            this.#kept.shift();
    }
    /** 95 of 100 entries of the last ten minutes took no longer, ms. In a quiet hour the last entry speaks alone; null before
     * the first one. */
    get p95Ms() {
        const sinceMono = this.clock.mono() - windowMs;
        const [last] = this.#kept.slice(-1);
        if (last === undefined)
            return null;
        this.#kept = this.#kept.filter((each) => each === last || each.atMono >= sinceMono);
        const sorted = this.#kept.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
        return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null;
    }
}
