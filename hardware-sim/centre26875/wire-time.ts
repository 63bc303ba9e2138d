/** Time tags: second, minute, hour, day, month, year of this century; plain binary in the standard, BCD on many platforms. */

export type TimeCoding = 'binary' | 'bcd';

export const timeBytes = 6;
const dayMs = 86_400_000;
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
  const local = wall + zoneMin * minuteMs;
  const days = Math.floor(local / dayMs);
  const seconds = Math.floor((local - days * dayMs) / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const { year, month, day } = dateOf(days);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return `${year}-${two(month)}-${two(day)} ${clock}`;
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

/** Days since 1970 as a date, counted from March so that the leap day is the last of its year. */
function dateOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const fromMarch = days + 719_468;
  const era = Math.floor(fromMarch / 146_097);
  const inEra = fromMarch - era * 146_097;
  const yearInEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - (365 * yearInEra + Math.floor(yearInEra / 4) - Math.floor(yearInEra / 100));
  const shifted = Math.floor((5 * inYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: era * 400 + yearInEra + (month <= 2 ? 1 : 0),
    month,
    day: inYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}
