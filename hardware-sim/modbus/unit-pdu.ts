/**
 * What a unit is asked and what it answers, without address and check sum: the part that RTU and Modbus TCP share. From the
 * Modbus Application Protocol V1.1b3 §6. Addresses are wire addresses (0-based).
 */

export type ReadFunction = 1 | 2 | 3 | 4;

export type PduRequest =
  | { readonly kind: 'read'; readonly fc: ReadFunction; readonly address: number; readonly count: number }
  /** `value` is the raw word: the standard knows FF00 and 0000, some modules know more. */
  | { readonly kind: 'write-one'; readonly fc: 5 | 6; readonly address: number; readonly value: number }
  /** Coils: 0 or 1 each. `isSound` = byte count and quantity agree and are within the limits. */
  | {
      readonly kind: 'write-many';
      readonly fc: 15 | 16;
      readonly address: number;
      readonly values: readonly number[];
      readonly isSound: boolean;
    }
  | { readonly kind: 'unknown'; readonly fc: number };

/** Modbus exceptions: 1 function, 2 address, 3 value, 4 the unit itself failed. */
export type ExceptionCode = 1 | 2 | 3 | 4;

/** Most coils (or inputs) and registers that one read may ask for; and one write may carry. */
export const maxRead = { bits: 2000, registers: 125 } as const;
export const maxWrite = { bits: 1968, registers: 123 } as const;

const readOrWriteBytes = 5;
const writeManyHeadBytes = 6;

/** Reads one request; null when its length does not fit its function. */
export function parsePdu(pdu: Uint8Array): PduRequest | null {
  const fc = byteAt(pdu, 0);
  if (pdu.length === 0) return null;
  switch (fc) {
    case 1:
    case 2:
    case 3:
    case 4:
      return isPlain(pdu) ? { kind: 'read', fc, address: wordAt(pdu, 1), count: wordAt(pdu, 3) } : null;
    case 5:
    case 6:
      return isPlain(pdu) ? { kind: 'write-one', fc, address: wordAt(pdu, 1), value: wordAt(pdu, 3) } : null;
    case 15:
    case 16:
      return parseWriteMany(pdu, fc);
    default:
      return { kind: 'unknown', fc };
  }
}

function isPlain(pdu: Uint8Array): boolean {
  return pdu.length === readOrWriteBytes;
}

function parseWriteMany(pdu: Uint8Array, fc: 15 | 16): PduRequest | null {
  if (pdu.length < writeManyHeadBytes || pdu.length !== writeManyHeadBytes + byteAt(pdu, 5)) return null;
  const count = wordAt(pdu, 3);
  const payload = pdu.subarray(writeManyHeadBytes);
  const wantedBytes = fc === 15 ? Math.ceil(count / 8) : count * 2;
  const limit = fc === 15 ? maxWrite.bits : maxWrite.registers;
  const isSound = count >= 1 && count <= limit && payload.length === wantedBytes;
  const values = isSound
    ? Array.from({ length: count }, (_, i) => (fc === 15 ? bitAt(payload, i) : wordAt(payload, i * 2)))
    : [];
  return { kind: 'write-many', fc, address: wordAt(pdu, 1), values, isSound };
}

/** Answer to FC 1 or 2: eight values a byte, the first in the lowest bit. */
export function bitsPdu(fc: 1 | 2, values: readonly number[]): readonly number[] {
  const bytes = new Array<number>(Math.ceil(values.length / 8)).fill(0);
  values.forEach((value, i) => {
    if (value !== 0) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (1 << (i & 7));
  });
  return [fc, bytes.length, ...bytes];
}

/** Answer to FC 3 or 4: each register high byte first. */
export function registersPdu(fc: 3 | 4, values: readonly number[]): readonly number[] {
  const pdu = [fc, values.length * 2];
  for (const value of values) pdu.push((value >>> 8) & 0xff, value & 0xff);
  return pdu;
}

/** Answer to FC 5 or 6 (address and value: the request again), and to FC 15 or 16 (where and how many). */
export function writePdu(fc: 5 | 6 | 15 | 16, address: number, valueOrCount: number): readonly number[] {
  return [fc, ...wordBytes(address), ...wordBytes(valueOrCount)];
}

/** Refusal: the function with its highest bit set, and why. */
export function exceptionPdu(fc: number, code: number): readonly number[] {
  return [fc | 0x80, code];
}

/** High byte first. */
export function wordBytes(word: number): readonly number[] {
  return [(word >>> 8) & 0xff, word & 0xff];
}

/** The 16-bit number that stands at `at`, high byte first; what is not there counts as 0. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return (byteAt(bytes, at) << 8) | byteAt(bytes, at + 1);
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function bitAt(bytes: Uint8Array, at: number): number {
  return (byteAt(bytes, at >> 3) >>> (at & 7)) & 1;
}
