/** Newer than these are remembered. */
const recentMax = 2000;
/** When entries of this start were stamped, to say how long their report took. */
export class RecentStamps {
    #monos = new Map();
    see(entries) {
        for (const { id, mono } of entries)
            this.#monos.set(id, mono);
        for (const id of this.#monos.keys()) {
            if (this.#monos.size <= recentMax)
                break;
            this.#monos.delete(id);
        }
    }
    /** Monotonic ms; null for entries of an earlier start, and for old ones. */
    of(id) {
        return this.#monos.get(id) ?? null;
    }
}
