/** What a platform has refused one by one, and how often: whether it is tried again, and how. */

/** Entries that are remembered; of more the oldest is forgotten. As many as a lane of a pump holds. */
const rememberedMax = 500;
/** So often refused, while others were taken in between: it is this one. */
const givenUpAfter = 3;

interface Refused {
  times: number;
  /** How many had been taken when it was refused for the first time. */
  readonly takenBefore: number;
  isTooLarge: boolean;
}

export class RefusedBook {
  readonly #refused = new Map<string, Refused>();
  #taken = 0;

  /** The platform has taken so many. */
  took(ids: readonly string[]): void {
    this.#taken += ids.length;
    for (const id of ids) this.#refused.delete(id);
  }

  /** True: it has been refused often enough, and others were not. */
  refuse(id: string, isTooLarge: boolean): boolean {
    const refused = this.#refused.get(id) ?? { times: 0, takenBefore: this.#taken, isTooLarge };
    refused.times += 1;
    refused.isTooLarge ||= isTooLarge;
    this.#refused.set(id, refused);
    for (const oldest of this.#refused.keys()) {
      if (this.#refused.size <= rememberedMax) break;
      this.#refused.delete(oldest);
    }
    return refused.times >= givenUpAfter && this.#taken > refused.takenBefore;
  }

  /** It goes by itself the next time. */
  has(id: string): boolean {
    return this.#refused.has(id);
  }

  isTooLarge(id: string): boolean {
    return this.#refused.get(id)?.isTooLarge === true;
  }

  forget(id: string): void {
    this.#refused.delete(id);
  }
}
