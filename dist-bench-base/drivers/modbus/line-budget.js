import { loopsOf } from './budget-requests.js';
import { deadUnits, slowestCaseMs, worstCases } from './budget-worst.js';
/** Vendors' papers say 5 to 15 ms; the run-time figure of each unit is its own diagnostic point. */
export const defaultAssumptions = { turnaroundMs: 15, hostMs: 0.5 };
/** The budget of one Modbus line. A line of devices that speak by themselves has none: see `hasBudget`. */
export function lineBudget(site, line, assumed = defaultAssumptions) {
    const loops = loopsOf(site, line, assumed);
    const requests = loops.flatMap((loop) => loop.requests);
    const worst = worstCases(site, line, loops, assumed);
    const slowAssumed = { ...assumed, turnaroundMs: Number.POSITIVE_INFINITY };
    const slow = worstCases(site, line, loopsOf(site, line, slowAssumed), slowAssumed);
    const fire = worst.map(({ point, unit, worstMs }, i) => ({
        point,
        unit,
        worstMs,
        atTimeoutMs: slow[i]?.worstMs ?? worstMs,
    }));
    return {
        line: line.id,
        assumed,
        unitCount: site.units.filter((unit) => unit.line === line.id).length,
        requests,
        loadPercent: loadPercent(line, loops),
        silentCostMs: Math.max(0, ...requests.map(({ unansweredMs }) => unansweredMs)),
        fire: fire.sort((a, b) => b.worstMs[1] - a.worstMs[1]),
    };
}
/** Only the one figure that decides: the slowest fire point of the line, with as many dead units as it must stand. */
export function decisiveMs(site, line, assumed = defaultAssumptions) {
    const unitCount = site.units.filter((unit) => unit.line === line.id).length;
    return slowestCaseMs(site, line, loopsOf(site, line, assumed), assumed, deadToStand({ unitCount }));
}
/** True for a line whose requests the gateway itself times. */
export function hasBudget(line) {
    return line.protocol === 'modbus';
}
/** How many dead units a line must stand: one, if it has more than one unit. */
export function deadToStand({ unitCount }) {
    return unitCount > 1 ? 1 : 0;
}
/** The longest of the worst cases of all fire points; 0 on a line without any. */
export function slowestMs(budget, dead) {
    return Math.max(0, ...budget.fire.map(({ worstMs }) => worstMs[dead]));
}
function loadPercent(line, loops) {
    const shares = loops.flatMap(({ periodMs, unit, requests }) => requests.map(({ rate, exchangeMs }) => {
        const everyMs = rate === 'fast' ? Math.max(line.fireDeadlineMs, unit.minScanMs) : periodMs;
        return exchangeMs / everyMs;
    }));
    const inFlight = line.transport === 'serial' ? 1 : line.inFlight;
    return (100 * shares.reduce((sum, share) => sum + share, 0)) / inFlight;
}
export { deadUnits };
