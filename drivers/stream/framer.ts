/**
 * The contract of a serial dialect: bytes in, events out. What an event means is the profile's matter (StreamMeaning).
 * A framer never throws on what comes from outside, holds a bounded number of bytes, and finds the next sound frame
 * by dropping one byte at a time.
 */
import { type Told, toldIn } from '../../config/problem.js';
import type { BadReason } from '../../config/reading.js';

/** Options of a codec as the profile and the site file give them. */
export type StreamOptions = Readonly<Record<string, string | number | boolean>>;

export interface StreamCodec {
  /** Equal to its file name in `codecs/`. */
  readonly name: string;
  /** A framer for one device, or for several hosts that speak alike on one line. Throws StreamOptionError. */
  create(options: StreamOptions): StreamFramer;
}

export interface StreamFramer {
  /** Takes a chunk of any size, cut anywhere. `atMono` = when it was seen, ms. Returns what it completed, oldest first. */
  push(bytes: Uint8Array, atMono: number): readonly StreamEvent[];
  /** Forgets a half frame: the link is a new one. The counts stay. */
  reset(): void;
  readonly counts: StreamCounts;
  /** Bytes held back because they may become a frame. */
  readonly heldBytes: number;
  /** What must be sent so that the device speaks; null for one that speaks by itself. */
  readonly poll: StreamPoll | null;
}

export interface StreamPoll {
  readonly bytes: Uint8Array;
  readonly everyMs: number;
}

export interface StreamCounts {
  /** Frames that were taken. */
  readonly frames: number;
  /** Bytes that belong to no frame. */
  readonly strayBytes: number;
  /** Whole frames whose check sum was wrong; one that was taken nevertheless counts in both. */
  readonly badSums: number;
}

/** What one frame tells. */
export interface StreamEvent {
  /** As the profile's event map names it. */
  readonly code: string;
  /** What behind the device it is about: a detector (`1-1-2`), or a part with everything behind it (`1`); null: the device as
   * a whole. */
  readonly object: string | null;
  /** In the dialect's own unit (each codec says which); null when the code carries no value, or a bad one. */
  readonly value: number | null;
  /** Why a code that carries values has none this time. */
  readonly bad: BadReason | null;
  /** Which of several hosts on the line says it; null where the dialect has no addresses. */
  readonly address: number | null;
  /** Said by one host for all hosts of the line. */
  readonly isForAll: boolean;
  /** Accepted with a reservation: counts for the whole device, for a single object only when it is said again. */
  readonly isDoubtful: boolean;
  /** False: a broken frame, told for people only. It moves nothing and is no sign of life. */
  readonly isSound: boolean;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** An event with everything that is not odd about it filled in. */
export function streamEvent(code: string, odd: Partial<Omit<StreamEvent, 'code'>> = {}): StreamEvent {
  const usual = { object: null, value: null, bad: null, address: null, isForAll: false, isDoubtful: false };
  return { code, ...usual, isSound: true, detail: {}, ...odd };
}

/** One option that does not fit. */
export interface OptionFault {
  readonly key: string;
  readonly expected: Told;
  readonly got: Told;
}

/** Options that a codec can not work with, all at once. */
export class StreamOptionError extends Error {
  constructor(
    readonly codec: string,
    readonly faults: readonly OptionFault[],
  ) {
    const each = faults.map(({ key, expected, got }) => `${key}: ${toldIn(expected, 'en')}, got ${toldIn(got, 'en')}`);
    super(`codec ${codec}: ${each.join('; ')}`);
    this.name = 'StreamOptionError';
  }
}

/** Bytes as people read them in a device paper: `66 F0 01`. */
export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map(hexByte).join(' ');
}

/** Two hexadecimal digits, upper case. */
export function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
