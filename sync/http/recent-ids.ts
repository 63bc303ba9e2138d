/** The newest ids of a kind; above `max` the oldest is forgotten. */
export class RecentIds {
  readonly #ids = new Set<string>();

  constructor(private readonly max: number) {}

  add(id: string): void {
    this.#ids.delete(id);
    this.#ids.add(id);
    for (const oldest of this.#ids) {
      if (this.#ids.size <= this.max) break;
      this.#ids.delete(oldest);
    }
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }
}
