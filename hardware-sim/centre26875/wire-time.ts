/** Time tags: second, minute, hour, day, month, year of this century; plain binary in the standard, BCD on many platforms. */
import { momentOf } from '../centre/moment.js';

export type TimeCoding = 'binary' | 'bcd';

export const timeBytes = 6;
const minuteMs = 60_000;

/** `2026-10-01 08:15:30`; null for six zeros; `?` and the bytes for what is no time. */
export function readTime(bytes: Uint8Array, coding: TimeCoding): string | null {
  if (bytes.every((byte) => byte === 0)) return null;
  const parts = [...bytes].map((byte) => (coding === 'bcd' ? bcd(byte) : byte));
  const [second = 99, minute = 99, hour = 99, day = 0, month = 0, year = 100] = parts;
  const isTime =
    second < 60 && minute < 60 && hour < 24 && day > 0 && month > 0 && month < 13 && day <= daysIn(year, month);
  if (!isTime || year > 99) return `?${Buffer.from(bytes).toString('hex')}`;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `20${two(year)}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** The six bytes of what `readTime` says; of anything else they are zero. */
export function writeTime(text: string | null, coding: TimeCoding): Uint8Array {
  if (text?.startsWith('?') === true) return Uint8Array.from(Buffer.from(text.slice(1), 'hex').subarray(0, timeBytes));
  const parts = /^20(\d\d)-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text ?? '')?.slice(1) ?? [];
  if (parts.length === 0) return new Uint8Array(timeBytes);
  return Uint8Array.from(parts.reverse(), (part) => Number.parseInt(part, coding === 'bcd' ? 16 : 10));
}

/** Local time of a zone so far east, as `readTime` writes it. */
export function localText(wall: number, zoneMin: number): string {
  return momentOf(wall + zoneMin * minuteMs)
    .slice(0, 19)
    .replace('T', ' ');
}

/** A byte whose digits are not decimal is no number below 100. */
function bcd(byte: number): number {
  const [high, low] = [byte >> 4, byte & 15];
  return high > 9 || low > 9 ? 100 : high * 10 + low;
}

/** `year` of this century. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
