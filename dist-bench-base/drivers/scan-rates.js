/** Shortest time from one look to the next, ms, by rate; a unit's own `minScanMs` may ask for more. Fast points are read
 * as often as line and unit allow: what is at stake is how late a fire is seen. */
export const scanPeriodMs = {
    fast: 0,
    normal: 5_000,
    slow: 60_000,
    once: Number.POSITIVE_INFINITY,
};
