/**
 * Cuts frames out of a stream of bytes, as TCP gives it. There is no byte stuffing, so both marks occur inside frames: a frame is where
 * start mark, length, end mark and sum agree. Where they do not, one byte goes and the search begins again; what is refused costs no more
 * than its bytes, since sums are running ones.
 */
import {
  addressBytes,
  aduMaxBytes,
  endMark,
  frameMaxBytes,
  type GbFraming,
  headBytes,
  isCommand,
  startMark,
  tailBytes,
} from './coding.js';
import type { GbFrame } from './frame-types.js';
import { shortBytes, shortCodeAt } from './short-frames.js';
import { readTime } from './time-tag.js';

/** What an answer needs to know of a frame. Of a bad one it may be wrong, too. */
export type GbHead = Pick<GbFrame, 'serial' | 'source' | 'destination' | 'command'>;

/** Why a frame is not one: its length is over the limit, sum or end mark are wrong, the command is reserved, or it never ended. */
export type GbFault = 'length' | 'checksum' | 'end' | 'command' | 'unfinished';

export type GbFramed =
  | { readonly kind: 'frame'; readonly frame: GbFrame }
  /** A frame of short-frames.ts, for who listens for them. */
  | { readonly kind: 'short'; readonly code: number }
  /** `head` is null where it did not arrive. One is told for a stretch of bytes, not one for each place in it. */
  | { readonly kind: 'bad'; readonly why: GbFault; readonly head: GbHead | null };

/** Bytes that are held at most; room for one frame, and for moving them seldom. More is taken in portions. */
const holdMaxBytes = 4 * frameMaxBytes;
const noAdu = new Uint8Array(0);

type Look =
  | { readonly kind: 'more' }
  | { readonly kind: 'bad'; readonly why: GbFault; readonly claims: number }
  | { readonly kind: 'framed'; readonly bytes: number; readonly framed: GbFramed };

export class GbFramer {
  /** Since it was made. `strayBytes`: in no sound frame. */
  readonly counts = { frames: 0, bad: 0, strayBytes: 0 };
  readonly #framing: GbFraming;
  readonly #bytes = new Uint8Array(holdMaxBytes);
  /** At [i]: sum of all bytes before i, mod 256. */
  readonly #sums = new Uint8Array(holdMaxBytes + 1);
  #begin = 0;
  #end = 0;
  /** Before this place nothing bad is told: it belongs to something that was. */
  #quietUntil = 0;

  constructor(framing: GbFraming) {
    this.#framing = framing;
  }

  /** Bytes of a frame that has not ended; 0: nothing is under way. At most 1053. */
  get heldBytes(): number {
    return this.#end - this.#begin;
  }

