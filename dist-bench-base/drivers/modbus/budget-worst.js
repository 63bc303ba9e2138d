import { outputCosts } from './budget-requests.js';
import { lowerTurnEvery } from './line-queue.js';
/** For so many dead units the budget is counted. */
export const deadUnits = [0, 1, 2, 4];
/** A second look that has no answer within this time no longer holds an alarm back. */
const secondLookMaxMs = 1000;
/** No site may ask for a later sight of fire; a slow loop comes round no more often than this allows. */
const windowMs = 10_000;
/** The longest worst case of all points of class fire on the line, on-delay and all; 0 without any. */
export function slowestCaseMs(site, line, loops, assumed, dead) {
    const facts = factsOf(site, line, loops, assumed);
    const delays = new Map(site.points.map(({ id, class: of, onDelayMs }) => [id, of === 'fire' ? onDelayMs : null]));
    let slowest = 0;
    for (const loop of facts.fireLoops) {
        for (const [at, { points }] of loop.requests.entries()) {
            const worst = worstOf(facts, loop, at, dead);
            for (const id of points) {
                const delayMs = delays.get(id) ?? null;
                if (delayMs !== null)
                    slowest = Math.max(slowest, worst + delayMs);
            }
        }
    }
    return slowest;
}
/** The worst case of each point of class fire on the line. */
export function worstCases(site, line, loops, assumed) {
    const facts = factsOf(site, line, loops, assumed);
    const byId = new Map(site.points.map((point) => [point.id, point]));
    return facts.fireLoops.flatMap((loop) => loop.requests.flatMap(({ points }, at) => {
        const worst = { 0: 0, 1: 0, 2: 0, 4: 0 };
        for (const dead of deadUnits)
            worst[dead] = worstOf(facts, loop, at, dead);
        const firePoints = points.flatMap((id) => byId.get(id) ?? []).filter((point) => point.class === 'fire');
        return firePoints.map(({ id, onDelayMs }) => ({
            point: id,
            unit: loop.unit.id,
            worstMs: { 0: worst[0] + onDelayMs, 1: worst[1] + onDelayMs, 2: worst[2] + onDelayMs, 4: worst[4] + onDelayMs },
        }));
    }));
}
function factsOf(site, line, loops, assumed) {
    const all = loops.flatMap(({ requests }) => requests);
    const outputs = outputCosts(site, line, assumed);
    const lower = loops.flatMap(({ periodMs, requests }) => requests.filter(isLower).map((request) => ({ request, timesMax: timesMax(request, periodMs) })));
    return {
        inFlight: line.transport === 'serial' ? 1 : line.inFlight,
        hasSilence: line.transport === 'serial',
        fireLoops: loops.filter(({ requests }) => !requests.some(isLower)),
        lower: lower.sort((a, b) => b.request.exchangeMs - a.request.exchangeMs),
        longestMs: longest(all),
        longestFireMs: longest(all.filter((request) => !isLower(request))),
        // A silent unit is asked one question at a time, in turn any of its own; and its outputs are ordered.
        probeMs: Math.max(outputs.unansweredMs, ...all.map(({ unansweredMs }) => unansweredMs)),
        outputsMs: outputs.onceMs,
        unitCount: site.units.filter((unit) => unit.line === line.id).length,
        quarantineMs: line.quarantineMs,
    };
}
function worstOf(facts, loop, at, dead) {
    const { requests, periodMs } = loop;
    // The rest of this round, then the next one whole.
    const chain = [...requests.slice(at + 1), ...requests];
    const own = requests[at]?.exchangeMs ?? 0;
    const idleMs = comesRoundEarly(facts, loop, dead) ? Math.max(0, periodMs - own) : 0;
    // Where a question can come while another is under way, that one ends first, and then two probes fit in.
    const anytime = facts.hasSilence ? (idleMs > 0 ? 1 : 0) : chain.length;
    const probes = dead === 0 ? 0 : chain.length + anytime;
    const askedMs = sum(chain.map(({ exchangeMs }) => exchangeMs)) + anytime * facts.longestMs + probes * facts.probeMs;
    return (own +
        idleMs +
        askedMs +
        waitMs(facts, loop, chain.length, dead) +
        lowerTurnsMs(facts, loop, chain.length, probes) +
        facts.outputsMs +
        secondLookMs(facts, loop, dead));
}
/**
 * Can the unit's round end before its period is over, so that the next begins in the midst of what the line does then? Not
 * on a full line: whoever was just answered goes last, behind all the others that do not pause.
 */
