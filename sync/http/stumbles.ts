/**
 * Over which message a platform stumbles: a request that fails again and again while the platform is alive is in the way of all others.
 *
 *   failed ──again, in all `errorsMax` times──▶ on trial ──sign of life──▶ its messages are suspects: each goes alone
 *          (`loadMax` where it asks for patience)                            and is found, when it fails alone (so often again)
 */
import type { UplinkError } from '../uplink.js';
import type { Group } from './outbox.js';

/** So often in a row a failure may be the platform's. */
const errorsMax = 3;
/** So often in a row it may be its load; after that it answers so to nothing but this. */
const loadMax = 10;
/** Of these; more than that, and none is suspected any more. */
const suspectsMax = 500;

interface Failure {
  readonly group: Group;
  readonly error: UplinkError;
  /** Of the answer; null: there was none. */
  readonly status: number | null;
  /** It asks for patience. */
  readonly isLoad: boolean;
}

export class Stumbles {
  /** The request after which it went down, to be made again. */
  #again: Group | null = null;
  #times = 0;
  #first: string | null = null;
  #wasLoad = false;
  #trial: Failure | null = null;
  readonly #suspects = new Set<string>();
  /** Suspects that failed alone as often as it takes. */
  readonly #found = new Set<string>();

  get again(): Group | null {
    return this.#again;
  }

  isSuspect(id: string): boolean {
    return this.#suspects.has(id);
  }

  /** An answer came for these that is about them: `taken`, they are no suspects any longer. */
  passed(group: Group, taken: boolean): void {
    this.#again = null;
    this.#trial = null;
    this.#times = 0;
    if (!taken) return;
    for (const { id } of group) {
      this.#suspects.delete(id);
      this.#found.delete(id);
    }
  }

  /** It has failed: it is this message, and nothing else. */
  isFound({ group, isLoad }: Pick<Failure, 'group' | 'isLoad'>): boolean {
    const [first] = group;
    if (first === undefined || group.length > 1 || !this.#suspects.has(first.id)) return false;
    if (isLoad && !this.#found.has(first.id) && this.#timesWith(first.id, isLoad) < loadMax) return false;
    this.#found.add(first.id);
    return true;
  }

  failed(failure: Failure): void {
    const { group, isLoad } = failure;
    const first = group[0]?.id ?? null;
    this.#times = this.#timesWith(first, isLoad);
    this.#first = first;
    this.#wasLoad = isLoad;
    this.#again = group;
    this.#trial = null;
    if (this.#times < (isLoad ? loadMax : errorsMax)) return;
    this.#times = 0;
    this.#again = null;
    this.#trial = failure;
  }

  /**
   * Somebody answers with this. Null: the path is good. Else what it still suffers from: to HEAD many answer as to a request that they
   * turn away, and then it proves nothing.
   */
  alive(status: number): UplinkError | null {
    const trial = this.#trial;
    if (trial === null) return null;
    this.#trial = null;
    if (trial.status === status) {
      this.#again = trial.group;
      return trial.error;
    }
    if (this.#suspects.size > suspectsMax) {
      this.#suspects.clear();
      this.#found.clear();
    }
    for (const { id } of trial.group) this.#suspects.add(id);
    return null;
  }

  /** In a row, with this failure. */
  #timesWith(first: string | null, isLoad: boolean): number {
    return first === this.#first && isLoad === this.#wasLoad ? this.#times + 1 : 1;
  }
}
