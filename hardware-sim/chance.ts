/** Chance that comes from a seed: the same seed and the same questions give the same answers, on every machine. */

/** FNV-1a, 32 bits: turns a name into a seed. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

export class Chance {
  #state: number;

  /** @param seed any whole number, or a name that was made of one. */
  constructor(private readonly seed: number | string) {
    this.#state = hashOf(String(seed));
  }

  /** A stream of its own: what others draw does not change what is drawn from it. */
  stream(name: string): Chance {
    return new Chance(`${this.seed} ${name}`);
  }

  /** 0 ≤ r < 1. mulberry32. */
  readonly next = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };

  /** True with this probability, 0 to 1. */
  is(probability: number): boolean {
    return this.next() < probability;
  }

  between(min: number, max: number): number {
    return min + (max - min) * this.next();
  }

  /** As likely between 1 and 10 as between 10 and 100; `min` > 0. */
  logBetween(min: number, max: number): number {
    return min * (max / min) ** this.next();
  }

  /** A whole number, both ends included. */
  int(min: number, max: number): number {
    return min + Math.floor((max - min + 1) * this.next());
  }

  /** Throws RangeError for an empty list. */
  pick<T>(list: readonly T[]): T {
    const picked = list[Math.floor(this.next() * list.length)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  }
}
