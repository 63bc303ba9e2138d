/** Rows over which the position of an uplink went without telling them: passed over, or its language has no word for them. */
import type { EntryId } from '../config/ids.js';
import type { StoredEntry } from '../sync/journal/entry.js';

/** Of these it is known which they are; when one is forgotten, no row up to it counts as told. */
const knownMax = 500;

export class NotToldRows {
  /** With the newest row of that moment. */
  readonly #rows = new Map<EntryId, number>();
  #newest = 0;
  #unsureUpTo = 0;

  /** These rows are durable. */
  durable(entries: readonly StoredEntry[]): void {
    for (const { position } of entries) this.#newest = Math.max(this.#newest, position);
  }

  /** @param position of the uplink in the lane of that row */
  add(id: EntryId, position: number): void {
    this.#rows.set(id, Math.max(this.#newest, position));
    for (const [oldest, upTo] of this.#rows) {
      if (this.#rows.size <= knownMax) break;
      this.#rows.delete(oldest);
      this.#unsureUpTo = Math.max(this.#unsureUpTo, upTo);
    }
  }

  mayHold({ id, position }: Pick<StoredEntry, 'id' | 'position'>): boolean {
    return position <= this.#unsureUpTo || this.#rows.has(id);
  }
}
