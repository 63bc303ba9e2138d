/**
 * For which levels an output did not do as it was ordered. Kept apart for on and off: a cadence flips the order every few
 * seconds, and a relay that never closes holds "off" in each gap, which must not hide that "on" never comes.
 */

/** On, off, or nothing ordered yet. */
export type Level = boolean | null;

export class FailingLevels {
  /** How long, in all, each level was ordered and looked at in vain since it last held, ms. */
  readonly #failedMs = new Map<Level, number>();
  readonly #failing = new Set<Level>();
  /** Since when the present level is in doubt; null: it held at the last look. */
  #sinceMono: number | null = null;

  /** A failure counts when it has lasted so long, ms. */
  constructor(private readonly lastsMs: number) {}

  get isAny(): boolean {
    return this.#failing.size > 0;
  }

  /** Another level was ordered. */
  ordered(nowMono: number): void {
    this.#sinceMono = nowMono;
  }

  /** Looked at, and not as ordered. */
  failed(level: Level, nowMono: number): void {
    const lastedMs = (this.#failedMs.get(level) ?? 0) + nowMono - (this.#sinceMono ?? nowMono);
    this.#failedMs.set(level, lastedMs);
    this.#sinceMono = nowMono;
    if (lastedMs >= this.lastsMs) this.#failing.add(level);
  }

  /** It is known to fail, however short. */
  failedForCertain(level: Level): void {
    this.#failing.add(level);
  }

  /** `isAll`: no cadence flips the order, so that what failed at the other level is over. */
  held(level: Level, isAll: boolean): void {
    this.#sinceMono = null;
    for (const each of isAll ? [true, false, null] : [level]) {
      this.#failing.delete(each);
      this.#failedMs.delete(each);
    }
  }
}
