import { EventEmitter } from 'node:events';
import type { ByteLink } from '../driver.js';
import { type FoundReply, findReply, type ReplyShape, replyShapeOf } from './frame.js';

/** More than two of the longest frames (256 bytes): what is older can not belong to the answer that is waited for. */
const bufferMaxBytes = 600;
/** Function codes 1 to 4 read; what they answer is never what was asked. */
const lastReadFunction = 4;

export interface PortCounts {
  /** Bytes that belonged to no answer we waited for: noise, echo, late answers, frames of others. */
  strayBytes: number;
}

/**
 * The port that modbus-serial is given in place of its own. It hands on nothing but one whole frame that matches the
 * request under way in unit, function, length, head and checksum; modbus-serial's own matching (which takes the last
 * request's answer for this one's) never sees anything else.
 */
export class RtuPort extends EventEmitter {
  /** modbus-serial looks a transaction up under these; on a serial line there is only one. */
  readonly _transactionIdRead = 1;
  readonly _transactionIdWrite = 1;
  readonly counts: PortCounts = { strayBytes: 0 };
  #buffer = new Uint8Array(0);
  #wanted: ReplyShape | null = null;
  /** What may come back in front of the answer: our own request. */
  #echo: Uint8Array | null = null;

  /** The adapter hears itself: a read came back in front of its answer (two-wire adapters with the receiver left on). */
  #hearsItself = false;
  #isWriting = false;

  constructor(
    private readonly link: ByteLink,
    private readonly events: {
      onWriteFailed(error: unknown): void;
      /** Stray bytes stood in front of an answer that is about to be handed on. */
      onNoise(): void;
    },
  ) {
    super();
  }

  get isOpen(): boolean {
    return this.link.isOpen;
  }

  /** The system has not taken the last request yet. */
  get isWriting(): boolean {
    return this.#isWriting;
  }

  get isWaiting(): boolean {
    return this.#wanted !== null;
  }

  open(callback: (error: Error | null) => void): void {
    callback(null);
  }

  close(callback: (error: Error | null) => void): void {
    callback(null);
  }

  write(request: Uint8Array): void {
    this.#drop();
    this.#wanted = replyShapeOf(request);
    // The answer to a write is its echo, so there only an adapter that is known to hear itself counts.
    const isRead = (request[1] ?? 0) <= lastReadFunction;
    this.#echo = isRead || this.#hearsItself ? request.slice() : null;
    this.#isWriting = true;
    this.link.write(request).then(
      () => {
        this.#isWriting = false;
      },
      (error: unknown) => this.events.onWriteFailed(error),
    );
  }

  /** Nothing is waited for any more; whatever still comes is stray. */
  forget(): void {
    this.#wanted = null;
    this.#echo = null;
    this.#drop();
  }

  /** Takes bytes from the link. Returns the answer that was handed on, if this completed it. */
  receive(bytes: Uint8Array): FoundReply | null {
    const joined = new Uint8Array(this.#buffer.length + bytes.length);
    joined.set(this.#buffer);
    joined.set(bytes, this.#buffer.length);
    this.#buffer = joined;
    if (!this.#isPastEcho()) return null;
    const found = this.#wanted === null ? null : findReply(this.#buffer, this.#wanted);
    if (found === null) {
      if (this.#buffer.length > bufferMaxBytes) this.#drop(this.#buffer.length - bufferMaxBytes);
      return null;
    }
    if (found.start > 0) this.events.onNoise();
    this.counts.strayBytes += found.start;
    this.#buffer = this.#buffer.slice(found.start + found.frame.length);
    this.#wanted = null;
    this.#echo = null;
    this.emit('data', Buffer.from(found.frame));
    return found;
  }

  /** Takes the echo of our own request out of the way: some requests look like their own answer, checksum and all. False
   * while what has come may still become such an echo. */
  #isPastEcho(): boolean {
    const echo = this.#echo;
    if (echo === null) return true;
    const common = Math.min(echo.length, this.#buffer.length);
    const isLikeIt = echo.subarray(0, common).every((byte, i) => byte === this.#buffer[i]);
    if (isLikeIt && common < echo.length) return false;
    this.#echo = null;
    if (isLikeIt) {
      this.#hearsItself = true;
      this.#drop(echo.length);
    }
    return true;
  }

  /** What came while nothing was waited for (for the ledger of late answers). */
  get stray(): Uint8Array {
    return this.#buffer;
  }

  #drop(count = this.#buffer.length): void {
    this.counts.strayBytes += count;
    this.#buffer = this.#buffer.slice(count);
  }
}
