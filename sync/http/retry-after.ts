/** When a platform that answered 429 or 503 wants to be asked again (RFC 9110 §10.2.3). Pure. */
import { wallOfDay } from '../mqtt/rfc3339.js';

/** Longer than this no platform keeps us away. */
const waitMaxMs = 10 * 60_000;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** IMF-fixdate; the two older forms are not sent any more. */
const fixdate = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;

/** Wall time, ms since 1970; null: it is none. */
export function httpDateWall(text: string | null): number | null {
  const found = fixdate.exec(text?.trim() ?? '');
  if (found === null) return null;
  const [, day, name = '', year, hour, minute, second] = found;
  const month = months.indexOf(name) + 1;
  if (month === 0) return null;
  const inDayS = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return wallOfDay(Number(year), month, Number(day)) + inDayS * 1000;
}

/**
 * How long to wait, ms, at most 10 min; null: it does not say. A date is compared with the clock of whoever wrote it, where the answer has
 * one: ours may be wrong.
 */
export function retryAfterMs(text: string | null, date: string | null, wall: number): number | null {
  if (text === null) return null;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Math.min(waitMaxMs, Number(text) * 1000);
  const untilWall = httpDateWall(text);
  if (untilWall === null) return null;
  return Math.min(waitMaxMs, Math.max(0, untilWall - (httpDateWall(date) ?? wall)));
}
