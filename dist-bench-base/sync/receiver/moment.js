const dayMs = 86_400_000;
/** Days from 1 March of year 0 to 1 January 1970. */
const daysBeforeEpoch = 719_468;
const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3})\d*)?Z$/;
/** RFC 3339 in UTC → ms since 1970. Null for anything else. Pure: only the clock's file touches Date. */
export function readMoment(text) {
    const match = pattern.exec(text);
    if (match === null)
        return null;
    const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
    const ms = Number((match[7] ?? '0').padEnd(3, '0'));
    return dayOf(year, month, day) * dayMs + ((hour * 60 + minute) * 60 + second) * 1_000 + ms;
}
/** Days since 1970; years begin in March, so that the leap day is the last of its year. */
function dayOf(year, month, day) {
    const marchYear = month <= 2 ? year - 1 : year;
    const fromMarch = (month + 9) % 12;
    const inYear = Math.floor((153 * fromMarch + 2) / 5) + day - 1;
    const leaps = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
    return marchYear * 365 + leaps + inYear - daysBeforeEpoch;
}
