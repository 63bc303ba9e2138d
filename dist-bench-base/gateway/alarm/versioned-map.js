var _a;
/**
 * A map that never changes once it was handed out, and whose next version costs one entry instead of a copy of all. Pure to
 * whoever looks at it. Of a chain of versions the newest holds the entries; each older one knows what was changed after it, and
 * becomes a map of its own when somebody reads it.
 */
export class VersionedMap {
    /** Null: a newer version has them. */
    #entries;
    #later = null;
    constructor(entries) {
        this.#entries = entries;
    }
    /** The same entries; a copy of all, unless it is such a map already. */
    static of(map) {
        return map instanceof _a ? map : new _a(new Map(map));
    }
    with(key, value) {
        return this.#next(key, (entries) => entries.set(key, value));
    }
    without(key) {
        return this.has(key) ? this.#next(key, (entries) => entries.delete(key)) : this;
    }
    get size() {
        return this.#own().size;
    }
    get(key) {
        return this.#own().get(key);
    }
    has(key) {
        return this.#own().has(key);
    }
    forEach(run) {
        for (const [key, value] of this)
            run(value, key, this);
    }
    // Walks go over a copy: a newer version may be made in the middle of one.
    entries() {
        return [...this.#own().entries()].values();
    }
    keys() {
        return [...this.#own().keys()].values();
    }
    values() {
        return [...this.#own().values()].values();
    }
    [Symbol.iterator]() {
        return this.entries();
    }
    #next(key, change) {
        const entries = this.#own();
        const had = entries.has(key) ? [entries.get(key)] : null;
        change(entries);
        const next = new _a(entries);
        this.#later = { next, key, had };
        this.#entries = null;
        return next;
    }
    #own() {
        if (this.#entries !== null)
            return this.#entries;
        const undo = [];
        let version = this;
        for (let later = version.#later; later !== null; later = version.#later) {
            undo.push(later);
            version = later.next;
        }
        const entries = new Map(version.#entries);
        for (const { key, had } of undo.reverse()) {
            if (had === null)
                entries.delete(key);
            else
                entries.set(key, had[0]);
        }
        this.#entries = entries;
        this.#later = null;
        return entries;
    }
}
_a = VersionedMap;
