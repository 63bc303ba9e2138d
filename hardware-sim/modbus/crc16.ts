/**
 * The check sum of Modbus RTU (Modbus over Serial Line V1.02 §6.2.2): start FFFF, polynomial A001, low byte first.
 * Written a second time on purpose: a mistake shared with the driver would be invisible.
 */
const polynomial = 0xa001;

/** What each byte does to a sum of 0. */
const steps = new Uint16Array(256);
for (let byte = 0; byte < steps.length; byte++) {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 1 ? (sum >>> 1) ^ polynomial : sum >>> 1;
  steps[byte] = sum;
}

/** Check sum of `bytes`, 0 to 65535. */
export function crc16(bytes: Uint8Array): number {
  return sumOf(bytes, bytes.length);
}

/** The frame as it travels: `body` and its check sum. */
export function withCrc(body: Uint8Array | readonly number[]): Uint8Array {
  const frame = new Uint8Array(body.length + 2);
  frame.set(body);
  return seal(frame);
}

/** Fills in the last two bytes of a frame. */
export function seal(frame: Uint8Array): Uint8Array {
  const bodyLength = frame.length - 2;
  const sum = sumOf(frame, bodyLength);
  frame[bodyLength] = sum & 0xff;
  frame[bodyLength + 1] = sum >>> 8;
  return frame;
}

/** True when the last two bytes are the check sum of the others. */
export function hasGoodCrc(frame: Uint8Array): boolean {
  const bodyLength = frame.length - 2;
  if (bodyLength < 1) return false;
  const sum = sumOf(frame, bodyLength);
  return frame[bodyLength] === (sum & 0xff) && frame[bodyLength + 1] === sum >>> 8;
}

function sumOf(bytes: Uint8Array, length: number): number {
  let sum = 0xffff;
  for (let at = 0; at < length; at++) sum = (sum >>> 8) ^ (steps[(sum ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return sum;
}
