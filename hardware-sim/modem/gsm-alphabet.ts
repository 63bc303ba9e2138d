/** The 7-bit alphabet of GSM (3GPP TS 23.038, 6.2.1) for what a modem is given in it. The extension table is not known here. */

const alphabet =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** `skip`: septets in front that belong to a header. */
export function readSeptets(bytes: Uint8Array, count: number, skip: number): string {
  let text = '';
  for (let i = skip; i < count; i++) {
    const bit = i * 7;
    const low = bytes[bit >> 3] ?? 0;
    const high = bytes[(bit >> 3) + 1] ?? 0;
    text += alphabet.charAt((((high << 8) | low) >> (bit & 7)) & 0x7f);
  }
  return text;
}
