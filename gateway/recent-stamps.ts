import type { EntryId } from '../config/ids.js';
import type { Entry } from '../sync/journal/entry.js';

/** Newer than these are remembered. */
const recentMax = 2000;

/** When entries of this start were stamped, to say how long their report took. */
export class RecentStamps {
  readonly #monos = new Map<EntryId, number>();

  see(entries: readonly Entry[]): void {
    for (const { id, mono } of entries) this.#monos.set(id, mono);
    for (const id of this.#monos.keys()) {
      if (this.#monos.size <= recentMax) break;
      this.#monos.delete(id);
    }
  }

  /** Monotonic ms; null for entries of an earlier start, and for old ones. */
  of(id: EntryId): number | null {
    return this.#monos.get(id) ?? null;
  }
}
