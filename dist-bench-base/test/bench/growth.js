/** Does a large site cost more per reading than a small one, and does a long run hold more memory than a short one? The whole
 * runtime on a virtual clock. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { brandId } from '../../config/ids.js';
import { loadConfig } from '../../config/load-config.js';
import { LineSpeaker } from '../../drivers/audio/line-speaker.js';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { Runtime } from '../../gateway/runtime.js';
import { SimPinBoard } from '../../hardware-sim/gpio-board.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { buildVillage } from '../../hardware-sim/village.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import { seeded } from '../drivers/rig.js';
import { madeSite, madeUnits } from '../drivers/watched-line.js';
import { quickNetwork } from './quick-network.js';
import { median, round } from './result.js';
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const part = 'growth';
const unitsPerLine = 200;
const pointsPerUnit = 10;
const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Of the CPU figures, in turns; the median counts. */
const runs = 3;
/** What may come on top after the first mark: caches that fill, code that is compiled. */
const growthMaxMb = 8;
export async function growth(options) {
    return [...(await cpuPerReading(options)), ...(await memoryOfAnHour(options)), ...(await memoryOfDays(options))];
}
async function cpuPerReading({ quick, say }) {
    const readings = quick ? 100_000 : 500_000;
    const microseconds = async (points) => {
        say(`${points} points, ${readings} readings`);
        const stage = await largeSite(points);
        await stage.clock.advance(10_000);
        const countBefore = stage.readings();
        const before = process.cpuUsage();
        await stage.clock.advance((readings / points) * 1000);
        const { user, system } = process.cpuUsage(before);
        const count = stage.readings() - countBefore;
        await stage.stop();
        return (user + system) / count;
    };
    const smalls = [];
    const larges = [];
    for (let run = 0; run < runs; run++) {
        smalls.push(await microseconds(1_000));
        larges.push(await microseconds(10_000));
    }
    const [small, large] = [median(smalls), median(larges)];
    return [
        {
            part,
            what: 'CPU per reading, 10,000 points of that with 1,000',
            value: large / small,
            limit: { atMost: 1.2 },
            unit: ' times',
            detail: { 'µs at 1,000': round(small), 'µs at 10,000': round(large) },
        },
    ];
}
async function memoryOfAnHour({ quick, say }) {
    const points = 10_000;
    const minutes = quick ? 2 : 60;
    say(`${minutes} simulated minutes of ${points} points`);
    const stage = await largeSite(points);
    const marks = await heapMarks(stage.clock, (minutes * minuteMs) / 4);
    await stage.stop();
    return [memoryResult(`${minutes} min of ${points} points`, marks)];
}
async function memoryOfDays({ quick, days, say }) {
    const length = quick ? Math.min(days, 0.02) : days;
    say(`${length} simulated days of the ancient town`);
    const stage = await town();
    const marks = await heapMarks(stage.clock, (length * dayMs) / 4);
    await stage.stop();
    return [memoryResult(`${length} days of the ancient town`, marks)];
}
/** Heap in MB after a quarter, half, three quarters, all of the time; the first mark is after the start has settled. */
async function heapMarks(clock, quarterMs) {
    const marks = [];
    const mark = () => {
        collect();
        marks.push(process.memoryUsage().heapUsed / 1e6);
    };
    await clock.advance(minuteMs / 2);
    mark();
    for (let quarter = 0; quarter < 4; quarter++) {
        await clock.advance(quarterMs);
        mark();
    }
    return marks;
}
function memoryResult(what, marks) {
    const [, second = 0] = marks;
    return {
        part,
        what: `${what}: heap after the first quarter and at the end`,
        value: (marks.at(-1) ?? 0) - second,
        limit: { atMost: growthMaxMb },
        unit: ' MB more',
        detail: { 'MB at start and quarters': marks.map((mb) => mb.toFixed(1)).join(' / ') },
    };
}
/** A tenth of the points is of class fire; each second one of them turns. */
async function largeSite(points) {
    const clock = new SimClock();
    const units = madeUnits(points / pointsPerUnit, {
        fire: [0],
        fastNumbers: [1, 2, 3, 4, 5, 6, 7, 8, 9],
        minScanMs: 1000,
    });
    const sites = [];
    for (let from = 0; from < units.length; from += unitsPerLine) {
        const line = networkLine(sites.length);
        const here = units.slice(from, from + unitsPerLine).map((unit) => ({ ...unit, address: unit.address - from }));
        sites.push(renamed(madeSite(line, here), line));
    }
    const [first] = sites;
    if (first === undefined)
        throw new Error('there is a line');
    const config = {
        ...first,
        lines: sites.flatMap(({ lines }) => lines),
        units: sites.flatMap(({ units: of }) => of),
        points: sites.flatMap(({ points: of }) => of),
    };
    let readings = 0;
    const valueAt = (unit, register) => register > 0 ? (unit + register) & 0xff : Number(Math.floor(clock.mono() / 1000) % unitsPerLine === unit);
    const open = quickNetwork(clock, valueAt, (registers) => {
        readings += registers;
    });
    return { ...(await started(config, clock, () => open, new SimPinBoard(clock))), readings: () => readings };
}
/** Units and points of several made lines must not have the same names. */
function renamed(site, line) {
    const idOf = (id) => `${line.id}-${id}`;
    return {
        ...site,
        units: site.units.map((unit) => ({ ...unit, id: brandId(idOf(unit.id)) })),
        points: site.points.map((point) => point.source.kind === 'register'
            ? {
                ...point,
                id: brandId(idOf(point.id)),
                source: { ...point.source, device: brandId(idOf(point.source.device)) },
            }
            : point),
    };
}
function networkLine(index) {
    return {
        id: brandId(`net-${index}`),
        name: { zh: `网络 ${index}`, en: `network ${index}` },
        protocol: 'modbus',
        transport: 'tcp',
        host: '127.0.0.1',
        port: 502,
        format: null,
        inFlight: 4,
        timeoutMs: 200,
        quarantineMs: 100,
        fireDeadlineMs: 2000,
    };
}
/** The example site; every ten minutes one detector sees smoke for a minute, every hour one unit has no supply for a minute. */
async function town() {
    const clock = new SimClock();
    const known = {
        knownUplinks: ['mqtt'],
        knownPinDrivers: ['simulated'],
        knownCodecs: [...(await loadCodecs()).keys()],
    };
    const loaded = await loadConfig('config/examples/ancient-town.yaml', known);
    if (!loaded.ok)
        throw new Error(JSON.stringify(loaded.problems));
    const { config } = loaded;
    const village = buildVillage(config, clock);
    const smoke = config.points.filter(({ id }) => /^smoke-\d+\/smoke$/.test(id));
    const happens = (index) => {
        const one = smoke[index % smoke.length];
        if (one?.source.kind === 'register') {
            const { device } = one.source;
            village.setPoint(one.id, 'alarm');
            clock.after(minuteMs, () => village.setPoint(one.id, 'normal'));
            if (index % 6 === 0) {
                clock.after(2 * minuteMs, () => village.switchUnit(device, false));
                clock.after(3 * minuteMs, () => village.switchUnit(device, true));
            }
        }
        clock.after(10 * minuteMs, () => happens(index + 1));
    };
    clock.after(minuteMs, () => happens(0));
    const open = (line) => {
        const opener = village.opens.get(line.id);
        if (opener === undefined)
            throw new Error(`no line ${line.id}`);
        return opener;
    };
    const stage = await started(config, clock, open, village.board);
    return {
        ...stage,
        readings: () => 0,
        stop: async () => {
            await stage.stop();
            village.stop();
        },
    };
}
async function started(config, clock, openLine, board) {
    const folder = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-'));
    const runtime = new Runtime({
        config,
        clock,
        calendar: { daily: () => () => undefined, weekly: () => () => undefined },
        random: seeded(9),
        store: new InlineStore(path.join(folder, 'journal.db')),
        isLockHeld: true,
        openLine,
        codecs: await loadCodecs(),
        openPins: async () => board,
        makeSpeaker: ({ id }) => new LineSpeaker(id),
        makeUplink: ({ id }) => ({
            id,
            windowMax: 20,
            start: (events) => events.onUp(),
            send: async () => undefined,
            stop: async () => undefined,
        }),
        observe: () => undefined,
        log: { info: () => undefined, warn: () => undefined, error: () => undefined },
        version: 'bench',
    });
    await whileTimeRuns(clock, runtime.start());
    return {
        clock,
        stop: async () => {
            await whileTimeRuns(clock, runtime.stop());
            rmSync(folder, { recursive: true, force: true });
        },
    };
}
async function whileTimeRuns(clock, promise) {
    let isSettled = false;
    const settle = () => {
        isSettled = true;
    };
    promise.then(settle, settle);
    await clock.until(() => isSettled, minuteMs, 1);
    await promise;
}
