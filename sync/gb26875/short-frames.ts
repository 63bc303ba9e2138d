/**
 * Short frames beside the standard: a server of 赋安 (FSCN8001) takes and gives these 19 bytes instead of empty ones, every 10 s. Seen on
 * the wire only; the byte before the end mark follows no sum of the standard, so only the two that were seen are sent.
 */

const middle = [0x00, 0x01, 0x05, ...Array.from({ length: 10 }, () => 0)] as const;

export const shortBytes = 19;
/** Sign of life, and the answer to it. */
export const shortCodes = { keepAlive: 0x88, reply: 0x01 } as const;

const sums: ReadonlyMap<number, number> = new Map([
  [shortCodes.keepAlive, 0x7d],
  [shortCodes.reply, 0xb8],
]);

export function encodeShort(what: keyof typeof shortCodes): Uint8Array {
  const code = shortCodes[what];
  return Uint8Array.from([0x40, 0x40, code, ...middle, sums.get(code) ?? 0, 0x23, 0x23]);
}

/** Its code, if these bytes begin with a whole one; the sum is not looked at where nobody has seen it. Null: they do not. */
export function shortCodeAt(bytes: Uint8Array, at: number): number | null {
  const code = bytes[at + 2];
  if (code === undefined || !middle.every((byte, i) => bytes[at + 3 + i] === byte)) return null;
  const sum = sums.get(code);
  if (sum !== undefined && bytes[at + 16] !== sum) return null;
  return bytes[at + 17] === 0x23 && bytes[at + 18] === 0x23 ? code : null;
}
