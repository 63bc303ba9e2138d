/** Fields that PDUs of 3GPP TS 23.040 share, as the network's side reads and writes them. */

/** `+` for an international one (type 145); the length counts digits. */
export function writeNumber(number: string): readonly number[] {
  const digits = number.replace(/^\+/, '');
  return [digits.length, number.startsWith('+') ? 0x91 : 0x81, ...swapped(digits)];
}

/** A number and where it ends; null: the bytes end within it, or it has digits that are none. */
export function readNumber(bytes: Uint8Array, at: number): { readonly number: string; readonly end: number } | null {
  const [count, type] = [bytes[at], bytes[at + 1]];
  if (count === undefined || type === undefined) return null;
  const end = at + 2 + Math.ceil(count / 2);
  if (end > bytes.length) return null;
  const digits = [...bytes.subarray(at + 2, end)].map((byte) => `${digitOf(byte & 15)}${digitOf(byte >> 4)}`).join('');
  const isOdd = count % 2 === 1;
  if (!/^[0-9*#]*F?$/.test(digits) || digits.endsWith('F') !== isOdd) return null;
  return { number: `${(type & 0x70) === 0x10 ? '+' : ''}${digits.slice(0, count)}`, end };
}

/** `26-11-30 18:20:01` of a zone so many minutes ahead of UTC, as seven octets; the zone counts quarters of an hour. */
export function writeStamp(localText: string, zoneMin: number): readonly number[] {
  const parts = localText.match(/\d\d/g) ?? [];
  const quarters = Math.abs(zoneMin) / 15;
  const zone = bcdSwapped(quarters) | (zoneMin < 0 ? 0x08 : 0);
  return [...parts.slice(0, 6).map((part) => bcdSwapped(Number(part))), zone];
}

function bcdSwapped(value: number): number {
  return ((value % 10) << 4) | Math.floor(value / 10);
}

function swapped(digits: string): readonly number[] {
  const padded = digits.length % 2 === 0 ? digits : `${digits}F`;
  return (padded.match(/../g) ?? []).map((pair) => Number.parseInt(`${pair[1]}${pair[0]}`, 16));
}

function digitOf(value: number): string {
  return '0123456789*#abcF'.charAt(value);
}
