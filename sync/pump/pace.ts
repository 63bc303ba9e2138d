/** A bucket of tokens: so many messages a second on the average, and never more than one second's worth at once. */
export class Pace {
  #tokens: number;
  #filledMono: number;

  /** @param perS messages in a second; Infinity: no limit. */
  constructor(
    private readonly perS: number,
    nowMono: number,
  ) {
    this.#tokens = perS;
    this.#filledMono = nowMono;
  }

  has(nowMono: number): boolean {
    if (this.perS === Infinity) return true;
    this.#tokens = Math.min(this.perS, this.#tokens + ((nowMono - this.#filledMono) * this.perS) / 1000);
    this.#filledMono = nowMono;
    return this.#tokens >= 1;
  }

  take(): void {
    this.#tokens -= 1;
  }

  /** When the next one may go, if none may go now. */
  get nextMono(): number {
    return this.#filledMono + ((1 - this.#tokens) * 1000) / this.perS;
  }
}
