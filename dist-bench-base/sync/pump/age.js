/** What is older is history: a centre shows it as such (design.md §6). */
const historicalMs = 60_000;
/** Null: nobody can say, because it was written before this start and one of both clocks was not to be believed. */
export function ageMs(row, now) {
    if (row.boot === now.boot)
        return Math.max(0, now.mono - row.mono);
    return now.trust === 'trusted' && row.clock !== 'untrusted' ? Math.max(0, now.wall - row.wall) : null;
}
/** What nobody can date is older than this start, and counts as history. */
export function isHistorical(row, now) {
    return (ageMs(row, now) ?? Infinity) > historicalMs;
}
