/**
 * A link that was opened well, is asked, and never says a byte: a hung USB adapter or a half-open connection looks so, but
 * so does a cut wire. It is opened anew, at first soon, then ever more seldom, until something is heard.
 */
import type { LineConfig } from '../../config/site.js';

const firstMs = { serial: 10_000, rtu_over_tcp: 5_000, tcp: 5_000 } as const;
const capMs = 300_000;
/** One dead unit on a line of its own is no reason; three questions in vain may be. */
const missesMin = 3;

export class SilentLink {
  #heardMono = 0;
  #misses = 0;
  #patienceMs: number;

  constructor(private readonly transport: LineConfig['transport']) {
    this.#patienceMs = firstMs[transport];
  }

  began(nowMono: number): void {
    this.#heardMono = nowMono;
    this.#misses = 0;
  }

  heard(nowMono: number): void {
    this.#heardMono = nowMono;
    this.#misses = 0;
    this.#patienceMs = firstMs[this.transport];
  }

  missed(): void {
    this.#misses++;
  }

  /** Time for a new link. Asking doubles the patience until the next one. */
  isDeaf(nowMono: number): boolean {
    if (this.#misses < missesMin || nowMono - this.#heardMono < this.#patienceMs) return false;
    this.#patienceMs = Math.min(capMs, this.#patienceMs * 2);
    return true;
  }
}
