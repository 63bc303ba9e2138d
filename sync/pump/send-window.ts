import { ByteWindow } from './byte-window.js';

/** Of the window, kept free for the fire lane. */
const fireReserve = 4;

/** What is on its way and not confirmed: so many reports, and of other lanes so many bytes. */
export class SendWindow {
  readonly #bytes = new ByteWindow();
  #inFlight = 0;
  #others = 0;

  /** @param max reports that the uplink allows at once, now. */
  constructor(private readonly max: () => number) {}

  get isFull(): boolean {
    return this.#inFlight >= this.max();
  }

  /** A report that is not of the fire lane may go, whatever its size. */
  get hasRoomForOthers(): boolean {
    return this.#others < Math.max(1, this.max() - fireReserve);
  }

  fits(bytes: number): boolean {
    return this.#bytes.fits(bytes);
  }

  /** @param otherBytes null: it is of the fire lane. */
  take(otherBytes: number | null): void {
    this.#inFlight += 1;
    if (otherBytes === null) return;
    this.#others += 1;
    this.#bytes.take(otherBytes);
  }

  giveBack(otherBytes: number | null): void {
    this.#inFlight -= 1;
    if (otherBytes === null) return;
    this.#others -= 1;
    this.#bytes.giveBack(otherBytes);
  }

  /** A confirmation came after so long. */
  learn(tookMs: number): void {
    this.#bytes.learn(tookMs);
  }

  restart(): void {
    this.#bytes.restart();
  }
}
