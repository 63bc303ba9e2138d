/** When each of many things is due, and which is the next: known without going through them, unless the next one went away. */
export class DueTimes {
  readonly #times = new Map<string, number>();
  #nextMono: number | null = null;
  #isKnown = true;
  /** Things that were gone through one by one so far. */
  visited = 0;

  /** Null: it waits for nothing any more. */
  set(key: string, atMono: number | null): void {
    const before = this.#times.get(key);
    if (before === (atMono ?? undefined)) return;
    if (atMono === null) this.#times.delete(key);
    else this.#times.set(key, atMono);
    if (before !== undefined && before === this.#nextMono) this.#isKnown = false;
    else if (this.#isKnown && atMono !== null) this.#nextMono = Math.min(this.#nextMono ?? atMono, atMono);
  }

  /** Monotonic ms; null when nothing waits. */
  get nextMono(): number | null {
    if (!this.#isKnown) {
      this.visited += this.#times.size;
      this.#nextMono = null;
      for (const atMono of this.#times.values()) this.#nextMono = Math.min(this.#nextMono ?? atMono, atMono);
      this.#isKnown = true;
    }
    return this.#nextMono;
  }

  /** All that are due by then. */
  dueBy(mono: number): readonly string[] {
    if ((this.nextMono ?? Number.POSITIVE_INFINITY) > mono) return [];
    this.visited += this.#times.size;
    return [...this.#times].filter(([, atMono]) => atMono <= mono).map(([key]) => key);
  }
}
