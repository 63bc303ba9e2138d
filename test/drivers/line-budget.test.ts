import { describe, expect, test } from 'vitest';
import { brandId, type DeviceId, type OutputId, type PointId } from '../../config/ids.js';
import type { LineConfig, OutputConfig, TcpLineConfig } from '../../config/site.js';
import { type DeadUnits, lineBudget, slowestMs } from '../../drivers/modbus/line-budget.js';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { noRelays, type UnitModel } from '../../hardware-sim/modbus/unit-model.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { quickNetwork } from '../bench/quick-network.js';
import { lineConfig, seeded } from './rig.js';
import { type MadeUnit, madeSite, madeUnits, pointId, unitId, Watch, WorldModel } from './watched-line.js';

const siren = (device: DeviceId): OutputConfig => ({
  id: brandId<OutputId>('siren'),
  name: { zh: '警铃', en: 'siren' },
  kind: 'siren',
  zone: null,
  target: {
    kind: 'unit',
    device,
    on: { table: 'coil', address: 0, value: 1 },
    off: { table: 'coil', address: 0, value: 0 },
    readBack: { table: 'coil', address: 0, onRaw: 1 },
  },
  onControlLost: 'keep-sounding' as OutputConfig['onControlLost'],
});

/** The case that the time budget names: 32 one-block units, 9600 8N1, time-out and quarantine 300 ms together. */
const fullLine = lineConfig({ timeoutMs: 200, quarantineMs: 100 });
const fullUnits = madeUnits(32, { fire: [0] });

test('32 one-block units at 9600 are seen within two seconds, with a dead one among them and a siren on the line', () => {
  const site = madeSite(fullLine, fullUnits, [siren(unitId({ address: 1 }))]);
  const budget = lineBudget(site, fullLine, { turnaroundMs: 15, hostMs: 0.5 });
  expect(slowestMs(budget, 0)).toBeLessThan(1300);
  expect(slowestMs(budget, 1)).toBeLessThan(2000);
  expect(slowestMs(budget, 4)).toBeLessThan(2000);
  expect(budget.requests).toHaveLength(32);
  // 8 + 7 characters of 10 bits, twice 3.5 of 11 (the turnaround is longer than the second), 15 ms, half a ms of the box.
  expect(budget.requests[0]?.exchangeMs).toBeCloseTo(15 * (10 / 9.6) + 3.5 * (11 / 9.6) + 15 + 0.5, 6);
  expect(budget.loadPercent).toBeCloseTo((100 * 32 * 35.1356) / 2000, 0);
});

test('with every unit answering only just in time the figure is told beside the other', () => {
  const site = madeSite(fullLine, fullUnits);
  const [slowest] = lineBudget(site, fullLine).fire;
  expect(slowest?.atTimeoutMs[0]).toBeGreaterThan(32 * 200);
  expect(slowest?.worstMs[0]).toBeLessThan(1300);
});

describe('more of what slows a line down never makes its figure smaller', () => {
  const base: readonly MadeUnit[] = madeUnits(8, { fire: [0], numbers: [10, 20] });
  const slowest = (line: LineConfig, units: readonly MadeUnit[], dead: DeadUnits = 1): number =>
    slowestMs(lineBudget(madeSite(line, units), line), dead);
  const line = lineConfig({ timeoutMs: 200, quarantineMs: 100 });
  test.each([
    ['one more unit', line, madeUnits(9, { fire: [0], numbers: [10, 20] })],
    ['a slower line', lineConfig({ timeoutMs: 200, quarantineMs: 100, baud: 4800 }), base],
    ['a longer time-out', lineConfig({ timeoutMs: 300, quarantineMs: 100 }), base],
    ['a longer quarantine', lineConfig({ timeoutMs: 200, quarantineMs: 200 }), base],
    ['longer reads of a lower class', line, madeUnits(8, { fire: [0], numbers: [...Array(60).keys()].slice(10) })],
    ['a second fire block', line, madeUnits(8, { fire: [0, 40], numbers: [10, 20] })],
    ['pauses', line, madeUnits(8, { fire: [0], numbers: [10, 20], interRequestMs: 100 })],
    ['a longer period', line, madeUnits(8, { fire: [0], numbers: [10, 20], minScanMs: 900 })],
  ])('%s', (_name, slowLine, units) => {
    expect(slowest(slowLine, units)).toBeGreaterThan(slowest(line, base));
  });
  test('dead units', () => {
    expect(slowest(line, base, 1)).toBeGreaterThan(slowest(line, base, 0));
  });
});

