/**
 * The unit's side of Modbus RTU, from the Modbus Application Protocol V1.1b3 §6 and the serial line guide V1.02 §2.5.
 * Addresses are wire addresses (0-based). A frame is one burst of bytes between two silences, check sum included.
 */
import { hasGoodCrc, withCrc } from './crc16.js';

export type ReadFunction = 1 | 2 | 3 | 4;

export type UnitRequest = { readonly unit: number } & (
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
  | { readonly kind: 'unknown'; readonly fc: number }
);

/** Modbus exceptions: 1 function, 2 address, 3 value, 4 the unit itself failed. */
export type ExceptionCode = 1 | 2 | 3 | 4;

/** Most coils (or inputs) and registers that one read may ask for; and one write may carry. */
export const maxRead = { bits: 2000, registers: 125 } as const;
export const maxWrite = { bits: 1968, registers: 123 } as const;

/** Reads one request frame; null when it is no whole, good frame: a unit stays silent then. */
export function parseRequest(frame: Uint8Array): UnitRequest | null {
  if (frame.length < 4 || !hasGoodCrc(frame)) return null;
  const unit = byteAt(frame, 0);
  const fc = byteAt(frame, 1);
  switch (fc) {
    case 1:
    case 2:
    case 3:
    case 4:
      return frame.length === 8 ? { unit, kind: 'read', fc, address: wordAt(frame, 2), count: wordAt(frame, 4) } : null;
    case 5:
    case 6:
      return frame.length === 8
        ? { unit, kind: 'write-one', fc, address: wordAt(frame, 2), value: wordAt(frame, 4) }
        : null;
    case 15:
    case 16:
      return parseWriteMany(frame, unit, fc);
    default:
      return { unit, kind: 'unknown', fc };
  }
}

function parseWriteMany(frame: Uint8Array, unit: number, fc: 15 | 16): UnitRequest | null {
  if (frame.length < 9 || frame.length !== 9 + byteAt(frame, 6)) return null;
  const count = wordAt(frame, 4);
  const payload = frame.subarray(7, frame.length - 2);
  const wantedBytes = fc === 15 ? Math.ceil(count / 8) : count * 2;
  const limit = fc === 15 ? maxWrite.bits : maxWrite.registers;
  const isSound = count >= 1 && count <= limit && payload.length === wantedBytes;
  const values = isSound
    ? Array.from({ length: count }, (_, i) => (fc === 15 ? bitAt(payload, i) : wordAt(payload, i * 2)))
    : [];
  return { unit, kind: 'write-many', fc, address: wordAt(frame, 2), values, isSound };
}

/** Reply to FC 1 or 2: eight values a byte, the first in the lowest bit. */
export function bitsReply(unit: number, fc: 1 | 2, values: readonly number[]): Uint8Array {
  const bytes = new Array<number>(Math.ceil(values.length / 8)).fill(0);
  values.forEach((value, i) => {
    if (value !== 0) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (1 << (i & 7));
  });
  return withCrc([unit, fc, bytes.length, ...bytes]);
}

/** Reply to FC 3 or 4: each register high byte first. */
export function registersReply(unit: number, fc: 3 | 4, values: readonly number[]): Uint8Array {
  return withCrc([unit, fc, values.length * 2, ...values.flatMap((value) => [value >>> 8, value & 0xff])]);
}

/** Reply to FC 5 or 6: the request again. */
export function writeOneReply(unit: number, fc: 5 | 6, address: number, value: number): Uint8Array {
  return withCrc([unit, fc, address >>> 8, address & 0xff, value >>> 8, value & 0xff]);
}

/** Reply to FC 15 or 16: where and how many. */
export function writeManyReply(unit: number, fc: 15 | 16, address: number, count: number): Uint8Array {
  return withCrc([unit, fc, address >>> 8, address & 0xff, count >>> 8, count & 0xff]);
}

/** Refusal: the function with its highest bit set, and why. */
export function exceptionReply(unit: number, fc: number, code: ExceptionCode): Uint8Array {
  return withCrc([unit, fc | 0x80, code]);
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (byteAt(bytes, at) << 8) | byteAt(bytes, at + 1);
}

function bitAt(bytes: Uint8Array, at: number): number {
  return (byteAt(bytes, at >> 3) >>> (at & 7)) & 1;
}
