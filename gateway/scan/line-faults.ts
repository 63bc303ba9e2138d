/**
 * Is it the line that is silent, and not each of its units? So it is when nobody has answered since some unit began to fail and
 * then fell silent, and others were asked in vain meanwhile: two that began to fail since, or all there are. One fault, not
 * thirty-two. One unit that fails while the others were not asked proves nothing yet: they are witnesses to be asked.
 */
import type { DeviceId } from '../../config/ids.js';
import type { UnitHealth } from './unit-health.js';

export type LineVerdict =
  /** Somebody answers, or nobody has been silent yet. */
  | 'alive'
  | 'silent'
  /** A unit is silent, and it is not known yet whether it is the only one. */
  | 'unproven';

/** Keeps count over the rounds of one line; constant work for each round. */
export class LineVerdicts {
  readonly #answering: Set<DeviceId>;
  /** Began to fail after the last answer of anybody. */
  readonly #failedSince = new Set<DeviceId>();
  #hasSilent = false;
  /** When the first of these failed. */
  #failingMono = Number.NEGATIVE_INFINITY;
  lastAnswerMono = Number.NEGATIVE_INFINITY;

  constructor(private readonly units: readonly DeviceId[]) {
    this.#answering = new Set(units);
  }

  get verdict(): LineVerdict {
    if (!this.#hasSilent || this.units.length < 2) return 'alive';
    return this.#failedSince.size > 1 || this.#answering.size === 0 ? 'silent' : 'unproven';
  }

  /** Units that did not fail so far: whether they still answer shows whether the line lives. */
  get witnesses(): Iterable<DeviceId> {
    return this.#answering;
  }

  /** A round of this unit ended so. `answeredMono`: when its newest answer came, now or earlier in the same round. */
  saw(unit: DeviceId, { mode, failures, firstFailureMono }: UnitHealth, nowMono: number, answeredMono: number): void {
    if (mode === 'answering') {
      this.lastAnswerMono = Math.max(this.lastAnswerMono, answeredMono);
      this.#answering.add(unit);
      // A long round that began before the line was cut says nothing about what came after.
      if (this.#failedSince.size > 0 && answeredMono < this.#failingMono) return;
      this.#failedSince.clear();
      this.#hasSilent = false;
      return;
    }
    this.#answering.delete(unit);
    if (failures === 1) {
      if (this.#failedSince.size === 0) this.#failingMono = nowMono;
      this.#failedSince.add(unit);
    }
    if (mode === 'silent' && this.lastAnswerMono < firstFailureMono) this.#hasSilent = true;
  }
}

/**
 * The unit behind which the cable may be broken: the units as the site file lists them answer up to this one, and none of the
 * two or more behind it does. Null when it looks otherwise. A guess for a person, never for a machine.
 */
export function lastBeforeBreak<T>(units: readonly { readonly unit: T; readonly isSilent: boolean }[]): T | null {
  const first = units.findIndex(({ isSilent }) => isSilent);
  const tail = units.slice(first);
  if (first < 1 || tail.length < 2 || tail.some(({ isSilent }) => !isSilent)) return null;
  return units[first - 1]?.unit ?? null;
}
