/** Saved this often while the clock can be believed, and at the end: a write an hour. */
export const savedEveryMs = 3_600_000;
const markName = 'clock.trusted';
export class TrustedNow {
    clock;
    /** A moment of this start at which the clock could be believed. */
    #last = null;
    /** Of an earlier start: it is later than that by now. */
    #savedWall = null;
    constructor(clock) {
        this.clock = clock;
    }
    /** What an earlier start has saved. */
    restore(mark) {
        this.#savedWall = mark?.name === markName ? mark.wall : null;
    }
    static mark = markName;
    read() {
        const [wall, mono] = [this.clock.wall(), this.clock.mono()];
        const isTrusted = this.clock.trust() === 'trusted';
        if (this.#last === null && !isTrusted) {
            return { isSure: false, atLeastWall: this.#savedWall === null ? null : this.#savedWall + mono };
        }
        const sinceLast = this.#last === null ? wall : this.#last.wall + mono - this.#last.mono;
        const now = Math.max(wall, sinceLast);
        if (isTrusted)
            this.#last = { wall: now, mono };
        return { isSure: true, wall: now };
    }
    /** What is to be saved; null while nothing is known for sure. */
    toSave() {
        const time = this.read();
        return time.isSure ? { name: markName, wall: time.wall, detail: '' } : null;
    }
    /** An earlier start believed a later time than this one does: one of both clocks was wrong. */
    isBehindSaved(byMs) {
        const time = this.read();
        return time.isSure && this.#savedWall !== null && time.wall + byMs < this.#savedWall;
    }
}
