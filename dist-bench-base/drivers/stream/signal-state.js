/** What a panel has told about one signal: which of its objects are out of rest, and in which state. */
/** Objects that are remembered one by one. A large panel has a few thousand detectors; more at once is a panel gone mad. */
export const objectsMax = 2000;
/** Is the object this place, or behind it? `1-1-2` is behind `1`. */
export function isWithin(object, place) {
    return object === place || object.startsWith(`${place}-`);
}
/**
 * The panel as a whole is in the worst state that any of its objects is in. Objects beyond the limit are not known one by
 * one, only by their first number (controller or loop): their state stays until all of that goes back to rest.
 */
export class SignalState {
    restState;
    rank;
    #objects = new Map();
    #beyond = new Map();
    #beyondCount = 0;
    /** `rank`: 0 is worst. */
    constructor(restState, rank) {
        this.restState = restState;
        this.rank = rank;
    }
    /** Times an object was told that found no place. */
    get beyondCount() {
        return this.#beyondCount;
    }
    get size() {
        return this.#objects.size;
    }
    /** Brings one object, or the panel itself (null), into a state. */
    set(object, told) {
        if (told.state === this.restState) {
            this.rest(object);
            return;
        }
        // What a sound frame said stays said when a doubtful one repeats it.
        const before = this.#objects.get(object);
        const isDoubtful = told.isDoubtful && !(before?.state === told.state && !before.isDoubtful);
        if (object === null || before !== undefined || this.#objects.size < objectsMax) {
            this.#objects.set(object, { ...told, isDoubtful });
            return;
        }
        this.#beyondCount++;
        const [head = object] = object.split('-', 1);
        const known = this.#beyond.get(head);
        this.#beyond.set(head, known === undefined ? told : this.#worse(known, told));
    }
    /** Takes an object and all behind it back to rest; null: all of them. `withWhole`: also what is said of the panel itself. */
    rest(place, withWhole = false) {
        for (const object of this.#objects.keys()) {
            const isMeant = object === null ? withWhole : place !== null && isWithin(object, place);
            if (place === null || isMeant)
                this.#objects.delete(object);
        }
        for (const head of this.#beyond.keys())
            if (place === null || isWithin(head, place))
                this.#beyond.delete(head);
    }
    get now() {
        let worst = null;
        for (const all of [this.#beyond, this.#objects]) {
            for (const told of all.values())
                worst = worst === null ? told : this.#worse(worst, told);
        }
        return worst ?? { state: this.restState, isDoubtful: false };
    }
    #worse(a, b) {
        const difference = this.rank(a.state) - this.rank(b.state);
        if (difference === 0 && a.state === b.state)
            return a.isDoubtful ? b : a;
        return difference <= 0 ? a : b;
    }
}
