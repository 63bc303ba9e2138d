/** From when to when a certificate is good. */
import { X509Certificate } from 'node:crypto';
import { wallOfDay } from './rfc3339.js';
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Of the first certificate of a PEM file; null: there is none in it. Never throws. */
export function certificateDates(pem) {
    try {
        const { validFrom, validTo } = new X509Certificate(pem);
        const beginsWall = wallOf(validFrom);
        const endsWall = wallOf(validTo);
        return beginsWall === null || endsWall === null ? null : { beginsWall, endsWall };
    }
    catch {
        return null;
    }
}
/** OpenSSL's `Nov  3 01:17:02 2026 GMT`. */
function wallOf(text) {
    const match = /^([A-Z][a-z]{2}) +([0-9]{1,2}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) ([0-9]{4}) GMT$/.exec(text);
    if (match === null)
        return null;
    const [, name = '', day, hour, minute, second, year] = match;
    const month = months.indexOf(name) + 1;
    if (month === 0)
        return null;
    const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
    return wallOfDay(Number(year), month, Number(day)) + seconds * 1_000;
}
