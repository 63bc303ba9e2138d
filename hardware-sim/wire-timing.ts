import type { SerialFormat } from '../config/site.js';

/** Times of a serial line, all in ms. */
export interface WireTiming {
  readonly baud: number;
  /** Start bit, data bits, parity bit and stop bits of one character. */
  readonly bitsPerChar: number;
  readonly charMs: number;
  /** Silence that ends a frame: 3.5 characters, and 1.75 ms above 19200 baud (Modbus over Serial Line V1.02 §2.5.1.1). */
  readonly silenceMs: number;
  /** Longest pause inside a frame: 1.5 characters, and 0.75 ms above 19200 baud. */
  readonly pauseMs: number;
}

const fixedTimesAboveBaud = 19_200;
const fixedSilenceMs = 1.75;
const fixedPauseMs = 0.75;
const silenceChars = 3.5;
const pauseChars = 1.5;
/** A character of the guide has 11 bits (§2.5.1), and units count their silence with it whatever they send. */
const guideBitsPerChar = 11;

/** `countsGuideBits` false: units that count by the characters that the line really has. */
export function wireTiming(baud: number, bitsPerChar: number, countsGuideBits = true): WireTiming {
  const charMs = (bitsPerChar * 1000) / baud;
  const countedMs = countsGuideBits ? (guideBitsPerChar * 1000) / baud : charMs;
  const isFixed = baud > fixedTimesAboveBaud;
  return {
    baud,
    bitsPerChar,
    charMs,
    silenceMs: isFixed ? fixedSilenceMs : silenceChars * countedMs,
    pauseMs: isFixed ? fixedPauseMs : pauseChars * countedMs,
  };
}

export function bitsPerChar(format: Pick<SerialFormat, 'dataBits' | 'parity' | 'stopBits'>): number {
  return 1 + format.dataBits + (format.parity === 'none' ? 0 : 1) + format.stopBits;
}
