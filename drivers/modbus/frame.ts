/** RTU frames (Modbus over Serial Line 1.02, 2.5.1): unit, function, data, CRC-16 low byte first. Pure. */
import type { ExceptionStyle } from '../../config/site.js';

/** Table of the polynomial A001, one entry per byte: the sum is taken over every byte that comes in. */
const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  return crc;
});

export function crc16(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = 0xffff;
  for (let i = from; i < to; i++) crc = (crc >>> 8) ^ (crcTable[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return crc;
}

/** What the answer to one request must look like. */
export interface ReplyShape {
  readonly unit: number;
  readonly functionCode: number;
  readonly length: number;
  /** Bytes that must stand at the head of the answer, unit and function code included. */
  readonly head: Uint8Array;
  /** Function bytes with which the unit may refuse. */
  readonly refusals: readonly number[];
}

/** Length of a whole exception answer: unit, function | 0x80, code, CRC. */
const exceptionLength = 5;

/** A refusal by function byte 80 whatever was asked (Ningbo Xiyu AFD, protocol V1.1). */
const refusal80 = 0x80;

/** The answer that `request` (a whole frame) calls for. Throws for function codes that we never send. */
export function replyShapeOf(request: Uint8Array, style: ExceptionStyle = 'standard'): ReplyShape {
  const unit = request[0] ?? 0;
  const functionCode = request[1] ?? 0;
  const count = ((request[4] ?? 0) << 8) | (request[5] ?? 0);
  const standard = functionCode | 0x80;
  const refusals = style === 'byte80' ? [standard, refusal80] : [standard];
  const shape = (length: number, head: Uint8Array): ReplyShape => ({ unit, functionCode, length, head, refusals });
  switch (functionCode) {
    case 1:
    case 2: {
      const byteCount = Math.ceil(count / 8);
      return shape(5 + byteCount, Uint8Array.of(unit, functionCode, byteCount));
    }
    case 3:
    case 4:
      return shape(5 + 2 * count, Uint8Array.of(unit, functionCode, 2 * count));
    case 5:
    case 6:
    case 15:
    case 16:
      return shape(8, request.slice(0, 6));
    default:
      throw new Error(`no reply shape for function code ${functionCode}`);
  }
}

/** Could an answer of one shape be taken for an answer of the other? */
export function looksAlike(a: ReplyShape, b: ReplyShape): boolean {
  return a.length === b.length && a.head.every((byte, i) => byte === b.head[i]);
}

export interface FoundReply {
  readonly frame: Uint8Array;
  readonly start: number;
  readonly isException: boolean;
}

/**
 * The first whole, checksummed answer of this shape in `bytes`, or null. Looks from every byte, so that noise, an echo of
 * our own request, or somebody else's frame in front does not hide it.
 */
export function findReply(bytes: Uint8Array, shape: ReplyShape): FoundReply | null {
  for (let start = 0; start + exceptionLength <= bytes.length; start++) {
    if (bytes[start] !== shape.unit) continue;
    const isException = shape.refusals.includes(bytes[start + 1] ?? 0);
    const length = isException ? exceptionLength : shape.length;
    const end = start + length;
    if (end > bytes.length) continue;
    if (!isException && !beginsWith(bytes, start, shape.head)) continue;
    const sum = (bytes[end - 2] ?? 0) | ((bytes[end - 1] ?? 0) << 8);
    if (crc16(bytes, start, end - 2) === sum) return { frame: bytes.slice(start, end), start, isException };
  }
  return null;
}

function beginsWith(bytes: Uint8Array, start: number, head: Uint8Array): boolean {
  for (let i = 0; i < head.length; i++) if (bytes[start + i] !== head[i]) return false;
  return true;
}

/** Puts the check sum behind a frame's body, in place. */
export function sealFrame(frame: Uint8Array): Uint8Array {
  const sum = crc16(frame, 0, frame.length - 2);
  frame[frame.length - 2] = sum & 0xff;
  frame[frame.length - 1] = sum >>> 8;
  return frame;
}
