/** The six bytes of a time: second, minute, hour, day, month, year. Plain numbers in the standard, decimal digits with some platforms. */
import type { GbCoding } from './coding.js';
import type { GbTime } from './frame-types.js';

export const timeBytes = 6;

const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Null: all zero, as some units send it, or no time that there is. */
export function readTime(bytes: Uint8Array, at: number, coding: GbCoding['timeCoding']): GbTime | null {
  const [second, minute, hour, day, month, year] = [0, 1, 2, 3, 4, 5].map((i) => {
    const byte = bytes[at + i] ?? -1;
    if (coding === 'binary') return byte;
    return byte >> 4 > 9 || (byte & 0x0f) > 9 ? -1 : (byte >> 4) * 10 + (byte & 0x0f);
  }) as [number, number, number, number, number, number];
  const time = { second, minute, hour, day, month, year };
  return isTime(time) ? time : null;
}

/** Null is written as all zero. Throws RangeError for a time that there is not. */
export function writeTime(bytes: Uint8Array, at: number, time: GbTime | null, coding: GbCoding['timeCoding']): void {
  if (time === null) {
    bytes.fill(0, at, at + timeBytes);
    return;
  }
  if (!isTime(time)) throw new RangeError(`time: there is no such one: ${JSON.stringify(time).slice(0, 120)}`);
  const { second, minute, hour, day, month, year } = time;
  bytes.set(
    [second, minute, hour, day, month, year].map((n) => (coding === 'binary' ? n : Math.floor(n / 10) * 16 + (n % 10))),
    at,
  );
}

/** Local time of that moment; null outside 2000 to 2099. `wall`: ms since 1970; `offsetMin`: how far local time is ahead of UTC. */
export function gbTimeOf(wall: number, offsetMin: number): GbTime | null {
  const local = Math.floor(wall / 1000) + offsetMin * 60;
  const [second, minute, hour] = [mod(local, 60), mod(Math.floor(local / 60), 60), mod(Math.floor(local / 3600), 24)];
  // Days since 1 March 2000: a leap day is then the last of its year.
  const days = Math.floor(local / 86_400) - 11_017;
  const marchYear = Math.floor((days + 0.75) / 365.25);
  const dayOfYear = days - Math.floor(marchYear * 365.25);
  const fromMarch = Math.floor((dayOfYear * 5 + 2) / 153);
  const day = dayOfYear - Math.floor((fromMarch * 153 + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const time = { second, minute, hour, day, month, year: month < 3 ? marchYear + 1 : marchYear };
  return isTime(time) ? time : null;
}

/** The moment of a local time, ms since 1970. */
export function wallOfGbTime({ second, minute, hour, day, month, year }: GbTime, offsetMin: number): number {
  const marchYear = month < 3 ? year - 1 : year;
  const fromMarch = (month + 9) % 12;
  const days = Math.floor(marchYear * 365.25) + Math.floor((fromMarch * 153 + 2) / 5) + day - 1;
  return ((days + 11_017) * 86_400 + (hour * 60 + minute - offsetMin) * 60 + second) * 1000;
}

function isTime({ second, minute, hour, day, month, year }: GbTime): boolean {
  const isIn = (value: number, min: number, max: number): boolean =>
    Number.isInteger(value) && value >= min && value <= max;
  if (!(isIn(second, 0, 59) && isIn(minute, 0, 59) && isIn(hour, 0, 23) && isIn(month, 1, 12) && isIn(year, 0, 99))) {
    return false;
  }
  const isShort = month === 2 && year % 4 !== 0;
  return isIn(day, 1, isShort ? 28 : (daysOfMonth[month - 1] ?? 0));
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
