/**
 * Public keys of Ed25519 that are no keys: points of small order, under which signatures of anything can be made up by whoever tries a
 * few times. All zeros, the placeholder that people write, is one of them. The list is of the curve (RFC 7748 §7, RFC 8032 §5.1.7;
 * libsodium's ed25519 refuses the same).
 */
const smallOrder: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);
const lastByte = 31;

/** @param base64 of 32 bytes. The sign of x, the topmost bit, is left out. */
export function isWeakKey(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  bytes.writeUInt8(bytes.readUInt8(lastByte) & 0x7f, lastByte);
  return smallOrder.has(bytes.toString('hex'));
}
