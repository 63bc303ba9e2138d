/** The contracts of a voice chip behind a serial line. Codecs are pure: orders as bytes, and replies out of bytes. */

/** What a chip says. */
export type ChipReply =
  /** It has just started, or its card was changed: what it was told before is forgotten. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly why: 'busy' | 'missing' | 'other'; readonly code: string }
  | { readonly kind: 'sounding' }
  /** It does not sound: told at the end, or because it was asked. */
  | { readonly kind: 'quiet' }
  /** Something sound that decides nothing. */
  | { readonly kind: 'alive' };

export interface ReplyReader {
  /** Takes a chunk of any size, cut anywhere; never throws. Returns what it completed, oldest first. */
  push(bytes: Uint8Array): readonly ChipReply[];
  /** Forgets a half reply: the link is a new one. */
  reset(): void;
}

export interface ChipCodec {
  /** As errors name it. */
  readonly name: string;
  /** Shortest pause between two orders, ms. */
  readonly gapMs: number;
  /** Longest wait for an answer from the last bit of an order, ms. */
  readonly answerMs: number;
  /** Longest time from its power to its first answer, ms. */
  readonly bootMs: number;
  readonly stop: Uint8Array;
  readonly askState: Uint8Array;
  /** Whether orders are answered. If not, only its state shows that it took one. */
  readonly answersOrders: boolean;
  /** Whether a chip that sounds after an order has taken it. Not so where an older text may still be sounding. */
  readonly isProvenByState: boolean;
  newReader(): ReplyReader;
}

/** A chip that speaks text. */
export interface TtsCodec extends ChipCodec {
  /** Longest text of one order, bytes. */
  readonly textMaxBytes: number;
  /** Cuts off what it says now. `gbk` at most `textMaxBytes`; throws RangeError. */
  speak(gbk: Uint8Array): Uint8Array;
  /** An order of its own; counts for the texts that follow. `percent` 0 to 100. */
  volume(percent: number): Uint8Array;
}

/** A player with a card of its own. */
export interface TrackCodec extends ChipCodec {
  /** Highest number that can be asked for; the lowest is 1. */
  readonly trackMax: number;
  /** So often it is asked whether it still plays, ms. */
  readonly askEveryMs: number;
  /** Throws RangeError outside 1 to `trackMax`. */
  play(track: number): Uint8Array;
  /** What must stand before each track; `percent` 0 to 100. */
  prepare(percent: number): readonly Uint8Array[];
}

/** `percent` on a scale of whole steps from 0 to `max`. Only 0 % is silent. */
export function levelOf(percent: number, max: number): number {
  return percent === 0 ? 0 : Math.max(1, Math.round((percent * max) / 100));
}
