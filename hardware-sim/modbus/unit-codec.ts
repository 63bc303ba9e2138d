/**
 * The unit's side of Modbus RTU, from the serial line guide V1.02 §2.5: an address before the request or answer of
 * unit-pdu.ts and a check sum behind it. A frame is one burst of bytes between two silences.
 */
import { hasGoodCrc, seal } from './crc16.js';
import { bitsPdu, exceptionPdu, type PduRequest, parsePdu, registersPdu, writePdu } from './unit-pdu.js';

export type { ExceptionCode } from './unit-pdu.js';

export type UnitRequest = { readonly unit: number } & PduRequest;

const shortestBytes = 4;
const crcBytes = 2;

/** Reads one request frame; null when it is no whole, good frame: a unit stays silent then. */
export function parseRequest(frame: Uint8Array): UnitRequest | null {
  if (frame.length < shortestBytes || !hasGoodCrc(frame)) return null;
  const request = parsePdu(pduOf(frame));
  return request === null ? null : { unit: frame[0] ?? 0, ...request };
}

/** What stands between the address and the check sum. */
export function pduOf(frame: Uint8Array): Uint8Array {
  return frame.subarray(1, frame.length - crcBytes);
}

/** A request or answer as it travels on a serial line. */
export function rtuFrame(unit: number, pdu: Uint8Array | readonly number[]): Uint8Array {
  const frame = new Uint8Array(1 + pdu.length + crcBytes);
  frame[0] = unit;
  frame.set(pdu, 1);
  return seal(frame);
}

/** Reply to FC 1 or 2. */
export function bitsReply(unit: number, fc: 1 | 2, values: readonly number[]): Uint8Array {
  return rtuFrame(unit, bitsPdu(fc, values));
}

/** Reply to FC 3 or 4. */
export function registersReply(unit: number, fc: 3 | 4, values: readonly number[]): Uint8Array {
  return rtuFrame(unit, registersPdu(fc, values));
}

/** Reply to FC 15 or 16. */
export function writeManyReply(unit: number, fc: 15 | 16, address: number, count: number): Uint8Array {
  return rtuFrame(unit, writePdu(fc, address, count));
}

/** Refusal by the standard. */
export function exceptionReply(unit: number, fc: number, code: number): Uint8Array {
  return rtuFrame(unit, exceptionPdu(fc, code));
}
