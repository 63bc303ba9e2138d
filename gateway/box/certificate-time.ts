/** Times of certificates as OpenSSL prints them → wall time. Pure. */
import { readMoment } from '../../sync/read-moment.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Nov 30 14:00:00 2026 GMT` → ms since 1970; null: it is none. */
export function certificateWall(text: string | undefined): number | null {
  const [, name = '', day = '', time, year] =
    /^([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4}) GMT$/.exec(text ?? '') ?? [];
  const month = months.indexOf(name) + 1;
  const two = (value: string | number): string => String(value).padStart(2, '0');
  return month === 0 ? null : readMoment(`${year}-${two(month)}-${two(day)}T${time}Z`);
}
