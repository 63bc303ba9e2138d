import { SqliteFile } from './sqlite-file.js';
/** The same file without a worker: for tests and the simulation, where a blocked event loop harms nobody. */
export class InlineStore {
    #file;
    /** @param path a file, or `:memory:`, which is empty again after close(). */
    constructor(path, owner) {
        this.#file = new SqliteFile(path, owner);
    }
    async open(newEpoch) {
        return this.#file.open(newEpoch);
    }
    async append(batch) {
        return this.#file.append(batch);
    }
    async readAfter(lane, after, limit) {
        return this.#file.readAfter(lane, after, limit);
    }
    async readTelemetryAfter(after, limit) {
        return this.#file.readTelemetryAfter(after, limit);
    }
    async backlogAfter(lane, after) {
        return this.#file.backlogAfter(lane, after);
    }
    async placeAt(lane, position) {
        return this.#file.placeAt(lane, position);
    }
    async tidy(order, isFirst) {
        return this.#file.tidy(order, isFirst);
    }
    async savePositions(rows) {
        this.#file.savePositions(rows);
    }
    async close() {
        this.#file.close();
    }
}
