/** Entries that were settled because this language has no word for them: nobody was told. */
import type { EntryId } from '../../config/ids.js';

/** Of so many it is known; the oldest goes. */
const untoldMax = 200;

export class Untold {
  readonly #ids = new Set<EntryId>();

  note(id: EntryId): void {
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > untoldMax && oldest !== undefined) this.#ids.delete(oldest);
  }

  has(id: EntryId): boolean {
    return this.#ids.has(id);
  }
}
