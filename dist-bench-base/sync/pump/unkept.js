/** Rows are counted one by one up to so many; then two runs become one, and a receipt may leave a run too many. */
const runsMax = 1024;
/** How many carried rows of one lane the district has not said to have kept. Exact up to 1024 of them. */
export class Unkept {
    #runs = [];
    #rows = 0;
    /** Rows of a run. */
    #runRows = 1;
    get rows() {
        return this.#rows;
    }
    /** A row was carried. Confirmations come in any order; what counts is that the newest of a run is kept. */
    carried(position) {
        const last = this.#runs.at(-1);
        const through = Math.max(position, last?.through ?? 0);
        if (last !== undefined && last.rows < this.#runRows)
            this.#runs[this.#runs.length - 1] = { through, rows: last.rows + 1 };
        else
            this.#runs.push({ through, rows: 1 });
        this.#rows += 1;
        if (this.#runs.length > runsMax)
            this.#join();
    }
    /** Rows before all others. */
    recall(through, rows) {
        this.#runs.unshift({ through, rows });
        this.#rows += rows;
    }
    keptUpTo(position) {
        const left = this.#runs.findIndex(({ through }) => through > position);
        const gone = this.#runs.splice(0, left === -1 ? this.#runs.length : left);
        this.#rows -= gone.reduce((sum, { rows }) => sum + rows, 0);
        if (this.#runs.length === 0)
            this.#runRows = 1;
    }
    #join() {
        this.#runRows *= 2;
        const joined = [];
        for (let at = 0; at < this.#runs.length; at += 2) {
            const [first, second] = [this.#runs[at], this.#runs[at + 1]];
            if (first === undefined)
                continue;
            joined.push(second === undefined ? first : { through: second.through, rows: first.rows + second.rows });
        }
        this.#runs = joined;
    }
}
