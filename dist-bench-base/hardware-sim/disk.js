import { pause } from '../drivers/clock.js';
import { StoreError, } from '../sync/journal/store.js';
export class FaultyStore {
    inner;
    clock;
    #mode = 'works';
    #refusal = 'STORE-005';
    #release = null;
    /** One arm, one head: a call begins when the one before has ended, however that ended. */
    #tail = Promise.resolve();
    constructor(inner, clock) {
        this.inner = inner;
        this.clock = clock;
    }
    get mode() {
        return this.#mode;
    }
    /** `refusal` is the code of mode `refuses`: STORE-005 the disk failed (default), STORE-003 it is full, … */
    setMode(mode, refusal = 'STORE-005') {
        this.#mode = mode;
        this.#refusal = refusal;
        this.#release?.();
        this.#release = null;
    }
    open(newEpoch) {
        return this.#queue(() => this.inner.open(newEpoch));
    }
    append(batch) {
        return this.#queue(() => this.inner.append(batch));
    }
    readAfter(lane, after, limit) {
        return this.#queue(() => this.inner.readAfter(lane, after, limit));
    }
    readTelemetryAfter(after, limit) {
        return this.#queue(() => this.inner.readTelemetryAfter(after, limit));
    }
    backlogAfter(lane, after) {
        return this.#queue(() => this.inner.backlogAfter(lane, after));
    }
    placeAt(lane, position) {
        return this.#queue(() => this.inner.placeAt(lane, position));
    }
    tidy(order, isFirst) {
        return this.#queue(() => this.inner.tidy(order, isFirst));
    }
    savePositions(rows) {
        return this.#queue(() => this.inner.savePositions(rows));
    }
    /** Passed on at once whatever the mode, so that a test can always let go. */
    close() {
        return this.inner.close();
    }
    #queue(run) {
        const result = this.#tail.then(async () => {
            await this.#meetMode();
            return run();
        });
        this.#tail = result.catch(() => { });
        return result;
    }
    async #meetMode() {
        while (this.#mode === 'hangs') {
            await new Promise((resolve) => {
                this.#release = resolve;
            });
        }
        const mode = this.#mode;
        if (mode === 'refuses')
            throw new StoreError(this.#refusal, 'simulated');
        if (typeof mode === 'object')
            await pause(this.clock, mode.slowMs);
    }
}
