/** Times of certificates, written and read without a clock. Pure. */

const dayMs = 86_400_000;

/** `YYYYMMDDhhmmss` in UTC: texts that are in order as the times are. Of days since 1970 after Howard Hinnant, "chrono-compatible low-level date algorithms". */
export function utcDigits(wall: number): string {
  const days = Math.floor(wall / dayMs) + 719_468;
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const seconds = Math.floor((wall - Math.floor(wall / dayMs) * dayMs) / 1000);
  const two = (number: number): string => String(number).padStart(2, '0');
  const clock = `${two(Math.floor(seconds / 3600))}${two(Math.floor(seconds / 60) % 60)}${two(seconds % 60)}`;
  return `${String(year).padStart(4, '0')}${two(month)}${two(day)}${clock}`;
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
