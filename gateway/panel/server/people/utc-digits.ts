/** Times of certificates, written and read without a clock. Pure. */
import { toRfc3339 } from '../../../../sync/mqtt/rfc3339.js';

/** `YYYYMMDDhhmmss` in UTC: texts that are in order as the times are. */
export function utcDigits(wall: number): string {
  return toRfc3339(wall).slice(0, 'YYYY-MM-DDThh:mm:ss'.length).replace(/[-T:]/g, '');
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** OpenSSL's `Nov  3 01:17:02 2026 GMT` in the same digits; null: it is none. */
export function digitsOfOpenssl(text: string): string | null {
  const [, name = '', day = '', hour, minute, second, year] =
    /^([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4}) GMT$/.exec(text) ?? [];
  const month = months.indexOf(name) + 1;
  return month === 0
    ? null
    : `${year}${String(month).padStart(2, '0')}${day.padStart(2, '0')}${hour}${minute}${second}`;
}
