/** What two ends of a pair must agree on to understand each other. Stop bits do not matter: the second one is only a pause. */
import type { SerialFormat } from '../config/site.js';

export type Speech = Pick<SerialFormat, 'baud' | 'parity'>;

export function sameSpeech(a: Speech, b: Speech): boolean {
  return a.baud === b.baud && a.parity === b.parity;
}

/** Bytes taken at another speed than they were sent: something, but never those bytes. */
export function misread(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes, (byte) => (byte >>> 1) ^ 0xd6);
}
