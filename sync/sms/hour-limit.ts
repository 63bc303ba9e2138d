/** Parts sent in the last hour: the last third of what is allowed belongs to fire. */

const hourMs = 3_600_000;

export interface SentParts {
  readonly atMono: number;
  readonly parts: number;
}

export class HourLimit {
  #sent: SentParts[] = [];

  constructor(private readonly max: number) {}

  /** Of another start. */
  restore(sent: readonly SentParts[]): void {
    this.#sent = [...sent, ...this.#sent].sort((a, b) => a.atMono - b.atMono);
  }

  /** How many parts at the most may be sent at once, of a fire or of others. */
  largest(isFire: boolean): number {
    return isFire ? this.max : Math.max(1, Math.floor((this.max * 2) / 3));
  }

  /** When so many parts may go; now or earlier: at once. What is more than ever may go goes when nothing was sent for an hour. */
  freeMono(parts: number, isFire: boolean, nowMono: number): number {
    this.#forget(nowMono);
    let over = this.#sent.reduce((sum, each) => sum + each.parts, 0) + parts - this.largest(isFire);
    for (const each of this.#sent) {
      if (over <= 0) break;
      over -= each.parts;
      if (over <= 0) return each.atMono + hourMs;
    }
    const newest = this.#sent.at(-1);
    return over <= 0 || newest === undefined ? nowMono : newest.atMono + hourMs;
  }

  take(parts: number, nowMono: number): void {
    this.#forget(nowMono);
    this.#sent.push({ atMono: nowMono, parts });
  }

  since(nowMono: number): readonly SentParts[] {
    this.#forget(nowMono);
    return this.#sent;
  }

  #forget(nowMono: number): void {
    this.#sent = this.#sent.filter(({ atMono }) => nowMono - atMono < hourMs);
  }
}
