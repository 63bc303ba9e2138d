/** Whole answers in bytes that nobody waited for: who speaks here, whatever was asked. Pure. */
import { crc16 } from './frame.js';

const refusalBytes = 5;
const headBytes = 3;
const crcBytes = 2;
const registersMaxBytes = 250;
const lastReadFunction = 4;
const refusalBit = 0x80;

/** Addresses of units whose answers to reads (values or refusals) stand in `bytes`, in their order; each as often as it answers. */
export function overheard(bytes: Uint8Array): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at + refusalBytes <= bytes.length; at++) {
    const length = answerBytes(bytes, at);
    if (length === null || at + length > bytes.length) continue;
    const end = at + length - crcBytes;
    const sum = (bytes[end] ?? 0) | ((bytes[end + 1] ?? 0) << 8);
    if (crc16(bytes, at, end) !== sum) continue;
    found.push(bytes[at] ?? 0);
    at += length - 1;
  }
  return found;
}

/** How long an answer that begins here would be; null: none begins here. */
function answerBytes(bytes: Uint8Array, at: number): number | null {
  const functionCode = bytes[at + 1] ?? 0;
  const plain = functionCode & ~refusalBit;
  if (functionCode === refusalBit || (functionCode > refusalBit && plain <= lastReadFunction)) return refusalBytes;
  if (plain < 1 || plain > lastReadFunction || functionCode !== plain) return null;
  const byteCount = bytes[at + 2] ?? 0;
  return byteCount >= 1 && byteCount <= registersMaxBytes ? headBytes + byteCount + crcBytes : null;
}
