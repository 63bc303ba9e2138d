/** Of so many probes of a silent unit one goes to a part without fire points: what it says shows that the unit is there. */
const otherEvery = 4;
export class ProbeTurns {
    loops;
    /** The parts that are worth a time-out: those with fire points; the most urgent one where there are none. */
    #vital;
    #others;
    #turn = 0;
    /** `loops`: the most urgent first. */
    constructor(loops) {
        this.loops = loops;
        const fire = loops.filter(({ hasFire }) => hasFire);
        this.#vital = fire.length > 0 ? fire : loops.slice(0, 1);
        this.#others = loops.filter((loop) => !this.#vital.includes(loop));
    }
    /** It fell silent: the vital parts were asked in vain, so the first turn is another's. */
    begin() {
        this.#turn = otherEvery - 1;
    }
    /** Of a silent unit. Null: it has no parts. */
    next() {
        const turn = this.#turn++;
        const before = Math.floor(turn / otherEvery);
        const isOther = this.#others.length > 0 && turn % otherEvery === otherEvery - 1;
        return isOther ? at(this.#others, before) : at(this.#vital, this.#others.length > 0 ? turn - before : turn);
    }
    /** Of a unit that missed a look, the part that is likeliest to show whether it is there: a vital one may have lost an
     * answer or two; one that has failed for longer says nothing about the unit. */
    likeliest() {
        const doubtOf = (loop) => this.#vital.includes(loop) ? Math.max(0, loop.blindInRow - 1) : loop.blindInRow + 2;
        return this.loops.reduce((best, loop) => (best === null || doubtOf(loop) < doubtOf(best) ? loop : best), null);
    }
}
function at(loops, turn) {
    return loops[turn % Math.max(1, loops.length)] ?? null;
}
