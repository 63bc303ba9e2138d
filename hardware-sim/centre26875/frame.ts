/** Frames of GB/T 26875.3-2011, 8.1: `@@`, head of 25 bytes, data unit, sum of both, `##`. */
import { readTime, type TimeCoding, writeTime } from './wire-time.js';

export interface FrameDialect {
  readonly timeCoding: TimeCoding;
  readonly serialOrder: 'little' | 'big';
  readonly version: readonly [number, number];
}

export interface Frame {
  readonly serial: number;
  readonly version: readonly [number, number];
  /** As in wire-time.ts. */
  readonly time: string | null;
  /** Twelve hex digits in the order on the wire. */
  readonly source: string;
  readonly destination: string;
  readonly command: number;
  readonly adu: Uint8Array;
}

/** What 6.5 calls an error in checking. */
export type FrameFault = 'sum' | 'end' | 'length' | 'command';

export type Found =
  | { readonly kind: 'frame'; readonly frame: Frame }
  /** A frame by its mark, but not by the rules; `frame`: what stands in its head, believe it or not. */
  | { readonly kind: 'spoilt'; readonly fault: FrameFault; readonly frame: Frame }
  /** Short frame of the 赋安 convention. */
  | { readonly kind: 'short'; readonly what: 'reply' | 'alive' }
  /** Bytes that belong to no frame. */
  | { readonly kind: 'noise'; readonly bytes: number };

export const aduMaxBytes = 1024;
const headBytes = 27;
const tailBytes = 3;
const addressBytes = 6;
export const shortBytes = {
  reply: Uint8Array.from(Buffer.from('40400100010500000000000000000000b82323', 'hex')),
  alive: Uint8Array.from(Buffer.from('404088000105000000000000000000007d2323', 'hex')),
} as const;

export function writeFrame(frame: Frame, { timeCoding, serialOrder }: FrameDialect): Uint8Array {
  const { serial, version, adu } = frame;
  const low = [serial & 255, (serial >> 8) & 255];
  const inside = Uint8Array.from([
    ...(serialOrder === 'little' ? low : low.toReversed()),
    ...version,
    ...writeTime(frame.time, timeCoding),
    ...addressOf(frame.source),
    ...addressOf(frame.destination),
    adu.length & 255,
    (adu.length >> 8) & 255,
    frame.command,
    ...adu,
  ]);
  return Uint8Array.from([0x40, 0x40, ...inside, sumOf(inside), 0x23, 0x23]);
}

function addressOf(hex: string): readonly number[] {
  return [...Buffer.from(hex.padEnd(2 * addressBytes, '0'), 'hex').subarray(0, addressBytes)];
}

export function sumOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => (sum + byte) & 255, 0);
}

/** Finds frames in what comes in pieces of any size. A frame that is none costs one byte: the next may begin within it. */
export class FrameReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #noise = 0;
  /** What follows is the rest of a spoilt frame, as far as anybody can tell. */
  #isInSpoilt = false;

  /** `hasShort`: short frames of 赋安 are frames too. */
  constructor(
    private readonly dialect: FrameDialect,
    private readonly hasShort = false,
  ) {}

  take(bytes: Uint8Array): readonly Found[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    const found: Found[] = [];
    for (;;) {
      this.#skipTo(this.#markAt());
      if (this.#bytes.length < shortBytes.reply.length) break;
      const short = this.#short();
      if (short !== null) {
        this.#tellNoise(found);
        this.#drop(shortBytes.reply.length);
        found.push({ kind: 'short', what: short });
        continue;
      }
      if (this.#bytes.length < headBytes) break;
      const length = this.#lengthAt();
      if (length <= aduMaxBytes && this.#bytes.length < headBytes + length + tailBytes) break;
      const fault = this.#faultOf(length);
      if (fault === null || fault === 'command') {
        this.#tellNoise(found);
        const frame = this.#frame(length);
        found.push(fault === null ? { kind: 'frame', frame } : { kind: 'spoilt', fault, frame });
        this.#drop(headBytes + length + tailBytes);
        continue;
      }
      found.push({ kind: 'spoilt', fault, frame: this.#frame(0) });
      this.#isInSpoilt = true;
      this.#drop(1);
    }
    if (this.#bytes.length === 0 && this.#noise > 0) {
      found.push({ kind: 'noise', bytes: this.#noise });
      this.#noise = 0;
    }
    return found;
  }

  #markAt(): number {
    for (let at = 0; at + 1 < this.#bytes.length; at++)
      if (this.#bytes[at] === 0x40 && this.#bytes[at + 1] === 0x40) return at;
    const last = this.#bytes.length - 1;
    return this.#bytes[last] === 0x40 ? last : last + 1;
  }

  #skipTo(at: number): void {
    if (!this.#isInSpoilt) this.#noise += at;
    this.#drop(at);
  }

  /** The rest of a spoilt frame is told with it, not once more as noise. */
  #tellNoise(found: Found[]): void {
    if (this.#noise > 0) found.push({ kind: 'noise', bytes: this.#noise });
    this.#noise = 0;
    this.#isInSpoilt = false;
  }

  #drop(count: number): void {
    this.#bytes = this.#bytes.subarray(count);
  }

  #short(): 'reply' | 'alive' | null {
    if (!this.hasShort) return null;
    const same = (wanted: Uint8Array): boolean => wanted.every((byte, i) => this.#bytes[i] === byte);
    return same(shortBytes.reply) ? 'reply' : same(shortBytes.alive) ? 'alive' : null;
  }

  #lengthAt(): number {
    return (this.#bytes[24] ?? 0) | ((this.#bytes[25] ?? 0) << 8);
  }

  #faultOf(length: number): FrameFault | null {
    if (length > aduMaxBytes) return 'length';
    const end = headBytes + length + tailBytes;
    if (this.#bytes[end - 2] !== 0x23 || this.#bytes[end - 1] !== 0x23) return 'end';
    if (sumOf(this.#bytes.subarray(2, headBytes + length)) !== this.#bytes[headBytes + length]) return 'sum';
    const command = this.#bytes[26] ?? 0;
    return command >= 1 && command <= 6 ? null : 'command';
  }

  #frame(length: number): Frame {
    const at = (index: number): number => this.#bytes[index] ?? 0;
    const hex = (from: number): string => Buffer.from(this.#bytes.subarray(from, from + addressBytes)).toString('hex');
    const isLittle = this.dialect.serialOrder === 'little';
    return {
      serial: isLittle ? at(2) | (at(3) << 8) : at(3) | (at(2) << 8),
      version: [at(4), at(5)],
      time: readTime(this.#bytes.subarray(6, 12), this.dialect.timeCoding),
      source: hex(12),
      destination: hex(18),
      command: at(26),
      adu: this.#bytes.slice(headBytes, headBytes + length),
    };
  }
}
