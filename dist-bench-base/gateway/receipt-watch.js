/** Whether a centre that is to send receipts does: told when it has not moved on for too long, and when it does again. */
export class ReceiptWatch {
    withinMs;
    tell;
    /** Since when something is carried and not kept, without any receipt in between. */
    #sinceMono = null;
    /** Null: not known yet since the start; until then a saved fault stands. */
    #isOverdue = null;
    constructor(withinMs, tell) {
        this.withinMs = withinMs;
        this.tell = tell;
    }
    /** Asked from time to time. */
    look(unkept, nowMono) {
        if (unkept === 0) {
            this.#sinceMono = null;
            this.#set(false);
            return;
        }
        this.#sinceMono ??= nowMono;
        if (nowMono - this.#sinceMono >= this.withinMs)
            this.#set(true);
    }
    /** A receipt was taken. */
    kept() {
        this.#sinceMono = null;
        this.#set(false);
    }
    retell() {
        if (this.#isOverdue !== null)
            this.tell(this.#isOverdue);
    }
    #set(isOverdue) {
        if (this.#isOverdue === isOverdue)
            return;
        this.#isOverdue = isOverdue;
        this.tell(isOverdue);
    }
}
