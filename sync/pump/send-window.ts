import { ByteWindow } from './byte-window.js';

/** Of the window, kept free for fires of now: one frame without an answer must not hold them up behind what fills the rest. */
const fireReserve = 4;

/** A report on its way. */
export interface OnItsWay {
  readonly isFireOfNow: boolean;
  /** Null: it is of the fire lane, or from memory. */
  readonly otherBytes: number | null;
}

/** What is on its way and not confirmed: so many reports, and of other lanes than fire so many bytes. */
export class SendWindow {
  readonly #bytes = new ByteWindow();
  #inFlight = 0;
  #others = 0;

  /** @param max reports that the uplink allows at once, now. */
  constructor(private readonly max: () => number) {}

  get isFull(): boolean {
    return this.#inFlight >= this.max();
  }

  /** What is no fire of now may go, whatever its size. */
  get hasRoomForOthers(): boolean {
    return this.#others < Math.max(1, this.max() - fireReserve);
  }

  fits(bytes: number): boolean {
    return this.#bytes.fits(bytes);
  }

  take({ isFireOfNow, otherBytes }: OnItsWay): void {
    this.#inFlight += 1;
    if (!isFireOfNow) this.#others += 1;
    if (otherBytes !== null) this.#bytes.take(otherBytes);
  }

  giveBack({ isFireOfNow, otherBytes }: OnItsWay): void {
    this.#inFlight -= 1;
    if (!isFireOfNow) this.#others -= 1;
    if (otherBytes !== null) this.#bytes.giveBack(otherBytes);
  }

  /** A confirmation came after so long. */
  learn(tookMs: number): void {
    this.#bytes.learn(tookMs);
  }

  restart(): void {
    this.#bytes.restart();
  }
}
