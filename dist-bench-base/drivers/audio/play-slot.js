import { DriverError } from '../driver-error.js';
/** One thing at a time: whoever comes cuts off whoever is there, at once and whatever that one is waiting for. */
export class PlaySlot {
    where;
    #current = null;
    /** `where` names the speaker in errors. */
    constructor(where) {
        this.where = where;
    }
    get isTaken() {
        return this.#current !== null;
    }
    /** Rejects with VOICE-001 as soon as it is cut off; `work` finds the same in its signal. */
    run(work) {
        this.cut();
        const own = new AbortController();
        this.#current = own;
        return new Promise((resolve, reject) => {
            own.signal.addEventListener('abort', () => reject(own.signal.reason), { once: true });
            work(own.signal)
                .finally(() => {
                if (this.#current === own)
                    this.#current = null;
            })
                .then(resolve, reject);
        });
    }
    /** The same, for what nobody misses when something newer takes its place: then it resolves. */
    async runUnlessCut(work) {
        try {
            await this.run(work);
        }
        catch (error) {
            if (!(error instanceof DriverError && error.code === 'VOICE-001'))
                throw error;
        }
    }
    /** Cuts off whoever is there. */
    cut() {
        const current = this.#current;
        this.#current = null;
        current?.abort(new DriverError('VOICE-001', this.where));
    }
}
