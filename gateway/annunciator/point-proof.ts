/**
 * What a point (feedback contact, current) says about the thing behind an output. Only looks that were taken after an order
 * say something about it, so that nothing old is taken for a proof. A point that is bad says nothing: that is its own fault.
 */
import type { Reading } from '../../config/reading.js';
import type { OutputProof } from '../../config/site.js';

/** `early`: it does not show it yet, and still may. */
export type Shown = 'as-ordered' | 'not-as-ordered' | 'early' | 'unknown';

export class PointProof {
  #shows: boolean | null = null;
  #sampledMono = Number.NEGATIVE_INFINITY;

  constructor(private readonly proof: OutputProof) {}

  /** On, off, or not known. */
  get shows(): boolean | null {
    return this.#shows;
  }

  see(reading: Reading): void {
    this.#shows = reading.quality === 'good' ? isOn(this.proof, reading.value) : null;
    this.#sampledMono = reading.sampledMono;
  }

  /** @param sinceMono when `level` was ordered. */
  judge(level: boolean, sinceMono: number): Shown {
    if (this.#shows === null || this.#sampledMono < sinceMono) return 'unknown';
    if (this.#shows === level) return 'as-ordered';
    return this.#sampledMono - sinceMono >= this.proof.withinMs ? 'not-as-ordered' : 'early';
  }
}

/** Null: the value is not of the kind that the proof asks for. */
function isOn({ on }: OutputProof, value: number | string): boolean | null {
  if ('state' in on) return typeof value === 'string' ? value === on.state : null;
  return typeof value === 'number' ? value >= on.atLeast : null;
}
