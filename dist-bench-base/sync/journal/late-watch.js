/** Tells of each entry, once, that was not durable `limitMs` after it was handed over: it is reported from memory then. */
export class LateWatch {
    clock;
    limitMs;
    onLate;
    #watched = new Map();
    #cancel = null;
    constructor(clock, limitMs, onLate) {
        this.clock = clock;
        this.limitMs = limitMs;
        this.onLate = onLate;
    }
    watch(entries) {
        const dueMono = this.clock.mono() + this.limitMs;
        for (const entry of entries)
            this.#watched.set(entry.id, { entry, dueMono });
        if (this.#cancel === null)
            this.#arm();
    }
    /** These are durable. */
    forget(entries) {
        for (const entry of entries)
            this.#watched.delete(entry.id);
        if (this.#watched.size === 0)
            this.stop();
    }
    stop() {
        this.#cancel?.();
        this.#cancel = null;
    }
    #arm() {
        const [oldest] = this.#watched.values();
        this.#cancel =
            oldest === undefined ? null : this.clock.after(oldest.dueMono - this.clock.mono(), () => this.#look());
    }
    #look() {
        const late = [];
        for (const { entry, dueMono } of this.#watched.values()) {
            if (dueMono > this.clock.mono())
                break;
            late.push(entry);
        }
        for (const entry of late)
            this.#watched.delete(entry.id);
        this.#arm();
        for (const entry of late)
            this.onLate(entry);
    }
}
