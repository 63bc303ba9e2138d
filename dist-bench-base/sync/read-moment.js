/** RFC 3339 in UTC → wall time. The other way round: `mqtt/rfc3339.ts`. Pure: no file but the clock touches Date. */
const dayMs = 86_400_000;
/** Days of 400 Gregorian years, after which the calendar repeats. */
const daysOfEra = 146_097;
/** Days from 1 March of year 0 to 1 January 1970. */
const daysBeforeEpoch = 719_468;
const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9})\d*)?)?Z$/;
/** Wall time in ms since 1970; null: it is not `YYYY-MM-DDThh:mm[:ss[.fraction]]Z`. Whether the day exists is the schema's to say. */
export function readMoment(text) {
    const parts = pattern.exec(text);
    if (parts === null)
        return null;
    const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
    const days = daysSince1970(year ?? 0, month ?? 0, day ?? 0);
    const fraction = Math.floor(Number(`0.${parts[7] ?? '0'}`) * 1000);
    return days * dayMs + (((hour ?? 0) * 60 + (minute ?? 0)) * 60 + (second ?? 0)) * 1000 + fraction;
}
/** The end of that day (`YYYY-MM-DD`, UTC). */
export function endOfDay(date) {
    return (readMoment(`${date}T00:00:00Z`) ?? 0) + dayMs;
}
/** Counts years from 1 March, so that the leap day is the last of its year. */
function daysSince1970(year, month, day) {
    const shifted = month <= 2 ? year - 1 : year;
    const era = Math.floor(shifted / 400);
    const inEra = shifted - era * 400;
    const inYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
    return era * daysOfEra + inEra * 365 + Math.floor(inEra / 4) - Math.floor(inEra / 100) + inYear - daysBeforeEpoch;
}
