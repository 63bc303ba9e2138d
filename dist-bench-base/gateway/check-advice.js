import { deadToStand, deadUnits, decisiveMs, slowestMs, } from '../drivers/modbus/line-budget.js';
/** Usual rates; one that a model of the line is known not to have is not proposed. */
const bauds = [9600, 19_200, 38_400, 57_600, 115_200];
/** A site file may ask for no later sight of fire (config: fire_deadline_ms). */
const deadlineMaxMs = 10_000;
const deadlineStepMs = 100;
const inFlightMax = 8;
/** A box has no more serial devices than this. */
const linesMax = 8;
/** Shorter than this a time-out and its quarantine are not set. */
const patienceMinMs = 100;
const patienceStepMs = 10;
/** Slow units that are named one by one; of the others their count is told. */
const namedMax = 8;
/** A unit that reads more than this in class fire is worth a look at its points. */
const manyRegisters = 8;
/** Choices for a line whose fire points are seen too late, the most useful first. */
export function budgetAdvice(site, line, budget) {
    const choices = [
        fasterWire(site, line),
        moreInFlight(site, line),
        ownLine(site, line) ?? secondLine(site, line),
        lessPatience(site, line, budget),
        fewerRegisters(budget),
        laterDeadline(line, budget),
    ].filter((choice) => choice !== null);
    if (choices.length === 0) {
        return {
            zh: '改 line 的参数或把设备分到几条线路上都不够；减少每条线路上的设备',
            en: 'no single change is enough; put far fewer units on the line',
        };
    }
    return {
        zh: `任选其一：${choices.map(({ zh }) => zh).join('；')}`,
        en: `choose one: ${choices.map(({ en }) => en).join('; ')}`,
    };
}
/** `1.9 s` */
export function secondsOf(ms) {
    return Number.isFinite(ms) ? `${(Math.ceil(ms / 10) / 100).toFixed(2)} s` : '∞';
}
/** The longest of a point's worst cases with up to so many dead units: more of them can be quicker, for they are asked less. */
export function upToMs(worst, dead) {
    return Math.max(...deadUnits.filter((count) => count <= dead).map((count) => worst[count]));
}
function worstMs(site, line) {
    const lines = site.lines.map((each) => (each.id === line.id ? line : each));
    return decisiveMs({ ...site, lines }, line);
}
function isFit(site, line) {
    return worstMs(site, line) <= line.fireDeadlineMs;
}
function fasterWire(site, line) {
    const { format } = line;
    if (format === null)
        return null;
    const models = unitsOf(site, line).map(({ model }) => model?.bauds ?? null);
    for (const baud of bauds) {
        if (baud <= format.baud || models.some((known) => known?.includes(baud) === false))
            continue;
        const changed = { ...line, format: { ...format, baud } };
        if (!isFit(site, changed))
            continue;
        const seen = secondsOf(worstMs(site, changed));
        return models.includes(null)
            ? {
                zh: `全线改为 baud: ${baud}（${seen}，设备都支持时）`,
                en: `baud: ${baud} on the whole line (${seen}, where all units can)`,
            }
            : { zh: `全线改为 baud: ${baud}（${seen}）`, en: `baud: ${baud} on the whole line (${seen})` };
    }
    return null;
}
function moreInFlight(site, line) {
    if (line.transport !== 'tcp')
        return null;
    for (let inFlight = line.inFlight + 1; inFlight <= inFlightMax; inFlight++) {
        const changed = { ...line, inFlight };
        if (!isFit(site, changed))
            continue;
        const seen = secondsOf(worstMs(site, changed));
        return { zh: `in_flight: ${inFlight}（${seen}）`, en: `in_flight: ${inFlight} (${seen})` };
    }
    return null;
}
function unitsOf(site, line) {
    return site.units.filter((unit) => unit.line === line.id);
}
/** The site without these units on the line, and these alone on one with the same settings. */
function isFitApart(site, line, moved) {
    const kept = site.units.filter((unit) => !moved.includes(unit));
    return isFit({ ...site, units: kept }, line) && isFit({ ...site, units: moved }, line);
}
/** The one unit that costs so much time that the others are quick enough without it. Units of one model cost the same. */
function ownLine(site, line) {
    const units = unitsOf(site, line);
    if (units.length < 2)
        return null;
    const models = new Map(units.map((unit) => [unit.profileId, unit]));
    const [most] = [...models.values()]
        .filter((unit) => isFitApart(site, line, [unit]))
        .map((unit) => ({ unit, seenMs: worstMs({ ...site, units: site.units.filter((each) => each !== unit) }, line) }))
        .sort((a, b) => a.seenMs - b.seenMs);
    if (most === undefined)
        return null;
    const [id, seen] = [most.unit.id, secondsOf(most.seenMs)];
    return {
        zh: `最费时间的是 ${id}，把它移到另一条线路（${seen}）`,
        en: `${id} costs the most time: move it to another line (${seen})`,
    };
}
/** Part of the units with fire points go to another line with the same settings, or to several. */
function secondLine(site, line) {
    const fireDevices = new Set(site.points.flatMap(({ class: of, source }) => of === 'fire' && source.kind === 'register' ? [source.device] : []));
    const here = site.units.filter((unit) => unit.line === line.id);
    const units = here.filter(({ id }) => fireDevices.has(id));
    const others = here.filter(({ id }) => !fireDevices.has(id));
    const fits = (fire, rest) => isFit({ ...site, units: [...fire, ...rest] }, line);
    const isEnough = (moved) => fits(units.slice(0, units.length - moved), others) && fits(units.slice(units.length - moved), []);
    const half = Math.floor(units.length / 2);
    if (half === 0)
        return null;
    if (isEnough(half)) {
        // More units never make a line faster, so that halving finds the smallest count.
        let tooFew = 0;
        let enough = half;
        while (enough - tooFew > 1) {
            const middle = Math.floor((enough + tooFew) / 2);
            if (isEnough(middle))
                enough = middle;
            else
                tooFew = middle;
        }
        return {
            zh: `把 ${enough} 台设备移到第二条线路`,
            en: `move ${enough} unit${enough === 1 ? '' : 's'} to a second line`,
        };
    }
    for (let count = 3; count <= linesMax; count++) {
        const each = Math.ceil(units.length / count);
        if (!fits(units.slice(0, each), others))
            continue;
        return {
            zh: `把设备分到 ${count} 条线路上，每条最多 ${each} 台`,
            en: `spread the units over ${count} lines, at most ${each} on each`,
        };
    }
    return null;
}
/** A shorter time-out and quarantine, but never less than what the slowest unit of the line needs: such a file is refused. */
function lessPatience(site, line, budget) {
    if (deadToStand(budget) === 0)
        return null;
    const units = unitsOf(site, line);
    const neededMs = Math.max(0, ...units.map(slowestReplyMs));
    const sumMs = enoughPatienceMs(site, line);
    if (sumMs === null)
        return null;
    if (sumMs >= neededMs) {
        return {
            zh: `timeout_ms 与 quarantine_ms 之和减到 ${sumMs}（最慢的设备要 ${neededMs}）`,
            en: `timeout_ms and quarantine_ms of together ${sumMs} (the slowest unit needs ${neededMs})`,
        };
    }
    const slow = units.filter((unit) => slowestReplyMs(unit) > sumMs);
    const rest = { ...site, units: site.units.filter((unit) => !slow.includes(unit)) };
    // Told already as the one unit that costs the most time.
    if (slow.length === 1 && isFit(rest, line))
        return null;
    const restMs = slow.length === units.length ? null : enoughPatienceMs(rest, line);
    const othersMs = Math.max(0, ...unitsOf(rest, line).map(slowestReplyMs));
    if (restMs === null || restMs < othersMs)
        return null;
    const names = slow.slice(0, namedMax).map(({ id }) => id);
    const more = slow.length - names.length;
    const [moreZh, moreEn] = more === 0 ? ['', ''] : [` 等共 ${slow.length} 台`, ` and ${more} more`];
    return {
        zh: `${names.join('、')}${moreZh} 应答慢（${neededMs} ms），移到另一条线路，本线路 timeout_ms 与 quarantine_ms 之和减到 ${restMs}`,
        en: `${names.join(', ')}${moreEn} may take ${neededMs} ms to answer: on another line, and timeout_ms and quarantine_ms of together ${restMs} here`,
    };
}
function slowestReplyMs({ model, responseTimeoutMs }) {
    return model?.slowestReplyMs ?? responseTimeoutMs;
}
/** The longest time-out and quarantine together with which the line is quick enough, in steps; null when none is. */
function enoughPatienceMs(site, line) {
    const nowMs = line.timeoutMs + line.quarantineMs;
    const isEnough = (steps) => {
        const share = (steps * patienceStepMs) / nowMs;
        return isFit(site, { ...line, timeoutMs: line.timeoutMs * share, quarantineMs: line.quarantineMs * share });
    };
    let enough = patienceMinMs / patienceStepMs;
    let tooMany = Math.ceil(nowMs / patienceStepMs);
    if (tooMany <= enough || !isEnough(enough))
        return null;
    while (tooMany - enough > 1) {
        const middle = Math.floor((enough + tooMany) / 2);
        if (isEnough(middle))
            enough = middle;
        else
            tooMany = middle;
    }
    return enough * patienceStepMs;
}
/** No figure of gain, because it is the profile that says what must be read: but who reads most. */
function fewerRegisters(budget) {
    const perUnit = new Map();
    for (const { unit, class: of, count, exchangeMs } of budget.requests) {
        if (of !== 'fire')
            continue;
        const sum = perUnit.get(unit) ?? { registers: 0, requests: 0, ms: 0 };
        perUnit.set(unit, { registers: sum.registers + count, requests: sum.requests + 1, ms: sum.ms + exchangeMs });
    }
    const [most] = [...perUnit].sort(([, a], [, b]) => b.ms - a.ms);
    if (most === undefined)
        return null;
    const [unit, { registers, requests, ms }] = most;
    if (registers <= manyRegisters && requests === 1)
        return null;
    const each = Math.ceil(ms);
    return {
        zh: `少读寄存器：${unit} 每轮用 ${requests} 个请求读 ${registers} 个，要 ${each} ms`,
        en: `read fewer registers: ${unit} reads ${registers} in ${requests} request${requests === 1 ? '' : 's'}, ${each} ms each round`,
    };
}
function laterDeadline(line, budget) {
    const neededMs = Math.ceil(slowestMs(budget, deadToStand(budget)) / deadlineStepMs) * deadlineStepMs;
    if (!(neededMs <= deadlineMaxMs) || neededMs <= line.fireDeadlineMs)
        return null;
    return {
        zh: `明知更慢也接受：fire_deadline_ms: ${neededMs}`,
        en: `knowingly accept it: fire_deadline_ms: ${neededMs}`,
    };
}
