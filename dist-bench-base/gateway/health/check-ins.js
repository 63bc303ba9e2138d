export class CheckIns {
    clock;
    onChange;
    #loops = new Map();
    constructor(clock, onChange) {
        this.clock = clock;
        this.onChange = onChange;
    }
    /** `maxQuietMs` = the longest time that this loop may show no progress. */
    register(name, maxQuietMs) {
        const loop = { maxQuietMs, lastMono: this.clock.mono(), isOverdue: null };
        this.#loops.set(name, loop);
        return () => {
            loop.lastMono = this.clock.mono();
        };
    }
    /** Compares all loops with their limits and tells what changed. */
    review() {
        const nowMono = this.clock.mono();
        for (const [name, loop] of this.#loops) {
            const isOverdue = nowMono - loop.lastMono > loop.maxQuietMs;
            if (isOverdue !== loop.isOverdue) {
                loop.isOverdue = isOverdue;
                this.onChange(name, isOverdue);
            }
        }
    }
    /** The listener has forgotten what it was told: the next review tells all of it. */
    forget() {
        for (const loop of this.#loops.values())
            loop.isOverdue = null;
    }
    /** Some loop is overdue at this moment, whether the review has seen it or not. */
    get isAnyOverdue() {
        const nowMono = this.clock.mono();
        for (const { lastMono, maxQuietMs } of this.#loops.values())
            if (nowMono - lastMono > maxQuietMs)
                return true;
        return false;
    }
    get overdue() {
        return [...this.#loops].filter(([, loop]) => loop.isOverdue === true).map(([name]) => name);
    }
}
