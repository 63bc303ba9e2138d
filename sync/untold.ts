/** Entries that were settled because the language of a centre has no word for them: nobody was told. */

/** Of so many it is known; the oldest goes. */
const untoldMax = 200;

export class Untold {
  readonly #ids = new Set<string>();

  note(id: string): void {
    this.#ids.delete(id);
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > untoldMax && oldest !== undefined) this.#ids.delete(oldest);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }
}