function comesRoundEarly(facts, loop, dead) {
    const others = othersOf(facts, loop);
    const pausesMs = Math.max(0, ...others.map((other) => restMs(facts, other)));
    const costs = others.map(({ requests }) => Math.min(...requests.map(({ fastestMs }) => fastestMs)));
    const aliveMs = sum(costs.sort((a, b) => a - b).slice(0, Math.max(0, costs.length - dead)));
    const isShared = facts.inFlight === 1;
    const waitsMs = isShared ? Math.max(0, aliveMs - pausesMs - facts.longestFireMs) : 0;
    return loop.periodMs > sum(loop.requests.map(({ fastestMs }) => fastestMs)) + waitsMs;
}
/**
 * Waiting of `asked` fire questions of one unit for those of the others. Inside a class the longest unanswered question goes
 * first, so each other one goes before at most once. A unit that pauses (its own pause, its period) gives its turn to
 * others; but whoever paused then was served in that time before, so that either all others count, or the pause.
 */
function waitMs(facts, loop, asked, dead) {
    const others = othersOf(facts, loop);
    // Dead units ask nothing; at worst those are the cheapest ones, or no fire units at all.
    const deadFire = Math.max(0, dead - (facts.unitCount - facts.fireLoops.length));
    const costs = others
        .map((other) => ({ costMs: fireMs(other) / facts.inFlight, restMs: restMs(facts, other), other }))
        .sort((a, b) => a.costMs - b.costMs)
        .slice(deadFire);
    const allMs = sum(costs.map(({ costMs }) => costMs));
    const ownMs = pauseMs(facts, loop);
    // Who never pauses is always in the queue: nobody else slips in.
    if (ownMs === 0)
        return allMs;
    const pausedMs = (limitMs) => limitMs + facts.longestMs + facts.longestFireMs;
    // Where others ask several questions in a row, no more is known than this.
    if (costs.some(({ other }) => other.requests.length > 1))
        return allMs + asked * pausedMs(ownMs);
    // Those who pause longer than the limit are added in full; any limit gives a bound, the lowest one counts.
    const limits = [ownMs, ...costs.map((cost) => cost.restMs)].filter((limitMs) => limitMs >= ownMs);
    const bounds = limits.map((limitMs) => {
        const slowMs = sum(costs.filter((cost) => cost.restMs > limitMs).map(({ costMs }) => costMs));
        return slowMs + Math.max(allMs - slowMs, pausedMs(limitMs)) + (asked - 1) * pausedMs(limitMs);
    });
    return Math.min(...bounds);
}
/** The longest that the turns of the lower classes can take while the unit and everybody else is asked once; of this unit's
 * own ones each brings its pause with it. */
function lowerTurnsMs(facts, loop, asked, probes) {
    const others = othersOf(facts, loop).reduce((count, { requests }) => count + requests.length, 0);
    const turns = Math.ceil((others + asked + probes) / (lowerTurnEvery - 1));
    let leftTurns = turns;
    let sumMs = 0;
    for (const { request, timesMax: most } of facts.lower) {
        const taken = Math.min(leftTurns, most);
        if (taken <= 0)
            break;
        sumMs += taken * request.exchangeMs;
        leftTurns -= taken;
    }
    const own = facts.lower.filter(({ request }) => request.unit === loop.unit.id);
    const pauses = Math.min(own.length, turns);
    const crossMs = Math.max(loop.unit.interRequestMs, facts.quarantineMs) + facts.longestMs + facts.longestFireMs;
    return sumMs + pauses * crossMs;
}
/** On a troubled line the first alarm is read again before it counts; nothing but a sounder goes before that. */
function secondLookMs(facts, loop, dead) {
    if (dead === 0)
        return 0;
    const ownMs = pauseMs(facts, loop);
    // While the unit pauses, or where the line never rests, a probe may just have begun.
    const busyMs = ownMs > 0 || !facts.hasSilence ? Math.max(facts.longestMs, facts.probeMs) : 0;
    return Math.min(secondLookMaxMs, sum(loop.requests.map(({ exchangeMs }) => ownMs + busyMs + exchangeMs)));
}
/** How long a unit is left alone between two of its questions. Two different ones might be mixed up by a unit that answers
 * twice, so the line waits a quarantine between them until the unit has proven itself. */
function pauseMs({ quarantineMs }, { unit, requests }) {
    return requests.length > 1 ? Math.max(unit.interRequestMs, quarantineMs) : unit.interRequestMs;
}
/** From a unit's answer to its next question, at most. */
function restMs(facts, loop) {
    return Math.max(pauseMs(facts, loop), loop.periodMs);
}
function othersOf(facts, loop) {
    return facts.fireLoops.filter((other) => other !== loop);
}
function fireMs({ requests }) {
    return sum(requests.map(({ exchangeMs }) => exchangeMs));
}
function isLower(request) {
    return request.class !== 'fire';
}
function timesMax({ rate }, periodMs) {
    if (rate === 'fast')
        return Number.POSITIVE_INFINITY;
    return Number.isFinite(periodMs) ? 1 + Math.ceil(windowMs / periodMs) : 1;
}
function longest(requests) {
    return Math.max(0, ...requests.map(({ exchangeMs }) => exchangeMs));
}
function sum(values) {
    return values.reduce((total, value) => total + value, 0);
}
