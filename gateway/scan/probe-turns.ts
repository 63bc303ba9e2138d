/** Which part of a unit that does not answer is asked next: one at a time, and none for ever before the others. */
import type { PartLoop } from './part-loop.js';

/** Of so many probes of a silent unit one goes to a part without fire points: what it says shows that the unit is there. */
const otherEvery = 4;

export class ProbeTurns {
  /** The parts that are worth a time-out: those with fire points; the most urgent one where there are none. */
  readonly #vital: readonly PartLoop[];
  readonly #others: readonly PartLoop[];
  #turn = 0;

  /** `loops`: the most urgent first. */
  constructor(private readonly loops: readonly PartLoop[]) {
    const fire = loops.filter(({ hasFire }) => hasFire);
    this.#vital = fire.length > 0 ? fire : loops.slice(0, 1);
    this.#others = loops.filter((loop) => !this.#vital.includes(loop));
  }

  /** It fell silent: the vital parts were asked in vain, so the first turn is another's. */
  begin(): void {
    this.#turn = otherEvery - 1;
  }

  /** Of a silent unit. Null: it has no parts. */
  next(): PartLoop | null {
    const turn = this.#turn++;
    const before = Math.floor(turn / otherEvery);
    const isOther = this.#others.length > 0 && turn % otherEvery === otherEvery - 1;
    return isOther ? at(this.#others, before) : at(this.#vital, this.#others.length > 0 ? turn - before : turn);
  }

  /** Of a unit that missed a look, the part that is likeliest to show whether it is there: a vital one may have lost an
   * answer or two; one that has failed for longer says nothing about the unit. */
  likeliest(): PartLoop | null {
    const doubtOf = (loop: PartLoop): number =>
      this.#vital.includes(loop) ? Math.max(0, loop.blindInRow - 1) : loop.blindInRow + 2;
    return this.loops.reduce<PartLoop | null>(
      (best, loop) => (best === null || doubtOf(loop) < doubtOf(best) ? loop : best),
      null,
    );
  }
}

function at(loops: readonly PartLoop[], turn: number): PartLoop | null {
  return loops[turn % Math.max(1, loops.length)] ?? null;
}
