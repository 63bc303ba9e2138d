import { scanPeriodMs } from '../scan-rates.js';
import { charMs, replyBytes, requestBytes, silenceMs, writeReplyBytes } from './line-timing.js';
import { isInside, planReads } from './read-plan.js';
const rates = ['fast', 'normal', 'slow', 'once'];
/** All loops of a line, unit by unit. */
export function loopsOf(site, line, assumed) {
    const pointsOf = new Map();
    for (const unit of site.units)
        if (unit.line === line.id)
            pointsOf.set(unit.id, []);
    for (const point of site.points) {
        if (point.source.kind === 'register')
            pointsOf.get(point.source.device)?.push({ point, source: point.source });
    }
    return site.units.flatMap((unit) => unitLoops(line, unit, pointsOf.get(unit.id) ?? [], assumed));
}
/** What the outputs of a line cost: one write and one look each with the pauses that their units want, and the longest of
 * these when nobody answers. Zeros where no output is on the line. */
export function outputCosts(site, line, assumed) {
    let onceMs = 0;
    let longestMs = 0;
    for (const { target } of site.outputs) {
        const isHere = (unit) => target.kind === 'unit' && unit.id === target.device;
        const unit = site.units.find((each) => isHere(each) && each.line === line.id);
        if (target.kind !== 'unit' || unit === undefined)
            continue;
        for (const reply of [writeReplyBytes, replyBytes(target.readBack.table, 1)]) {
            onceMs += exchangeMs(line, unit, reply, assumed);
            longestMs = Math.max(longestMs, unansweredMs(line, unit, reply, assumed));
        }
        onceMs += unit.afterWriteMs + unit.interRequestMs;
    }
    return { onceMs, unansweredMs: longestMs };
}
function unitLoops(line, unit, points, assumed) {
    const atRate = (rate) => points.filter(({ source }) => source.scan === rate);
    const split = rates.map((rate) => ({ rate, ...byUrgency(atRate(rate), unit) }));
    const loopOf = (rate, own) => {
        if (own.length === 0)
            return [];
        const requests = blocksOf(own, unit).map((block) => requestOf(line, unit, rate, block, own, assumed));
        return [{ unit, periodMs: Math.max(scanPeriodMs[rate], unit.minScanMs), requests }];
    };
    return [
        ...split.flatMap(({ rate, fire }) => loopOf(rate, fire)),
        ...split.flatMap(({ rate, others }) => loopOf(rate, others)),
    ];
}
/** As a unit is scanned (modbus-device.ts): what travels in one block with a fire point, and the rest. */
function byUrgency(points, unit) {
    const fireBlocks = blocksOf(points, unit).filter((block) => points.some(({ point, source }) => point.class === 'fire' && isInside(source, block)));
    const isFire = ({ source }) => fireBlocks.some((block) => isInside(source, block));
    return { fire: points.filter(isFire), others: points.filter((each) => !isFire(each)) };
}
function blocksOf(points, unit) {
    return planReads(points.map(({ source }) => source), unit.limits);
}
function requestOf(line, unit, rate, block, points, assumed) {
    const inside = points.filter(({ source }) => isInside(source, block));
    const reply = replyBytes(block.table, block.count);
    return {
        unit: unit.id,
        address: unit.address,
        table: block.table,
        register: block.address,
        count: block.count,
        rate,
        class: classOf(inside, rate),
        points: inside.map(({ point }) => point.id),
        wireMs: (requestBytes + reply) * charMs(line.format),
        exchangeMs: exchangeMs(line, unit, reply, assumed),
        fastestMs: 2 * wireSilenceMs(line) + (requestBytes + reply) * charMs(line.format),
        unansweredMs: unansweredMs(line, unit, reply, assumed),
    };
}
function classOf(points, rate) {
    if (points.some(({ point }) => point.class === 'fire'))
        return 'fire';
    if (rate === 'once')
        return 'identity';
    return points.some(({ source }) => source.states !== null) ? 'state' : 'analog';
}
/** Longest wait for the first byte of a reply: the unit's own limit, bounded by the line's. */
function patienceMs(line, unit) {
    return Math.min(unit.responseTimeoutMs, line.timeoutMs);
}
function exchangeMs(line, unit, reply, assumed) {
    const gapMs = wireSilenceMs(line);
    // No unit on a wire may answer before the silence that ends the request.
    const turnaroundMs = Math.max(gapMs, Math.min(assumed.turnaroundMs, patienceMs(line, unit)));
    return gapMs + (requestBytes + reply) * charMs(line.format) + turnaroundMs + assumed.hostMs;
}
function unansweredMs(line, unit, reply, assumed) {
    const wireMs = (requestBytes + reply) * charMs(line.format);
    // Answers on Modbus TCP carry numbers: a late one can not be mistaken, and nobody waits for it.
    const quietMs = line.transport === 'tcp' ? 0 : line.quarantineMs;
    return wireSilenceMs(line) + wireMs + patienceMs(line, unit) + quietMs + assumed.hostMs;
}
/** Behind a serial server the silence costs the same time; the server keeps it. */
function wireSilenceMs(line) {
    if (line.transport === 'serial')
        return silenceMs(line);
    return line.format === null
        ? 0
        : silenceMs({ ...line, transport: 'serial', path: '', format: line.format, rs485: null });
}
