/** So many refusals, and of what was refused nothing carried meanwhile: that is no accident of one message. */
const refusalsToldAfter = 5;
/** Whether the centre refuses reports again and again: told once, and once more when it does so no longer. */
export class Refusals {
    tell;
    #count = 0;
    #isTold = false;
    constructor(tell) {
        this.tell = tell;
    }
    get isTold() {
        return this.#isTold;
    }
    refused(error) {
        this.#count += 1;
        if (this.#count < refusalsToldAfter || this.#isTold)
            return;
        this.#isTold = true;
        this.tell(error);
    }
    /** What was refused was carried after all. */
    accepted() {
        this.#count = 0;
        if (!this.#isTold)
            return;
        this.#isTold = false;
        this.tell(null);
    }
}
