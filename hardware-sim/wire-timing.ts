import type { LineConfig } from '../config/site.js';

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

export function wireTiming(baud: number, bitsPerChar: number): WireTiming {
  const charMs = (bitsPerChar * 1000) / baud;
  const isFixed = baud > fixedTimesAboveBaud;
  return {
    baud,
    bitsPerChar,
    charMs,
    silenceMs: isFixed ? fixedSilenceMs : silenceChars * charMs,
    pauseMs: isFixed ? fixedPauseMs : pauseChars * charMs,
  };
}

export function bitsPerChar(line: Pick<LineConfig, 'dataBits' | 'parity' | 'stopBits'>): number {
  return 1 + line.dataBits + (line.parity === 'none' ? 0 : 1) + line.stopBits;
}
