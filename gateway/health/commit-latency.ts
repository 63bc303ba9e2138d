/** How long entries took from their stamp until they were on disk, as one figure. A disk that does not answer at all is the
 * journal's own fault, and no figure. */
import type { Clock } from '../../drivers/clock.js';

const windowMs = 600_000;
const keptMax = 1000;

export class CommitLatency {
  #kept: { readonly atMono: number; readonly tookMs: number }[] = [];

  constructor(private readonly clock: Clock) {}

  /** An entry is on disk. */
  see(tookMs: number): void {
    this.#kept.push({ atMono: this.clock.mono(), tookMs });
    if (this.#kept.length > keptMax) this.#kept.shift();
  }

  /** 95 of 100 entries of the last ten minutes took no longer, ms. In a quiet hour the last entry speaks alone; null before
   * the first one. */
  get p95Ms(): number | null {
    const sinceMono = this.clock.mono() - windowMs;
    const [last] = this.#kept.slice(-1);
    if (last === undefined) return null;
    this.#kept = this.#kept.filter((each) => each === last || each.atMono >= sinceMono);
    const sorted = this.#kept.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
    return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null;
  }
}
