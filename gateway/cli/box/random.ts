import { randomBytes } from 'node:crypto';

/** Uniform in 0 ≤ r < 1. */
export function random(): number {
  return randomBytes(4).readUInt32LE() / 2 ** 32;
}
