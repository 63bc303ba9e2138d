/** RFC 3339 in UTC → wall time; the other way round is `mqtt/rfc3339.ts`. */
import { wallOfDay } from './mqtt/rfc3339.js';

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9})\d*)?)?Z$/;

/** Wall time in ms since 1970; null: it is not `YYYY-MM-DDThh:mm[:ss[.fraction]]Z`. Whether the day exists is the schema's to say. */
export function readMoment(text: string): number | null {
  const parts = pattern.exec(text);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const ms = Math.floor(Number(`0.${parts[7] ?? '0'}`) * 1000);
  return wallOfDay(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
}

/** The end of that day (`YYYY-MM-DD`, UTC). */
export function endOfDay(date: string): number {
  return readMoment(`${date}T24:00:00Z`) ?? 0;
}
