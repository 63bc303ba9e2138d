/** Keeps count over the rounds of one line; constant work for each round. */
export class LineVerdicts {
    units;
    #answering;
    /** Began to fail after the last answer of anybody. */
    #failedSince = new Set();
    #hasSilent = false;
    lastAnswerMono = Number.NEGATIVE_INFINITY;
    constructor(units) {
        this.units = units;
        this.#answering = new Set(units);
    }
    get verdict() {
        if (!this.#hasSilent || this.units.length < 2)
            return 'alive';
        return this.#failedSince.size > 1 || this.#answering.size === 0 ? 'silent' : 'unproven';
    }
    /** Units that did not fail so far: whether they still answer shows whether the line lives. */
    get witnesses() {
        return this.#answering;
    }
    /** A round of this unit ended so. */
    saw(unit, { mode, failures, firstFailureMono }, nowMono) {
        if (mode === 'answering') {
            this.lastAnswerMono = nowMono;
            this.#answering.add(unit);
            this.#failedSince.clear();
            this.#hasSilent = false;
            return;
        }
        this.#answering.delete(unit);
        if (failures === 1)
            this.#failedSince.add(unit);
        if (mode === 'silent' && this.lastAnswerMono < firstFailureMono)
            this.#hasSilent = true;
    }
}
/**
 * The unit behind which the cable may be broken: the units as the site file lists them answer up to this one, and none of the
 * two or more behind it does. Null when it looks otherwise. A guess for a person, never for a machine.
 */
export function lastBeforeBreak(units) {
    const first = units.findIndex(({ isSilent }) => isSilent);
    const tail = units.slice(first);
    if (first < 1 || tail.length < 2 || tail.some(({ isSilent }) => !isSilent))
        return null;
    return units[first - 1]?.unit ?? null;
}
