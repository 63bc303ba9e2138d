export class PointProof {
    proof;
    #shows = null;
    #sampledMono = Number.NEGATIVE_INFINITY;
    constructor(proof) {
        this.proof = proof;
    }
    /** On, off, or not known. */
    get shows() {
        return this.#shows;
    }
    see(reading) {
        this.#shows = reading.quality === 'good' ? isOn(this.proof, reading.value) : null;
        this.#sampledMono = reading.sampledMono;
    }
    /** @param sinceMono when `level` was ordered. */
    judge(level, sinceMono) {
        if (this.#shows === null || this.#sampledMono < sinceMono)
            return 'unknown';
        if (this.#shows === level)
            return 'as-ordered';
        return this.#sampledMono - sinceMono >= this.proof.withinMs ? 'not-as-ordered' : 'early';
    }
}
/** Null: the value is not of the kind that the proof asks for. */
function isOn({ on }, value) {
    if ('state' in on)
        return typeof value === 'string' ? value === on.state : null;
    return typeof value === 'number' ? value >= on.atLeast : null;
}
