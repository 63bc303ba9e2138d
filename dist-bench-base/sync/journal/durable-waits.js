/** Whoever may act only once something is durable waits here, for a limited time. */
export class DurableWaits {
    clock;
    #waits = new Set();
    constructor(clock) {
        this.clock = clock;
    }
    /** False when they are not durable within `limitMs`. */
    wait(entries, limitMs) {
        return new Promise((resolve) => {
            let cancel = () => undefined;
            const wait = {
                missing: new Set(entries.map(({ id }) => id)),
                settle: (isDurable) => {
                    cancel();
                    this.#waits.delete(wait);
                    resolve(isDurable);
                },
            };
            this.#waits.add(wait);
            cancel = this.clock.after(limitMs, () => wait.settle(false));
        });
    }
    kept(entries) {
        for (const wait of [...this.#waits]) {
            for (const { id } of entries)
                wait.missing.delete(id);
            if (wait.missing.size === 0)
                wait.settle(true);
        }
    }
    /** Nothing becomes durable any more. */
    stop() {
        for (const wait of [...this.#waits])
            wait.settle(false);
    }
}
