/** `'01 03'` → bytes, and back. */
export function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

export function hex(raw: Uint8Array): string {
  return Buffer.from(raw)
    .toString('hex')
    .toUpperCase()
    .replace(/..(?=.)/g, '$& ');
}
