import type { ChipReply, ReplyReader } from './chip-codec.js';

/** What stands at the beginning of the bytes held: too few to tell, no reply, or one of that length. */
export type ReplyLook = 'more' | 'stray' | { readonly length: number; readonly reply: ChipReply };

/** Cuts replies out of a stream: where none begins one byte goes, so that neither noise nor a lying length costs more than itself. */
export class FramedReplies implements ReplyReader {
  #held: number[] = [];

  /** `look` never asks for more when it is given `maxBytes`. */
  constructor(
    private readonly maxBytes: number,
    private readonly look: (bytes: Uint8Array) => ReplyLook,
  ) {}

  push(bytes: Uint8Array): readonly ChipReply[] {
    const found: ChipReply[] = [];
    for (const byte of bytes) {
      this.#held.push(byte);
      this.#cut(found);
    }
    return found;
  }

  reset(): void {
    this.#held = [];
  }

  #cut(found: ChipReply[]): void {
    while (this.#held.length > 0) {
      const seen = this.look(Uint8Array.from(this.#held));
      if (seen === 'more' && this.#held.length < this.maxBytes) return;
      if (typeof seen === 'object') {
        found.push(seen.reply);
        this.#held.splice(0, seen.length);
      } else this.#held.shift();
    }
  }
}