interface Case {
  readonly name: string;
  readonly line?: Parameters<typeof lineConfig>[0];
  readonly units: readonly MadeUnit[];
  readonly dead?: readonly number[];
  readonly deadCount: DeadUnits;
  readonly flips?: number;
  /** How near to its limit the slowest flip must come: a bound that nothing comes near would be of no use. */
  readonly tight?: number;
}

const patience = { timeoutMs: 200, quarantineMs: 100 };
const cases: readonly Case[] = [
  { name: '32 one-block units', units: fullUnits, deadCount: 0 },
  { name: '32 one-block units, one dead', units: fullUnits, dead: [7], deadCount: 1 },
  { name: '32 one-block units, four dead', units: fullUnits, dead: [3, 9, 17, 31], deadCount: 4 },
  {
    name: '12 units that pause and have a period, two dead',
    units: madeUnits(12, { fire: [0], minScanMs: 200, interRequestMs: 100 }),
    dead: [2, 5],
    deadCount: 2,
  },
  {
    name: '4 units with two fire blocks and a table of numbers, one dead',
    units: madeUnits(4, { fire: [0, 40], states: [80, 81], numbers: [...Array(60).keys()].map((i) => 100 + i) }),
    dead: [4],
    deadCount: 1,
    tight: 0.15,
  },
  {
    name: '4 units whose states are as long as their fire block and asked without end, one dead',
    units: madeUnits(4, { fire: [0, 40], states: [80] }),
    dead: [4],
    deadCount: 1,
    tight: 0.15,
  },
  {
    name: 'one unit alone with a period of a second',
    units: madeUnits(1, { fire: [0], states: [4], minScanMs: 1000 }),
    deadCount: 0,
  },
  {
    name: 'slow and fast units together, one dead, 19200 baud',
    line: { baud: 19_200 },
    units: [
      ...madeUnits(6, { fire: [0] }),
      { address: 7, fire: [0, 9], minScanMs: 700, interRequestMs: 150, numbers: [50] },
      { address: 8, states: [0], numbers: [20, 30, 40] },
      { address: 9, numbers: [0] },
    ],
    dead: [9],
    deadCount: 1,
  },
];

describe('no flip on a line that is really asked is seen later than the budget says', () => {
  test.each(cases)('$name', async ({ line: changes, units, dead = [], deadCount, flips = 40, tight = 0.3 }) => {
    const line = lineConfig({ ...patience, ...changes });
    const site = madeSite(line, units);
    const budget = lineBudget(site, line, { turnaroundMs: 15, hostMs: 0 });
    const clock = new SimClock();
    const random = seeded(7);
    const wire = new ByteWire({ clock, baud: line.format.baud, bitsPerChar: 10 });
    const models = new Map<number, WorldModel>();
    for (const { address } of units) {
      const model = new WorldModel();
      models.set(address, model);
      const unit = new SimUnit({ address, model, turnaroundMs: 15 });
      unit.on = !dead.includes(address);
      wire.attach(unit);
    }
    const seen = new Map<PointId, { state: string; atMono: number }>();
    const watch = new Watch(site, line, wire.open, clock, random, (point, state, atMono) => {
      if (seen.get(point)?.state !== state) seen.set(point, { state, atMono });
    });
    await clock.advance(50);
    watch.start();
    await clock.advance(3000);
    const alive = units.filter(({ address, fire }) => fire !== undefined && !dead.includes(address));
    let closest = 0;
    for (let flip = 0; flip < flips; flip++) {
      await clock.advance(random() * 1500);
      const unit = alive[Math.floor(random() * alive.length)];
      const register = unit?.fire?.[Math.floor(random() * unit.fire.length)];
      if (unit === undefined || register === undefined) throw new Error('somebody lives');
      const id = pointId(unit.address, register);
      const limitMs = budget.fire.find(({ point }) => point === id)?.worstMs[deadCount] ?? 0;
      const flippedMono = clock.mono();
      models.get(unit.address)?.setRaw('holding', register, 1);
      await clock.until(() => seen.get(id)?.state === 'alarm', 20_000, 5);
      const tookMs = (seen.get(id)?.atMono ?? Number.POSITIVE_INFINITY) - flippedMono;
      expect(tookMs).toBeLessThanOrEqual(limitMs);
      closest = Math.max(closest, tookMs / limitMs);
      models.get(unit.address)?.setRaw('holding', register, 0);
      await clock.until(() => seen.get(id)?.state === 'normal', 20_000, 5);
    }
    expect(closest).toBeGreaterThan(tight);
    await watch.stop();
    expect(wire.counters.silenceViolations).toBe(0);
  });
});

