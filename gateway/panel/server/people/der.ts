/** As much of DER (ITU-T X.690) as one certificate needs: values nested in values, each with its tag and its length. Pure. */
import { utcDigits } from './utc-digits.js';

const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

function value(tagByte: number, content: Uint8Array): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tagByte, length]), content]);
  const bytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return Buffer.concat([Buffer.from([tagByte, 0x80 | bytes.length, ...bytes]), content]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => value(tag.sequence, Buffer.concat(parts));
export const set = (...parts: readonly Uint8Array[]): Buffer => value(tag.set, Buffer.concat(parts));
export const boolean = (is: boolean): Buffer => value(tag.boolean, Buffer.from([is ? 0xff : 0]));
export const octetString = (content: Uint8Array): Buffer => value(tag.octetString, content);
export const utf8 = (text: string): Buffer => value(tag.utf8, Buffer.from(text, 'utf8'));

/** `unusedBits`: at the end of the last byte. */
export const bitString = (content: Uint8Array, unusedBits = 0): Buffer =>
  value(tag.bitString, Buffer.concat([Buffer.from([unusedBits]), content]));

/** A positive whole number, big end first; in as few bytes as it needs. */
export function integer(bytes: Uint8Array): Buffer {
  const from = bytes.findIndex((byte) => byte !== 0);
  const least = from < 0 ? Buffer.from([0]) : Buffer.from(bytes.subarray(from));
  const isNegative = ((least[0] ?? 0) & 0x80) !== 0;
  return value(tag.integer, isNegative ? Buffer.concat([Buffer.from([0]), least]) : least);
}

/** `1.2.840.10045.4.3.2` */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return value(tag.objectId, Buffer.from([first * 40 + second, ...others.flatMap(base128)]));
}

function base128(number: number): readonly number[] {
  const bytes = [number % 128];
  for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift(0x80 | (left % 128));
  return bytes;
}

/** `[number]` around whole values. */
export const explicit = (number: number, content: Uint8Array): Buffer => value(0xa0 | number, content);
/** `[number]` in place of the tag of a plain value. */
export const implicit = (number: number, content: Uint8Array): Buffer => value(0x80 | number, content);

/** A time of a certificate, to the second: two digits of the year through 2049, four from then on (RFC 5280 4.1.2.5). */
export function time(wall: number): Buffer {
  const text = utcDigits(wall);
  const is2Digits = text >= '1950' && text < '2050';
  const digits = `${is2Digits ? text.slice(2) : text}Z`;
  return value(is2Digits ? tag.utcTime : tag.generalizedTime, Buffer.from(digits, 'ascii'));
}
