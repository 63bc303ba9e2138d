/** How much of a wire the line uses, against what the wire can carry with every silence kept, and against a plain loop. */
import { SystemClock } from '../../drivers/clock.js';
import { ModbusLine } from '../../drivers/modbus/line.js';
import { priorities } from '../../drivers/modbus/line-queue.js';
import { replyBytes, requestBytes } from '../../drivers/modbus/line-timing.js';
import { serialLinkOpener } from '../../drivers/serial/serial-link.js';
import { lineConfig, seeded, unitAt } from '../drivers/rig.js';
import { bareRate } from './bare-line.js';
import { closePlain, plainRead, plainSerial } from './plain-line.js';
import { median, round } from './result.js';
import { WireUnits } from './wire-units.js';
const cases = [
    { baud: 9600, registers: 10, units: 1, limit: 98.5 },
    { baud: 9600, registers: 10, units: 8, limit: 98.5 },
    { baud: 9600, registers: 100, units: 1, limit: 98.5 },
    { baud: 115_200, registers: 10, units: 1, limit: 94 },
    { baud: 115_200, registers: 10, units: 8, limit: 94 },
    { baud: 115_200, registers: 100, units: 1, limit: 97.5 },
];
const runs = 5;
export async function wireUse(options) {
    const results = [];
    for (const each of cases)
        results.push(...(await measure(each, options)));
    return results;
}
async function measure(each, { quick, say }) {
    const { baud, registers, units, limit } = each;
    const runMs = quick ? 1000 : 4000;
    const name = `${baud} baud, ${registers} registers, ${units} unit${units === 1 ? '' : 's'}`;
    say(name);
    const idealMs = exchangeMs(baud, registers);
    const ours = [];
    const plain = [];
    /** Serial port and timer alone. */
    const bare = [];
    const typicalMs = [];
    let violations = 0;
    let plainViolations = 0;
    let plainRequests = 0;
    for (let run = 0; run < runs; run++) {
        const own = await ownRate(each, runMs);
        ours.push(own.perSecond);
        typicalMs.push(own.typicalMs);
        violations += own.violations;
        bare.push(await bareOf(each, runMs));
        const other = await plainRate(each, runMs);
        plain.push(other.perSecond);
        plainViolations += other.violations;
        plainRequests += other.requests;
    }
    const percent = (rate) => (rate * idealMs) / 10;
    // On a machine that has other things to do the mean suffers; half of the exchanges were as quick as this.
    const typical = (100 * idealMs) / median(typicalMs);
    const detail = {
        'ours/s': round(median(ours)),
        'limit/s': round(1000 / idealMs),
        'plain/s': round(median(plain)),
        'bare %': round(percent(median(bare))),
        'typical %': round(typical),
    };
    return [
        { part: 'wire-use', what: name, value: percent(median(ours)), limit: { atLeast: limit }, unit: ' %', detail },
        { part: 'wire-use', what: `${name}: broken silences`, value: violations, limit: { atMost: 0 }, unit: '' },
        {
            part: 'wire-use',
            what: `${name}: a plain loop breaks the silence in`,
            value: (100 * plainViolations) / Math.max(1, plainRequests),
            limit: null,
            unit: ' % of its requests',
        },
    ];
}
/** Request, silence, reply, silence: the unit answers after 3.5 characters, the next request leaves after as many. */
function exchangeMs(baud, registers) {
    const bytes = requestBytes + replyBytes('holding', registers);
    return (bytes * 10 * 1000) / baud + 2 * gapMs(baud);
}
function gapMs(baud) {
    return baud > 19_200 ? 1.75 : (3.5 * 11 * 1000) / baud;
}
async function ownRate({ baud, registers, units }, runMs) {
    const wire = await WireUnits.start({ baud, enforces: true });
    const clock = new SystemClock();
    const config = lineConfig({ baud, path: wire.tty, timeoutMs: 200, quarantineMs: 100 });
    let frame = 0;
    let up = () => undefined;
    const isUp = new Promise((resolve) => {
        up = resolve;
    });
    const line = new ModbusLine({
        config,
        open: serialLinkOpener(config, clock),
        clock,
        random: seeded(1),
        nextFrame: () => ++frame,
        onUp: () => up(),
        onDown: (error) => process.stderr.write(`${String(error)}\n`),
    });
    line.start();
    await isUp;
    let endMono = Number.POSITIVE_INFINITY;
    let answers = 0;
    let lastMono = 0;
    const tookMs = [];
    const loop = async (address) => {
        const unit = unitAt(address);
        while (clock.mono() < endMono) {
            const request = { kind: 'read', table: 'holding', address: 0, count: registers };
            const answer = await line.request(unit, priorities.fire, request);
            if (!answer.ok)
                continue;
            answers++;
            tookMs.push(answer.receivedMono - lastMono);
            lastMono = answer.receivedMono;
        }
    };
    const warmMs = runMs / 4;
    endMono = clock.mono() + warmMs;
    await Promise.all(addressesOf(units).map(loop));
    await wire.stats();
    answers = 0;
    tookMs.length = 0;
    const beganMono = clock.mono();
    endMono = beganMono + runMs;
    await Promise.all(addressesOf(units).map(loop));
    const runningMs = clock.mono() - beganMono;
    const { violations, requests } = await wire.stats();
    await line.stop();
    await wire.stop();
    return { perSecond: (answers * 1000) / runningMs, violations, requests, typicalMs: median(tookMs.slice(1)) };
}
async function bareOf({ baud, registers }, runMs) {
    const wire = await WireUnits.start({ baud, enforces: true });
    const rate = await bareRate(new SystemClock(), { tty: wire.tty, baud, registers, silenceMs: gapMs(baud) }, runMs);
    await wire.stop();
    return rate;
}
async function plainRate({ baud, registers, units }, runMs) {
    const wire = await WireUnits.start({ baud });
    const client = await plainSerial(wire.tty, baud, 500);
    const loop = async (durationMs) => {
        const endMono = performance.now() + durationMs;
        let answers = 0;
        while (performance.now() < endMono) {
            for (const unit of addressesOf(units))
                if ((await plainRead(client, unit, 0, registers)) !== null)
                    answers++;
        }
        return answers;
    };
    await loop(runMs / 4);
    await wire.stats();
    const beganMono = performance.now();
    const answers = await loop(runMs);
    const tookMs = performance.now() - beganMono;
    const { violations, requests } = await wire.stats();
    await closePlain(client);
    await wire.stop();
    return { perSecond: (answers * 1000) / tookMs, violations, requests };
}
function addressesOf(units) {
    return Array.from({ length: units }, (_, i) => i + 1);
}