test('a unit that refuses what it is asked takes no more of the line than one that answers', async () => {
  const line = lineConfig(patience);
  const units = madeUnits(4, { fire: [0] });
  const clock = new SimClock();
  const wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10 });
  const looks = new Map(units.map(({ address }) => [address, 0]));
  for (const { address } of units) {
    const model: UnitModel = {
      ...noRelays,
      functions: new Set([3]),
      read: () => {
        looks.set(address, (looks.get(address) ?? 0) + 1);
        return address === 1 ? null : 0;
      },
      write: () => 2,
      setRaw: () => undefined,
    };
    wire.attach(new SimUnit({ address, model, turnaroundMs: 15 }));
  }
  const watch = new Watch(madeSite(line, units), line, wire.open, clock, seeded(7), () => undefined);
  await clock.advance(50);
  watch.start();
  await clock.advance(10_000);
  await watch.stop();
  const [refusing = 0, ...others] = looks.values();
  expect(Math.min(...others)).toBeGreaterThanOrEqual(0.9 * refusing);
});

describe('on Modbus TCP there is no wire, and several questions at once', () => {
  const tcp = (inFlight: number): TcpLineConfig => {
    const { format: _format, path: _path, rs485: _rs485, ...common } = lineConfig(patience);
    return { ...common, transport: 'tcp', host: '127.0.0.1', port: 502, format: null, inFlight };
  };
  const units = madeUnits(30, { fire: [0], numbers: [10, 11] });

  test('an exchange is the turnaround and what the box adds; more at once is sooner', () => {
    const one = lineBudget(madeSite(tcp(1), units), tcp(1));
    expect(one.requests[0]?.exchangeMs).toBeCloseTo(15.5, 6);
    expect(slowestMs(lineBudget(madeSite(tcp(4), units), tcp(4)), 1)).toBeLessThan(slowestMs(one, 1));
  });

  test.each([
    [1, [], 0],
    [4, [], 0],
    [1, [7], 1],
    [4, [3, 9, 17, 21], 4],
  ] as const)('%i at once, dead %j: no flip is seen later than the budget says', async (inFlight, dead, deadCount) => {
    const line = tcp(inFlight);
    const site = madeSite(line, units);
    const budget = lineBudget(site, line, { turnaroundMs: 15, hostMs: 0 });
    const limitMs = slowestMs(budget, deadCount);
    const clock = new SimClock();
    const random = seeded(21);
    let alarm = 0;
    const isDead = (unit: number): boolean => dead.some((each) => each === unit);
    const valueAt = (unit: number): number | null => (isDead(unit) ? null : Number(unit === alarm));
    const seen = new Map<PointId, string>();
    let seenMono = 0;
    const open = quickNetwork(clock, valueAt, () => undefined, 15);
    const watch = new Watch(site, line, open, clock, random, (point, state, atMono) => {
      if (seen.get(point) !== state) seenMono = atMono;
      seen.set(point, state);
    });
    await clock.advance(50);
    watch.start();
    await clock.advance(3000);
    for (let flip = 0; flip < 30; flip++) {
      await clock.advance(random() * 700);
      do alarm = 1 + Math.floor(random() * units.length);
      while (isDead(alarm));
      const id = pointId(alarm, 0);
      const flippedMono = clock.mono();
      await clock.until(() => seen.get(id) === 'alarm', 20_000, 1);
      expect(seenMono - flippedMono).toBeLessThanOrEqual(limitMs);
      alarm = 0;
      await clock.until(() => seen.get(id) === 'normal', 20_000, 1);
    }
    await watch.stop();
  });
});
