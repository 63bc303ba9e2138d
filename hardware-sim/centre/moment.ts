/** RFC 3339 in UTC, written and read without the product's code. Pure. */
import { must } from './read-json.js';

const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

const dayMs = 86_400_000;

/** Days from 1970-01-01 to that day of the Gregorian calendar; of years from 1970 on. */
function daysTo(year: number, month: number, day: number): number {
  // Counted from March, so that the leap day is the last of a year.
  const y = month <= 2 ? year - 1 : year;
  const m = month <= 2 ? month + 9 : month - 3;
  const days = 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return days + Math.floor((153 * m + 2) / 5) + day - 1 - 719_468;
}

/** Wall time, ms since 1970. Throws ShapeFault. */
export function wallOf(text: string, what: string): number {
  must(form.test(text), what);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.slice(0, 19).split(/[-T:]/).map(Number);
  must(month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 60, what);
  const ms = Math.floor(Number(`0.${/\.(\d+)Z$/.exec(text)?.[1] ?? '0'}`) * 1000);
  return daysTo(year, month, day) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
}

export function momentOf(wall: number): string {
  const days = Math.floor(wall / dayMs);
  const inDay = Math.floor(wall - days * dayMs);
  // The inverse of daysTo().
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * m + 2) / 5) + 1;
  const month = m < 10 ? m + 3 : m - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (count: number): string => String(count).padStart(2, '0');
  const clock = [inDay / 3_600_000, (inDay / 60_000) % 60, (inDay / 1000) % 60].map((each) => two(Math.floor(each)));
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return `${date}T${clock.join(':')}.${String(inDay % 1000).padStart(3, '0')}Z`;
}
