import { findReply, type ReplyShape, sealFrame } from './frame.js';
import type { Found, Framing, FramingCounts, Wanted } from './framing.js';

/** More than two of the longest frames (256 bytes): what is older can not belong to the answer that is waited for. */
const bufferMaxBytes = 600;
/** Function codes 1 to 4 read; what they answer is never what was asked. */
const lastReadFunction = 4;
/** So many reads in a row were answered without an echo in front: it was a unit that echoed, or noise, and not the adapter. */
const plainReadsMax = 3;
const empty = new Uint8Array(0);

/** RTU frames, on a wire or through a serial server: no number ties an answer to its request, so one is under way, and an
 * answer counts only when unit, function, length, head and check sum are those that were asked for. */
export class RtuFraming implements Framing {
  readonly maxInFlight = 1;
  readonly isBroken = false;
  readonly counts: FramingCounts = { strayBytes: 0, strangers: 0 };
  #buffer = empty;
  #wanted: Wanted | null = null;
  /** What may come back in front of the answer: our own request. */
  #echo: Uint8Array | null = null;
  #hearsItself: boolean;
  /** Of the exchange under way: it is a read, and its echo has not come. */
  #isPlainRead = false;
  #plainReads = 0;

  /** `hearsItself`: what an earlier life of the link has shown. */
  constructor(hearsItself = false) {
    this.#hearsItself = hearsItself;
  }

  /** A read came back in front of its answer: a two-wire adapter with the receiver left on. It does so each time. */
  get hearsItself(): boolean {
    return this.#hearsItself;
  }

  get rest(): Uint8Array {
    return this.#buffer;
  }

  send(wanted: Wanted, rtu: Uint8Array): Uint8Array {
    this.drop();
    this.#wanted = wanted;
    // The answer to a write is its echo, so there only an adapter that is known to hear itself counts.
    const isRead = (rtu[1] ?? 0) <= lastReadFunction;
    this.#echo = isRead || this.#hearsItself ? rtu.slice() : null;
    this.#isPlainRead = isRead;
    return rtu;
  }

  forget(): void {
    this.#wanted = null;
    this.#echo = null;
    this.drop();
  }

  receive(bytes: Uint8Array): readonly Found[] {
    this.#buffer = this.#buffer.length === 0 ? bytes.slice() : joined(this.#buffer, bytes);
    if (!this.#isPastEcho()) return [];
    const wanted = this.#wanted;
    const found = wanted === null ? null : findReply(this.#buffer, wanted.shape);
    if (wanted === null || found === null) {
      if (this.#buffer.length > bufferMaxBytes) this.#drop(this.#buffer.length - bufferMaxBytes);
      return [];
    }
    const end = found.start + found.frame.length;
    const stray = found.start === 0 ? empty : this.#buffer.slice(0, found.start);
    this.counts.strayBytes += found.start;
    this.#buffer = end === this.#buffer.length ? empty : this.#buffer.slice(end);
    this.#wanted = null;
    this.#echo = null;
    if (this.#isPlainRead && ++this.#plainReads >= plainReadsMax) this.#hearsItself = false;
    const frame = found.isException ? inStandardStyle(found.frame, wanted.shape) : found.frame;
    return [{ slot: wanted.slot, frame, stray }];
  }

  drop(): void {
    this.#drop(this.#buffer.length);
  }

  /** Takes the echo of our own request out of the way: some requests look like their own answer, checksum and all. False
   * while what has come may still become such an echo. */
  #isPastEcho(): boolean {
    const echo = this.#echo;
    if (echo === null) return true;
    const common = Math.min(echo.length, this.#buffer.length);
    let alike = 0;
    while (alike < common && echo[alike] === this.#buffer[alike]) alike++;
    const isLikeIt = alike === common;
    if (isLikeIt && common < echo.length) return false;
    this.#echo = null;
    if (!isLikeIt) return true;
    // Of a write it may be the answer as well.
    if (this.#isPlainRead) {
      this.#hearsItself = true;
      this.#isPlainRead = false;
      this.#plainReads = 0;
    }
    this.#drop(echo.length);
    return true;
  }

  #drop(count: number): void {
    this.counts.strayBytes += count;
    this.#buffer = count === this.#buffer.length ? empty : this.#buffer.slice(count);
  }
}

/** A refusal as modbus-serial knows it, whatever function byte the unit refused with. */
export function inStandardStyle(refusal: Uint8Array, { functionCode }: ReplyShape): Uint8Array {
  const standard = functionCode | 0x80;
  if (refusal[1] === standard) return refusal;
  return sealFrame(Uint8Array.of(refusal[0] ?? 0, standard, refusal[2] ?? 0, 0, 0));
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
