/** Delays between tries: doubling from first to cap. `random` (0 ≤ r < 1) spreads each delay over its upper half. */
export class Backoff {
  #next: number;

  constructor(
    private readonly firstMs: number,
    private readonly capMs: number,
    private readonly random: () => number,
  ) {
    this.#next = firstMs;
  }

  nextMs(): number {
    const full = this.#next;
    this.#next = Math.min(this.capMs, full * 2);
    return full / 2 + (full / 2) * this.random();
  }

  reset(): void {
    this.#next = this.firstMs;
  }
}
