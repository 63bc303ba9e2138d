/** Days of the local calendar as wall times. Asks for no time: the rules of the zone alone are looked up. */
/** `2024-05-01`; null for a text of another form and for a day that no calendar has. */
export function localDayOf(text) {
    const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
    if (match === null)
        return null;
    const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
    if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
        return null;
    return { year, month, day };
}
/** The same day so many months later, or the last one of that month where it is shorter. */
export function monthsLater({ year, month, day }, months) {
    const count = month - 1 + months;
    const later = { year: year + Math.floor(count / 12), month: (count % 12) + 1 };
    return { ...later, day: Math.min(day, daysIn(later.year, later.month)) };
}
/** Wall time, ms since 1970, at which the day begins in the zone of the box. */
export function midnightOf({ year, month, day }) {
    return new Date(year, month - 1, day).getTime();
}
function daysIn(year, month) {
    const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
