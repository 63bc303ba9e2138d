import { EventEmitter } from 'node:events';
import type { ByteLink } from '../driver.js';
import type { ReplyShape } from './frame.js';
import type { Found, Framing } from './framing.js';

/**
 * The port that modbus-serial is given in place of its own. It hands on nothing but whole frames, each matched to the
 * request under way; modbus-serial's own matching (which takes the last request's answer for this one's) never sees
 * anything else.
 */
export class ModbusPort extends EventEmitter {
  /** modbus-serial looks a transaction up under these. */
  _transactionIdRead = 1;
  _transactionIdWrite = 1;
  #shape: ReplyShape | null = null;
  #unwritten = 0;

  constructor(
    private readonly link: ByteLink,
    readonly framing: Framing,
    private readonly onWriteFailed: (error: unknown) => void,
    /** Returns when the bytes may leave. */
    private readonly waitOut: () => void = () => undefined,
  ) {
    super();
  }

  get isOpen(): boolean {
    return this.link.isOpen;
  }

  /** The system has not taken the last request yet. */
  get isWriting(): boolean {
    return this.#unwritten > 0;
  }

  open(callback: (error: Error | null) => void): void {
    callback(null);
  }

  close(callback: (error: Error | null) => void): void {
    callback(null);
  }

  /** The next `write` of modbus-serial belongs to this slot and wants such an answer. */
  prepare(slot: number, shape: ReplyShape): void {
    this._transactionIdWrite = slot;
    this.#shape = shape;
  }

  write(request: Uint8Array): void {
    const shape = this.#shape;
    if (shape === null) throw new Error('a request that nobody prepared');
    this.#shape = null;
    const bytes = this.framing.send({ slot: this._transactionIdWrite, shape }, request);
    this.#unwritten++;
    this.waitOut();
    this.link.write(bytes).then(
      () => {
        this.#unwritten--;
      },
      (error: unknown) => this.onWriteFailed(error),
    );
  }

  /** Takes bytes from the link and hands on the answers in them; `before` is called in front of each. */
  receive(bytes: Uint8Array, before: (found: Found) => void): void {
    for (const found of this.framing.receive(bytes)) {
      before(found);
      this._transactionIdRead = found.slot;
      const { frame } = found;
      this.emit('data', Buffer.isBuffer(frame) ? frame : Buffer.from(frame.buffer, frame.byteOffset, frame.length));
    }
  }
}
