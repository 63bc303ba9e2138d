/** Rows in memory and in the journal, about 10 MB: more are refused, because a forgotten one could be played again. */
export const rowsMax = 10_000;
/** After it has expired a command would be refused anyway; a clock may be wrong by a day. */
const keptAfterExpiryMs = 48 * 3_600_000;
export class CommandMemory {
    /** Null until a disk has told what it knows. */
    #rows = null;
    /** Takes what the disk has saved; returns what was under way when the gateway stopped. */
    restore(saved) {
        this.#rows = new Map([...saved.map((row) => [row.id, row]), ...(this.#rows ?? [])]);
        return saved.filter(({ state }) => state === 'accepted');
    }
    get isKnown() {
        return this.#rows !== null;
    }
    get isFull() {
        return (this.#rows?.size ?? 0) >= rowsMax;
    }
    get size() {
        return this.#rows?.size ?? 0;
    }
    has(id) {
        return this.#rows?.has(id) === true;
    }
    get(id) {
        return this.#rows?.get(id) ?? null;
    }
    put(row) {
        this.#rows?.set(row.id, row);
    }
    /** `wall`: a time that can be believed. */
    forgetExpired(wall) {
        for (const [id, { expiresWall }] of this.#rows ?? []) {
            if (expiresWall + keptAfterExpiryMs < wall)
                this.#rows?.delete(id);
        }
    }
}
