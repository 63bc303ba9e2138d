import { SystemClock } from '../../drivers/clock.js';
import { lineBudget, slowestMs } from '../../drivers/modbus/line-budget.js';
import { serialLinkOpener } from '../../drivers/serial/serial-link.js';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { lineConfig, seeded } from '../drivers/rig.js';
import { madeSite, madeUnits, pointId, Watch, WorldModel } from '../drivers/watched-line.js';
import { round } from './result.js';
import { sharedMono, WireUnits } from './wire-units.js';
const turnaroundMs = 15;
const patience = { timeoutMs: 200, quarantineMs: 100 };
const full = madeUnits(32, { fire: [0] });
const mixed = [
    ...madeUnits(6, { fire: [0], numbers: [100, 101, 102] }),
    { address: 7, fire: [0, 40], minScanMs: 700, interRequestMs: 150, numbers: [50] },
    { address: 8, states: [0, 1], numbers: [20, 30, 40] },
    { address: 9, fire: [3], minScanMs: 200, interRequestMs: 100 },
];
const cases = [
    { name: '32 units', baud: 9600, units: full, dead: [], deadCount: 0, promiseMs: 2000 },
    { name: '32 units, 1 dead', baud: 9600, units: full, dead: [5], deadCount: 1, promiseMs: 2000 },
    { name: '32 units, 4 dead', baud: 9600, units: full, dead: [5, 13, 21, 29], deadCount: 4, promiseMs: 2000 },
    { name: 'mixed units, 2 dead', baud: 19_200, units: mixed, dead: [2, 8], deadCount: 2, promiseMs: null },
];
export async function detection({ quick, say }) {
    const flips = quick ? 40 : 250;
    const results = [];
    for (const each of cases) {
        say(`${flips} flips on a simulated wire, ${each.name}`);
        results.push(...resultsOf(each, await simulated(each, flips), `${flips} flips, simulated wire`));
    }
    const real = { ...cases[0], name: '32 units, 1 dead', dead: [5], deadCount: 1 };
    const realFlips = quick ? 8 : 50;
    say(`${realFlips} flips on a pseudo-terminal at 9600 baud`);
    results.push(...resultsOf(real, await onTerminal(real, realFlips), `${realFlips} flips, pseudo-terminal`));
    return results;
}
function resultsOf(each, timed, how) {
    const part = 'detection';
    const worst = Math.max(...timed.map(({ tookMs }) => tookMs));
    const share = Math.max(...timed.map(({ tookMs, limitMs }) => tookMs / limitMs));
    const mean = timed.reduce((sum, { tookMs }) => sum + tookMs, 0) / timed.length;
    const detail = { 'mean ms': round(mean), 'worst ms': round(worst), 'budget ms': round(budgetMs(each)) };
    const what = `${each.name}, ${how}`;
    const own = {
        part,
        what: `${what}: worst, of what the budget says`,
        value: 100 * share,
        limit: { atMost: 100 },
        unit: ' %',
        detail,
    };
    if (each.promiseMs === null)
        return [own];
    return [own, { part, what: `${what}: worst`, value: worst, limit: { atMost: each.promiseMs }, unit: ' ms' }];
}
function budgetMs({ baud, units, deadCount }) {
    const line = lineConfig({ ...patience, baud });
    return slowestMs(lineBudget(madeSite(line, units), line), deadCount);
}
async function flipAll(stage, each, flips) {
    const random = seeded(11);
    const alive = each.units.filter(({ address, fire }) => fire !== undefined && !each.dead.includes(address));
    const budget = lineBudget(stage.site, stage.line);
    const timed = [];
    for (let flip = 0; flip < flips; flip++) {
        await stage.wait(random() * 1200);
        const unit = alive[Math.floor(random() * alive.length)];
        const register = unit?.fire?.[Math.floor(random() * unit.fire.length)];
        if (unit === undefined || register === undefined)
            throw new Error('somebody lives');
        const id = pointId(unit.address, register);
        const limitMs = budget.fire.find(({ point }) => point === id)?.worstMs[each.deadCount] ?? 0;
        const flippedMono = await stage.turn(unit.address, register, 1);
        timed.push({ tookMs: (await stage.seen(id, 'alarm')) - flippedMono, limitMs });
        await stage.turn(unit.address, register, 0);
        await stage.seen(id, 'normal');
    }
    return timed;
}
async function simulated(each, flips) {
    const clock = new SimClock();
    const line = lineConfig({ ...patience, baud: each.baud });
    const site = madeSite(line, each.units);
    const wire = new ByteWire({ clock, baud: each.baud, bitsPerChar: 10 });
    const models = new Map(each.units.map(({ address }) => [address, new WorldModel()]));
    for (const [address, model] of models) {
        const unit = new SimUnit({ address, model, turnaroundMs });
        unit.on = !each.dead.includes(address);
        wire.attach(unit);
    }
    const states = new Map();
    const watch = new Watch(site, line, wire.open, clock, seeded(5), (point, state, atMono) => {
        if (states.get(point)?.state !== state)
            states.set(point, { state, atMono });
    });
    await clock.advance(50);
    watch.start();
    await clock.advance(5000);
    const timed = await flipAll({
        site,
        line,
        turn: async (unit, register, value) => {
            models.get(unit)?.setRaw('holding', register, value);
            return clock.mono();
        },
        wait: (ms) => clock.advance(ms),
        seen: async (point, state) => {
            await clock.until(() => states.get(point)?.state === state, 60_000, 10);
            return states.get(point)?.atMono ?? Number.POSITIVE_INFINITY;
        },
    }, each, flips);
    await watch.stop();
    return timed;
}
async function onTerminal(each, flips) {
    const wire = await WireUnits.start({ baud: each.baud, turnaroundMs, dead: each.dead, enforces: true });
    const clock = new SystemClock();
    const line = lineConfig({ ...patience, baud: each.baud, path: wire.tty });
    const site = madeSite(line, each.units);
    const sinceMs = sharedMono() - clock.mono();
    let wanted = null;
    const watch = new Watch(site, line, serialLinkOpener(line, clock), clock, seeded(5), (point, state, atMono) => {
        if (wanted?.point === point && wanted.state === state)
            wanted.tell(atMono + sinceMs);
    });
    // Registers hold their own number at first, which for register 0 is the state of rest.
    await new Promise((resolve) => clock.after(300, resolve));
    watch.start();
    const stage = {
        site,
        line,
        turn: (unit, register, value) => wire.set(unit, register, value),
        wait: (ms) => new Promise((resolve) => clock.after(ms, resolve)),
        seen: (point, state) => new Promise((resolve) => {
            wanted = { point, state, tell: resolve };
        }),
    };
    await stage.wait(5000);
    const timed = await flipAll(stage, each, flips);
    await watch.stop();
    await wire.stop();
    return timed;
}