  /** Any bytes in any portions; the frames that end in them, in their order. */
  push(bytes: Uint8Array): readonly GbFramed[] {
    const found: GbFramed[] = [];
    for (let at = 0; at < bytes.length; ) {
      if (this.#end === holdMaxBytes) this.#moveDown();
      const part = bytes.subarray(at, at + holdMaxBytes - this.#end);
      this.#bytes.set(part, this.#end);
      for (let i = 0; i < part.length; i++, this.#end++) {
        this.#sums[this.#end + 1] = (this.#sums[this.#end] ?? 0) + (part[i] ?? 0);
      }
      at += part.length;
      this.#search(found);
    }
    return found;
  }

  /**
   * The frame under way will not end (its length may be a lie, or its sender a slow drip): it is bad, and what hides behind its beginning
   * is found. For whoever has a clock; nothing is under way afterwards.
   */
  giveUp(): readonly GbFramed[] {
    const found: GbFramed[] = [];
    while (this.heldBytes > 0) {
      this.#refuse('unfinished', this.heldBytes, found);
      this.#search(found);
    }
    return found;
  }

  /** A new connection: what the old one began is gone. */
  reset(): void {
    this.counts.strayBytes += this.heldBytes;
    this.#begin = this.#end = this.#quietUntil = 0;
  }

  #search(found: GbFramed[]): void {
    for (;;) {
      this.#toStart();
      if (this.heldBytes === 0) {
        this.#quietUntil -= Math.min(this.#quietUntil, this.#end);
        this.#begin = this.#end = 0;
        return;
      }
      const seen = this.#look();
      if (seen.kind === 'more') return;
      if (seen.kind === 'bad') {
        this.#refuse(seen.why, seen.claims, found);
        continue;
      }
      if (seen.framed.kind === 'bad') this.counts.bad++;
      else this.counts.frames++;
      found.push(seen.framed);
      this.#begin += seen.bytes;
    }
  }

  /** Up to the next byte with which a frame may begin. */
  #toStart(): void {
    const [bytes, end] = [this.#bytes, this.#end];
    let at = this.#begin;
    while (at < end && !(bytes[at] === startMark && (at + 1 === end || bytes[at + 1] === startMark))) at++;
    this.counts.strayBytes += at - this.#begin;
    this.#begin = at;
  }

  /** One byte goes; the next search begins behind it. */
  #refuse(why: GbFault, claims: number, found: GbFramed[]): void {
    if (this.#begin >= this.#quietUntil) {
      this.counts.bad++;
      found.push({ kind: 'bad', why, head: this.heldBytes >= headBytes ? this.#head() : null });
      this.#quietUntil = this.#begin + claims;
    }
    this.counts.strayBytes++;
    this.#begin++;
  }

  #look(): Look {
    const [bytes, at, held] = [this.#bytes, this.#begin, this.heldBytes];
    if (this.#framing.heartbeat === 'fuan' && held >= shortBytes) {
      const code = shortCodeAt(bytes, at);
      if (code !== null) return { kind: 'framed', bytes: shortBytes, framed: { kind: 'short', code } };
    }
    if (held < headBytes) return { kind: 'more' };
    const length = (bytes[at + 24] ?? 0) | ((bytes[at + 25] ?? 0) << 8);
    if (length > aduMaxBytes) return { kind: 'bad', why: 'length', claims: headBytes + tailBytes };
    const claims = headBytes + length + tailBytes;
    if (held < claims) return { kind: 'more' };
    const tail = at + headBytes + length;
    if (bytes[tail + 1] !== endMark || bytes[tail + 2] !== endMark) return { kind: 'bad', why: 'end', claims };
    const sum = ((this.#sums[tail] ?? 0) - (this.#sums[at + 2] ?? 0)) & 0xff;
    if (bytes[tail] !== sum) return { kind: 'bad', why: 'checksum', claims };
    // Sound as it is, so that nothing inside it is looked for.
    const head = this.#head();
    if (!isCommand(head.command))
      return { kind: 'framed', bytes: claims, framed: { kind: 'bad', why: 'command', head } };
    const adu = length === 0 ? noAdu : bytes.slice(at + headBytes, tail);
    const version = [bytes[at + 4] ?? 0, bytes[at + 5] ?? 0] as const;
    const time = readTime(bytes, at + 6, this.#framing.timeCoding);
    return { kind: 'framed', bytes: claims, framed: { kind: 'frame', frame: { ...head, version, time, adu } } };
  }

  #head(): GbHead {
    const [bytes, at] = [this.#bytes, this.#begin];
    const [first, second] = [bytes[at + 2] ?? 0, bytes[at + 3] ?? 0];
    return {
      serial: this.#framing.serialOrder === 'little' ? first + second * 256 : first * 256 + second,
      source: [...bytes.subarray(at + 12, at + 12 + addressBytes)],
      destination: [...bytes.subarray(at + 18, at + 18 + addressBytes)],
      command: bytes[at + 26] ?? 0,
    };
  }

  #moveDown(): void {
    this.#bytes.copyWithin(0, this.#begin, this.#end);
    this.#sums.copyWithin(0, this.#begin, this.#end + 1);
    this.#quietUntil = Math.max(0, this.#quietUntil - this.#begin);
    this.#end -= this.#begin;
    this.#begin = 0;
  }
}
