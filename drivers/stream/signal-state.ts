/** What a panel has told about one signal: which of its objects are out of rest, and in which state. */

export interface ToldState {
  readonly state: string;
  /** Told by a frame that was accepted with a reservation. */
  readonly isDoubtful: boolean;
}

/** Objects that are remembered one by one. A large panel has a few thousand detectors; more at once is a panel gone mad. */
export const objectsMax = 2000;

/**
 * The panel as a whole is in the worst state that any of its objects is in. Objects beyond the limit are not known one by
 * one: their state stays until the whole signal goes back to rest.
 */
export class SignalState {
  readonly #objects = new Map<string | null, ToldState>();
  #beyond: ToldState | null = null;
  #beyondCount = 0;

  /** `rank`: 0 is worst. */
  constructor(
    private readonly restState: string,
    private readonly rank: (state: string) => number,
  ) {}

  /** Times an object was told that found no place. */
  get beyondCount(): number {
    return this.#beyondCount;
  }

  get size(): number {
    return this.#objects.size;
  }

  /** Brings one object, or the panel itself (null), into a state. */
  set(object: string | null, told: ToldState): void {
    if (told.state === this.restState) {
      this.rest(object);
      return;
    }
    // What a sound frame said stays said when a doubtful one repeats it.
    const before = this.#objects.get(object);
    const isDoubtful = told.isDoubtful && !(before?.state === told.state && !before.isDoubtful);
    if (before !== undefined || this.#objects.size < objectsMax) {
      this.#objects.set(object, { ...told, isDoubtful });
      return;
    }
    this.#beyondCount++;
    this.#beyond = this.#beyond === null ? told : this.#worse(this.#beyond, told);
  }

  /** Takes one object back to rest; null: all of them. */
  rest(object: string | null): void {
    if (object !== null) {
      this.#objects.delete(object);
      return;
    }
    this.#objects.clear();
    this.#beyond = null;
  }

  get now(): ToldState {
    let worst = this.#beyond;
    for (const told of this.#objects.values()) worst = worst === null ? told : this.#worse(worst, told);
    return worst ?? { state: this.restState, isDoubtful: false };
  }

  #worse(a: ToldState, b: ToldState): ToldState {
    const difference = this.rank(a.state) - this.rank(b.state);
    if (difference === 0 && a.state === b.state) return a.isDoubtful ? b : a;
    return difference <= 0 ? a : b;
  }
}
