const markName = 'commands.since';
/** Detail of a mark whose wall time is not known yet: the clock could not be believed when the memory was lost. */
const notYet = 'not-yet';
export class MemorySince {
    static mark = markName;
    /** Commands issued before are refused. Infinity until somebody can say what time it is. */
    #wall = null;
    get wall() {
        return this.#wall ?? Number.POSITIVE_INFINITY;
    }
    /** `isLost`: this file could not go on where an earlier one was. Returns what is to be saved at once. */
    restore(mark, isLost) {
        if (mark !== null && !isLost && mark.detail !== notYet) {
            this.#wall = mark.wall;
            return [];
        }
        this.#wall = null;
        // Over the next restart nothing else would tell that the memory was lost.
        return [{ name: markName, wall: 0, detail: notYet }];
    }
    /** What was remembered can not be relied on. */
    forget() {
        this.#wall = null;
    }
    /** It is this late, for certain. Returns what is to be saved, or null. */
    settle(wall) {
        if (this.#wall !== null)
            return null;
        this.#wall = wall;
        return { name: markName, wall, detail: '' };
    }
}
