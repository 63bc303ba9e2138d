/**
 * Which adapter is behind a line's path: unplugged and plugged in again it may come back under another name, and another
 * line's adapter under this one. Cheap adapters share one number or have none; what is not unique is no identity, and nothing
 * is guessed.
 */
export class AdapterMemory {
    claims;
    #identity = null;
    constructor(claims = new Map()) {
        this.claims = claims;
    }
    /** Something was learned that a new open should be checked against. */
    get isKnown() {
        return this.#identity !== null;
    }
    /** `path` (without symbolic links) was just opened well; remembers what sits there. */
    learn(adapters, path) {
        const identity = uniqueAt(adapters, path);
        if (identity === null)
            return;
        if (this.#identity !== null)
            this.claims.delete(this.#identity);
        this.#identity = identity;
        this.claims.set(identity, this);
    }
    /** Where this line is to be opened now. */
    locate(adapters, path) {
        const here = uniqueAt(adapters, path);
        if (this.#identity === null || here === this.#identity)
            return { kind: 'open', path };
        const moved = adapters.filter((adapter) => identityOf(adapter) === this.#identity);
        if (moved[0] !== undefined && moved.length === 1)
            return { kind: 'open', path: moved[0].path };
        // An adapter that nobody knows took the place of one that is gone: somebody has replaced it.
        const owner = here === null ? undefined : this.claims.get(here);
        return here === null || owner === undefined || owner === this
            ? { kind: 'open', path }
            : { kind: 'occupied', by: here };
    }
}
/** The identity of the adapter at `path`, if it has one that no other listed adapter has. */
function uniqueAt(adapters, path) {
    const here = adapters.find((adapter) => adapter.path === path);
    const identity = here === undefined ? null : identityOf(here);
    const isUnique = adapters.filter((adapter) => identityOf(adapter) === identity).length === 1;
    return isUnique ? identity : null;
}
function identityOf({ serialNumber, pnpId }) {
    const [number, id] = [serialNumber ?? '', pnpId ?? ''];
    return number === '' && id === '' ? null : `${number} ${id}`;
}
