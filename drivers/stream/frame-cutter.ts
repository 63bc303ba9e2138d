/**
 * Cuts frames out of a stream of bytes: the part of a framer that all dialects share. A shape looks at the bytes held
 * and says whether a frame begins there; if not, one byte goes and it looks again, so that neither noise nor a lying
 * length costs more than itself.
 */
import type { StreamEvent, StreamFramer, StreamPoll } from './framer.js';

/** What stands at the beginning of the bytes held. */
export type Look =
  /** Too few bytes to tell. */
  | { readonly kind: 'more' }
  /** No frame begins here. */
  | { readonly kind: 'stray' }
  /** A whole frame with a wrong check sum; `events` are told for people only (`isSound: false`). */
  | { readonly kind: 'bad-sum'; readonly events: readonly StreamEvent[] }
  | {
      readonly kind: 'frame';
      readonly length: number;
      readonly events: readonly StreamEvent[];
      /** Taken although its check sum is wrong. */
      readonly hasBadSum?: boolean;
    };

export const more: Look = { kind: 'more' };
export const stray: Look = { kind: 'stray' };

export interface FrameShape {
  /** Longest frame. `look` never asks for more when it holds so many. */
  readonly maxBytes: number;
  /** A pause inside a frame, ms, after which its beginning is dropped. Null where the frame proves itself: a process that
   * was held up sees pauses that the wire never had. */
  readonly gapMs: number | null;
  look(bytes: Uint8Array): Look;
}

export class FrameCutter implements StreamFramer {
  readonly counts = { frames: 0, strayBytes: 0, badSums: 0 };
  readonly #buffer: Uint8Array;
  #held = 0;
  #lastMono = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly shape: FrameShape,
    readonly poll: StreamPoll | null = null,
  ) {
    this.#buffer = new Uint8Array(shape.maxBytes);
  }

  get heldBytes(): number {
    return this.#held;
  }

  push(bytes: Uint8Array, atMono: number): readonly StreamEvent[] {
    if (bytes.length === 0) return [];
    const { gapMs } = this.shape;
    if (gapMs !== null && atMono - this.#lastMono > gapMs) this.reset();
    this.#lastMono = atMono;
    const events: StreamEvent[] = [];
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + this.#buffer.length - this.#held);
      this.#buffer.set(part, this.#held);
      this.#held += part.length;
      at += part.length;
      this.#cut(events);
    }
    return events;
  }

  reset(): void {
    this.counts.strayBytes += this.#held;
    this.#held = 0;
  }

  /** Leaves at most the beginning of one frame, so that there is always room for another byte. */
  #cut(events: StreamEvent[]): void {
    let start = 0;
    while (start < this.#held) {
      const seen = this.shape.look(this.#buffer.subarray(start, this.#held));
      if (seen.kind === 'more' && this.#held - start < this.#buffer.length) break;
      if (seen.kind === 'frame') {
        this.counts.frames++;
        if (seen.hasBadSum === true) this.counts.badSums++;
        events.push(...seen.events);
        start += seen.length;
        continue;
      }
      if (seen.kind === 'bad-sum') {
        this.counts.badSums++;
        events.push(...seen.events);
      }
      this.counts.strayBytes++;
      start++;
    }
    this.#buffer.copyWithin(0, start, this.#held);
    this.#held -= start;
  }
}
