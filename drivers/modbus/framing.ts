/** How requests and answers stand on a link. One port class for all of them: the framing is a parameter. */
import type { ReplyShape } from './frame.js';

/** One request under way. */
export interface Wanted {
  /** 1 to the number of requests that may be under way at once. */
  readonly slot: number;
  readonly shape: ReplyShape;
}

/** An answer that fits a request under way. */
export interface Found {
  readonly slot: number;
  /** As an RTU frame with its check sum, a refusal in the standard style: what modbus-serial understands. */
  readonly frame: Uint8Array;
  /** Bytes that stood in front of it and belong to no request under way. */
  readonly stray: Uint8Array;
}

export interface FramingCounts {
  /** Bytes that belonged to no answer we waited for: noise, echo, late answers, frames of others. */
  strayBytes: number;
  /** Whole answers that belonged to no request under way, known by their number (TCP only). */
  strangers: number;
}

export interface Framing {
  /** Requests that may be under way at once. */
  readonly maxInFlight: number;
  readonly counts: FramingCounts;
  /** The bytes to send for a request that modbus-serial has coded as an RTU frame; from now on its answer is waited for. */
  send(wanted: Wanted, rtu: Uint8Array): Uint8Array;
  /** Nothing is waited for in this slot any more. */
  forget(slot: number): void;
  /** Takes bytes; the answers that are now whole, in their order. */
  receive(bytes: Uint8Array): readonly Found[];
  /** What came and belongs to nothing so far. */
  readonly rest: Uint8Array;
  /** Drops it. */
  drop(): void;
  /** Answers to requests that were given up may still come (TCP only: there they can be told apart). */
  readonly isOwed: boolean;
  /** The adapter hears what it sends. */
  readonly hearsItself: boolean;
  /** Bytes broke the rules in a way that can not be put right on this connection (TCP only). */
  readonly isBroken: boolean;
}
