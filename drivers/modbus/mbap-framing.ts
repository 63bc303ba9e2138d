/**
 * Modbus TCP (Modbus Messaging on TCP/IP 1.0b, 3.1.3): transaction number, protocol 0, length, unit, then the PDU. The
 * number ties an answer to its request, so several may be under way and late answers are known as such. What modbus-serial's
 * own TCP port gets wrong (numbers mod 256, a bad length that stalls for ever, a refusal in another unit's name) ends here.
 */
import { type ReplyShape, sealFrame } from './frame.js';
import type { Found, Framing, FramingCounts, Wanted } from './framing.js';
import { inStandardStyle } from './rtu-framing.js';

const headerBytes = 7;
/** Unit and PDU: 1 + 253. */
const bodyMaxBytes = 254;
/** Unit, function, exception code. */
const bodyMinBytes = 3;
const numbers = 0x1_0000;
const nothing = new Uint8Array(0);
/** Numbers whose answers never came and that are therefore not used again; the oldest are forgotten: they can come back only
 * 65,536 requests and a thousand time-outs later. */
const abandonedMax = 1024;

interface Waiting {
  readonly wanted: Wanted;
  readonly number: number;
}

export class MbapFraming implements Framing {
  readonly hearsItself = false;
  readonly counts: FramingCounts = { strayBytes: 0, strangers: 0 };
  readonly #waiting = new Map<number, Waiting>();
  readonly #abandoned = new Set<number>();
  #buffer: Uint8Array = nothing;
  #last = 0;
  #isBroken = false;

  constructor(readonly maxInFlight: number) {}

  get isBroken(): boolean {
    return this.#isBroken;
  }

  get isOwed(): boolean {
    return this.#abandoned.size > 0;
  }

  /** Whole answers are taken out as they come; what is left is the beginning of one. */
  get rest(): Uint8Array {
    return nothing;
  }

  send(wanted: Wanted, rtu: Uint8Array): Uint8Array {
    const number = this.#nextNumber();
    this.#waiting.set(number, { wanted, number });
    const bodyBytes = rtu.length - 2;
    const adu = Buffer.allocUnsafe(headerBytes - 1 + bodyBytes);
    adu.writeUInt16BE(number, 0);
    adu.writeUInt16BE(0, 2);
    adu.writeUInt16BE(bodyBytes, 4);
    for (let i = 0; i < bodyBytes; i++) adu[headerBytes - 1 + i] = rtu[i] ?? 0;
    return adu;
  }

  forget(slot: number): void {
    for (const { wanted, number } of this.#waiting.values()) {
      if (wanted.slot !== slot) continue;
      this.#waiting.delete(number);
      this.#abandoned.add(number);
      const [oldest] = this.#abandoned;
      if (this.#abandoned.size > abandonedMax && oldest !== undefined) this.#abandoned.delete(oldest);
    }
  }

  receive(bytes: Uint8Array): readonly Found[] {
    if (this.#isBroken) return [];
    const both = this.#buffer.length === 0 ? bytes : Buffer.concat([this.#buffer, bytes]);
    const found: Found[] = [];
    let from = 0;
    while (both.length - from >= headerBytes - 1) {
      const length = wordAt(both, from + 4);
      if (wordAt(both, from + 2) !== 0 || length < bodyMinBytes || length > bodyMaxBytes) {
        // Where the next answer begins can not be known any more.
        this.#isBroken = true;
        this.counts.strayBytes += both.length - from;
        this.#buffer = nothing;
        return found;
      }
      const end = from + headerBytes - 1 + length;
      if (end > both.length) break;
      const answer = this.#match(wordAt(both, from), both.subarray(from + headerBytes - 1, end));
      if (answer !== null) found.push(answer);
      from = end;
    }
    this.#buffer = from === both.length ? nothing : new Uint8Array(both.subarray(from));
    return found;
  }

  drop(): void {
    // Nothing can be dropped out of the middle of a stream.
  }

  #match(number: number, body: Uint8Array): Found | null {
    const waiting = this.#waiting.get(number);
    if (waiting === undefined || !fits(body, waiting.wanted.shape)) {
      this.counts.strangers++;
      this.counts.strayBytes += body.length;
      this.#abandoned.delete(number);
      return null;
    }
    this.#waiting.delete(number);
    const { slot, shape } = waiting.wanted;
    const frame = Buffer.allocUnsafe(body.length + 2);
    frame.set(body);
    sealFrame(frame);
    const isRefusal = shape.refusals.includes(body[1] ?? 0);
    return { slot, frame: isRefusal ? inStandardStyle(frame, shape) : frame, stray: nothing };
  }

  #nextNumber(): number {
    do this.#last = (this.#last + 1) % numbers;
    while (this.#abandoned.has(this.#last) || this.#waiting.has(this.#last));
    return this.#last;
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** An answer without its check sum: unit, function, and for reads the byte count, for writes what was written. */
function fits(body: Uint8Array, shape: ReplyShape): boolean {
  if (body[0] !== shape.unit) return false;
  if (shape.refusals.includes(body[1] ?? 0)) return body.length === bodyMinBytes;
  return body.length === shape.length - 2 && shape.head.every((byte, i) => body[i] === byte);
}
