/** Fields that the PDUs of 3GPP TS 23.040 share: hexadecimal digits, numbers, times, texts. Pure; hostile bytes give null, never an error. */
import { wallOf } from './civil-time.js';

/** GSM 7-bit default alphabet, TS 23.038 6.2.1; the escape to its extension is a blank. */
const gsm7 =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const septetBits = 7;
const internationalType = 0x91;
const nationalType = 0x81;
/** Type of number `alphanumeric`, in bits 4 to 6. */
const alphanumeric = 0x50;
const typeMask = 0x70;
const timeBytes = 7;
/** A service centre of this century. */
const century = 2000;
const quarterMs = 15 * 60_000;

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

/** Null: no hexadecimal text, or longer than `maxBytes`. */
export function bytesOfHex(text: string, maxBytes: number): Uint8Array | null {
  if (text.length % 2 !== 0 || text.length > 2 * maxBytes || !/^[0-9A-Fa-f]*$/.test(text)) return null;
  return Buffer.from(text, 'hex');
}

/** Length in digits, type, swapped digits: TS 23.040 9.1.2.5. */
export function addressBytes(number: string): readonly number[] {
  const digits = number.replace('+', '');
  const type = number.startsWith('+') ? internationalType : nationalType;
  return [digits.length, type, ...swappedDigits(digits)];
}

/** Of a service centre: its length counts octets. */
export function centreBytes(number: string | null): readonly number[] {
  if (number === null) return [0];
  const [, ...rest] = addressBytes(number);
  return [rest.length, ...rest];
}

function swappedDigits(digits: string): number[] {
  const even = digits.length % 2 === 0 ? digits : `${digits}F`;
  return (even.match(/../g) ?? []).map(([first = '', second = '']) => Number.parseInt(second + first, 16));
}

export interface ReadAddress {
  readonly number: string;
  /** Octets that it took. */
  readonly length: number;
}

export function readAddress(bytes: Uint8Array, at: number): ReadAddress | null {
  const digits = bytes[at];
  const type = bytes[at + 1];
  if (digits === undefined || type === undefined) return null;
  const octets = Math.ceil(digits / 2);
  const body = bytes.subarray(at + 2, at + 2 + octets);
  if (body.length < octets) return null;
  if ((type & typeMask) === alphanumeric) {
    const number = septets(body, Math.floor((digits * 4) / septetBits), 0);
    return { number, length: 2 + octets };
  }
  const plus = (type & typeMask) === (internationalType & typeMask) ? '+' : '';
  const swapped = [...body].map((octet) => `${digit(octet & 0xf)}${digit(octet >> 4)}`).join('');
  return { number: plus + swapped.slice(0, digits), length: 2 + octets };
}

function digit(nibble: number): string {
  return '0123456789*#abc'[nibble] ?? '';
}

/** Wall time of seven octets, ms since 1970; null: no such time. */
export function readTime(bytes: Uint8Array, at: number): number | null {
  const field = bytes.subarray(at, at + timeBytes);
  if (field.length < timeBytes) return null;
  const [short = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = [...field].map(
    (octet) => (octet & 0xf) * 10 + (octet >> 4),
  );
  const local = wallOf({ year: century + short, month, day, hour, minute, second });
  const zone = field[timeBytes - 1] ?? 0;
  // Bit 3 of the low nibble is the sign; the rest are quarters of an hour.
  const quarters = ((zone & 0x7) * 10 + (zone >> 4)) * ((zone & 0x8) === 0 ? 1 : -1);
  return local === null ? null : local - quarters * quarterMs;
}

export const timeLength = timeBytes;

/** `count` characters of seven bits, beginning `skipBits` behind the start. */
export function septets(bytes: Uint8Array, count: number, skipBits: number): string {
  let text = '';
  for (let n = 0; n < count; n++) {
    const bit = skipBits + n * septetBits;
    const low = bytes[bit >> 3];
    if (low === undefined) break;
    const high = bytes[(bit >> 3) + 1] ?? 0;
    text += gsm7[((low | (high << 8)) >> (bit & 7)) & 0x7f] ?? ' ';
  }
  return text;
}

/** Letters, digits and marks that are the same in ASCII and in the default alphabet. */
export function isPlainAscii(text: string): boolean {
  return /^[A-Za-z0-9 !"#%&'()*+,\-./:;<=>?\r\n]*$/.test(text);
}

/** Only for `isPlainAscii` texts. */
export function packedSeptets(text: string): Uint8Array {
  const packed = new Uint8Array(Math.ceil((text.length * septetBits) / 8));
  for (let n = 0; n < text.length; n++) {
    const bit = n * septetBits;
    const code = text.charCodeAt(n) << (bit & 7);
    const at = bit >> 3;
    packed[at] = (packed[at] ?? 0) | (code & 0xff);
    if (at + 1 < packed.length) packed[at + 1] = (packed[at + 1] ?? 0) | (code >> 8);
  }
  return packed;
}

export function ucs2Bytes(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le').swap16();
}

export function ucs2Text(bytes: Uint8Array): string {
  const whole = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return whole.swap16().toString('utf16le');
}
