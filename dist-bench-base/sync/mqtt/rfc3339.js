const dayMs = 86_400_000;
/** Days of 400 Gregorian years, after which the calendar repeats. */
const daysOfEra = 146_097;
/** Days from 1 March of year 0 to 1 January 1970. */
const daysBeforeEpoch = 719_468;
/** A wall time (ms since 1970, not before) as RFC 3339 in UTC with milliseconds. Pure: no file but the clock touches Date. */
export function toRfc3339(wallMs) {
    const ms = Math.floor(wallMs);
    const { year, month, day } = dateOf(Math.floor(ms / dayMs));
    const inDay = ms % dayMs;
    const hour = Math.floor(inDay / 3_600_000);
    const minute = Math.floor(inDay / 60_000) % 60;
    const second = Math.floor(inDay / 1_000) % 60;
    const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
    return `${date}T${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}.${digits(inDay % 1_000, 3)}Z`;
}
/** Midnight UTC of a day of the calendar, ms since 1970. @param month 1 to 12 */
export function wallOfDay(year, month, day) {
    const yearFromMarch = month <= 2 ? year - 1 : year;
    const era = Math.floor(yearFromMarch / 400);
    const yearOfEra = yearFromMarch - era * 400;
    const inYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
    const inEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + inYear;
    return (era * daysOfEra + inEra - daysBeforeEpoch) * dayMs;
}
/** Counts years from 1 March, so that the leap day is the last of its year. */
function dateOf(daysSince1970) {
    const days = daysSince1970 + daysBeforeEpoch;
    const era = Math.floor(days / daysOfEra);
    const inEra = days - era * daysOfEra;
    const leaps = Math.floor(inEra / 1_460) - Math.floor(inEra / 36_524) + Math.floor(inEra / 146_096);
    const yearOfEra = Math.floor((inEra - leaps) / 365);
    const inYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
    const monthFromMarch = Math.floor((5 * inYear + 2) / 153);
    const day = inYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
    const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    return { year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day };
}
function digits(value, count) {
    return String(value).padStart(count, '0');
}
