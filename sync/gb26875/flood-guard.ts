/** How much a centre may send: a confirmation is 30 bytes, an order hardly more. */

/** On the average, and at once. Ten reads a second are 5 % of it. */
const perSBytes = 16 * 1024;
const burstBytes = 256 * 1024;
/** That it may send for each frame of ours: a confirmation, twice over. A drain without a pace is confirmed hundreds of times a second. */
const perSentBytes = 64;

export class FloodGuard {
  #leftBytes = burstBytes;
  #filledMono: number;

  constructor(nowMono: number) {
    this.#filledMono = nowMono;
  }

  /** A frame of ours was sent, and wants a confirmation. */
  sent(): void {
    this.#leftBytes = Math.min(burstBytes, this.#leftBytes + perSentBytes);
  }

  /** False: too much; nothing of it is to be looked at. */
  allows(bytes: number, nowMono: number): boolean {
    const gained = ((nowMono - this.#filledMono) * perSBytes) / 1000;
    this.#leftBytes = Math.min(burstBytes, this.#leftBytes + gained) - bytes;
    this.#filledMono = nowMono;
    const isAllowed = this.#leftBytes >= 0;
    if (!isAllowed) this.#leftBytes = 0;
    return isAllowed;
  }
}
