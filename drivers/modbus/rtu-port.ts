import { EventEmitter } from 'node:events';
import type { ByteLink } from '../driver.js';
import { type FoundReply, findReply, type ReplyShape, replyShapeOf } from './frame.js';

/** More than two of the longest frames (256 bytes): what is older can not belong to the answer that is waited for. */
const bufferMaxBytes = 600;

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
  #request: Uint8Array | null = null;

  constructor(
    private readonly link: ByteLink,
    private readonly onWriteFailed: (error: unknown) => void,
  ) {
    super();
  }

  get isOpen(): boolean {
    return this.link.isOpen;
  }

  /** The request that is waited for, as it went out; null when nothing is. */
  get request(): Uint8Array | null {
    return this.#request;
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
    this.#request = request.slice();
    this.link.write(request).catch(this.onWriteFailed);
  }

  /** Nothing is waited for any more; whatever still comes is stray. */
  forget(): void {
    this.#wanted = null;
    this.#request = null;
    this.#drop();
  }

  /** Takes bytes from the link. Returns the answer that was handed on, if this completed it. */
  receive(bytes: Uint8Array): FoundReply | null {
    const joined = new Uint8Array(this.#buffer.length + bytes.length);
    joined.set(this.#buffer);
    joined.set(bytes, this.#buffer.length);
    this.#buffer = joined;
    const found = this.#wanted === null ? null : findReply(joined, this.#wanted);
    if (found === null) {
      if (joined.length > bufferMaxBytes) this.#drop(joined.length - bufferMaxBytes);
      return null;
    }
    this.counts.strayBytes += found.start;
    this.#buffer = joined.slice(found.start + found.frame.length);
    this.#wanted = null;
    this.#request = null;
    this.emit('data', Buffer.from(found.frame));
    return found;
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
