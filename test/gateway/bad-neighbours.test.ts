/** One dead thing on a line, or one restart, must not make the rest blind, late or falsely sound. */
import { describe, expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { PointConfig, SiteConfig } from '../../config/site.js';
import { ModbusDevice } from '../../drivers/modbus/modbus-device.js';
import { LineScan } from '../../gateway/scan/line-scan.js';
import { UnitScan } from '../../gateway/scan/unit-scan.js';
import { forTimes, silent } from '../../hardware-sim/modbus/mischief.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { buildVillage } from '../../hardware-sim/village.js';
import { paperRig, unitConfig } from '../drivers/paper-line.js';
import { source } from '../drivers/register-source.js';
import { lineConfig, lineRig, seeded } from '../drivers/rig.js';
import { byId, FakeDevice, fakePoint } from './fake-device.js';
import {
  device,
  hallSiren,
  kitchen,
  line,
  point,
  sharedDisk,
  streetSiren,
  townConfig,
  VillageRig,
} from './village-rig.js';

/** The town's two RS-485 lines as one pair with 24 units, and nothing else. */
async function oneLineTown(): Promise<SiteConfig> {
  const town = await townConfig();
  const units = town.units
    .filter((unit) => unit.line === 'east' || unit.line === 'west')
    .map((unit) => (unit.line === 'east' ? unit : { ...unit, line: line('east'), address: unit.address + 40 }));
  const kept = new Set(units.map(({ id }) => id));
  const points = town.points.filter(
    ({ source }) => source.kind === 'pin' || (source.kind === 'register' && kept.has(source.device)),
  );
  return { ...town, units, points, streams: [], lines: town.lines.filter(({ id }) => id === 'east') };
}

/** Longest time, ms, in which nobody looked at a point while the clock ran for `forMs`. */
async function longestGap(rig: VillageRig, pointId: string, forMs: number): Promise<number> {
  const seen = (): number => rig.runtime.points.get(point(pointId))?.sampledMono ?? 0;
  let [last, longest] = [seen(), 0];
  for (let passed = 0; passed < forMs; passed += 50) {
    await rig.clock.advance(50);
    if (seen() !== last) {
      longest = Math.max(longest, seen() - last);
      last = seen();
    }
  }
  return Math.max(longest, rig.clock.mono() - last);
}

async function rigOf(config: SiteConfig): Promise<VillageRig> {
  const clock = new SimClock();
  return VillageRig.watching({ config, clock, village: buildVillage(config, clock) });
}

/** 24 units on one line, eight more sirens on a module that has died, and a fire that wants all of them. */
async function deadSirens(): Promise<VillageRig> {
  const config = await oneLineTown();
  const siren = config.outputs.find(({ id }) => id === streetSiren);
  if (siren === undefined) throw new Error('the town has a street siren');
  const more = Array.from({ length: 8 }, (_, i) => ({ ...siren, id: brandId<typeof siren.id>(`more-${i}`) }));
  const plans = config.plans.map((plan) => ({
    ...plan,
    steps: plan.steps.map((step) => ({ ...step, sound: [...step.sound, ...more.map(({ id }) => id)] })),
  }));
  const rig = await rigOf({ ...config, outputs: [...config.outputs, ...more], plans });
  rig.village.switchUnit(device('relay-2'), false);
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(5_000);
  return rig;
}

describe('a dead relay module with sirens ordered on', () => {
  test('never takes the line from the fire points: a look at each at least every 3 s', async () => {
    const rig = await deadSirens();
    expect(await longestGap(rig, 'smoke-1/smoke', 30_000)).toBeLessThan(3_000);
    // And the sirens that are there still sound at once.
    rig.village.setPoint(point('smoke-1/smoke'), 'alarm');
    expect(await rig.clock.until(() => rig.isOn(hallSiren), 5_000, 10)).toBeLessThan(4_000);
  });
});

describe('a unit that missed one answer', () => {
  test('is asked again soon although ten sirens on a dead module wait to be proven', async () => {
    const rig = await deadSirens();
    missOneAnswer(rig, 'smoke-1');
    await rig.clock.advance(2_000);
    rig.village.setPoint(point('smoke-1/smoke'), 'alarm');
    expect(await rig.clock.until(() => rig.isOn(hallSiren), 10_000, 10)).toBeLessThan(5_000);
  });

  test('is asked again soon although fire points of its line always wait', async () => {
    const rig = await rigOf(await oneLineTown());
    missOneAnswer(rig, 'io-3');
    await rig.clock.advance(3_000);
    rig.village.setPoint(point('pool-low/contact'), 'low');
    await rig.clock.advance(15_000);
    expect(rig.entriesOf('alarm.raised', 'point:pool-low/contact')).toHaveLength(1);
    rig.village.switchUnit(device('io-3'), false);
    await rig.clock.advance(20_000);
    expect(rig.faults).toContain('raised fault:unit:io-3');
  });
});

/** The unit's next answer does not come; those after it do. */
function missOneAnswer(rig: VillageRig, id: string): void {
  const unit = rig.village.units.get(device(id));
  if (unit === undefined) throw new Error(`no unit ${id}`);
  unit.mischief = forTimes(1, silent);
}

describe('dead units', () => {
  test.each([4, 8, 16])(
    '%i of 24 cost one time-out a round: the others are looked at at least every 2 s',
    async (count) => {
      const rig = await rigOf(await oneLineTown());
      const dead = rig.config.units.filter(({ id }) => id !== 'smoke-1').slice(0, count);
      for (const unit of dead) rig.village.switchUnit(unit.id, false);
      // When they die together, each costs its own first time-out.
      await rig.clock.advance(10_000);
      expect(await longestGap(rig, 'smoke-1/smoke', 30_000)).toBeLessThan(2_000);
    },
  );
});

describe('after a restart', () => {
  test.each([
    ['a dead unit', (rig: VillageRig) => rig.village.switchUnit(device('smoke-3'), false)],
    ['a cut line', (rig: VillageRig) => rig.village.cutLine(line('east'), true)],
    ['a dead siren module', (rig: VillageRig) => rig.village.switchUnit(device('relay-1'), false)],
  ])('%s that is still there is not told to have returned', async (_, break_) => {
    const config = await townConfig();
    const clock = new SimClock();
    const village = buildVillage(config, clock);
    const disk = sharedDisk(clock);
    const first = await VillageRig.watching({ config, clock, village, store: disk() });
    break_(first);
    await clock.advance(30_000);
    expect(first.faults.length).toBeGreaterThan(0);
    await first.durable();
    await first.kill();
    const second = await VillageRig.watching({ config, clock, village, store: disk() });
    await second.clock.advance(30_000);
    expect(second.faults.filter((told) => told.startsWith('returned'))).toEqual([]);
  });
});

test('a line that carries only a relay returns its fault when it is plugged in again', async () => {
  const town = await townConfig();
  const units = town.units.filter(({ id, line: on }) => on === 'east' || id === 'relay-2');
  const kept = new Set(units.map(({ id }) => id));
  const points = town.points.filter(
    ({ source }) => source.kind === 'pin' || ('device' in source && kept.has(source.device)),
  );
  const rig = await rigOf({ ...town, units, points });
  rig.village.wires.get(line('west'))?.unplug();
  await rig.clock.advance(5_000);
  expect(rig.faults).toContain('raised fault:line:west');
  rig.village.wires.get(line('west'))?.replug();
  await rig.clock.advance(15_000);
  expect(rig.faults).toContain('returned fault:line:west');
});

test('a glitch on the silence key that is shorter than the key’s delay silences nothing', async () => {
  const rig = await VillageRig.watching();
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.until(() => rig.isOn(streetSiren), 2_000);
  await rig.clock.advance(2_000);
  rig.village.setPoint(point('key-silence/contact'), 'pressed');
  await rig.clock.advance(20);
  rig.village.setPoint(point('key-silence/contact'), 'released');
  await rig.clock.advance(2_000);
  expect(rig.isOn(streetSiren)).toBe(true);
  rig.village.setPoint(point('key-silence/contact'), 'pressed');
  await rig.clock.until(() => !rig.isOn(streetSiren), 1_000, 10);
});

describe('a smoke contact on a pin', () => {
  /** The town whose silence key is a smoke contact with 0.1 s of patience. */
  async function withContact(): Promise<VillageRig> {
    const town = await townConfig();
    const points = town.points.map((each): PointConfig => {
      if (each.id !== 'key-silence/contact') return each;
      const smoke = { role: 'smoke.alarm', class: 'fire', onDelayMs: 100 } as const;
      return { ...each, ...smoke, severities: { pressed: 'fire', released: 'normal' } };
    });
    return rigOf({ ...town, points });
  }

  test.each([
    [20, 0],
    [300, 1],
  ])('that is closed for %i ms raises %i alarms', async (closedMs, alarms) => {
    const rig = await withContact();
    rig.village.setPoint(point('key-silence/contact'), 'pressed');
    await rig.clock.advance(closedMs);
    rig.village.setPoint(point('key-silence/contact'), 'released');
    await rig.clock.advance(2_000);
    expect(rig.entriesOf('alarm.raised', 'point:key-silence/contact')).toHaveLength(alarms);
  });
});

test('pins that come later than the start could wait join the scan, and only then is their fault over', async () => {
  const rig = await VillageRig.watching({ pinsAfterMs: 3_000 });
  expect(rig.faults).toEqual(['raised fault:gpio:board']);
  // Nobody can see them: one that was in alarm before this start can be reset as lost, and is no second fault.
  const key = (): unknown => rig.runtime.points.get(point('key-silence/contact'))?.reason;
  expect(key()).toBe('line-down');
  await rig.clock.advance(4_000);
  expect(key()).toBe(null);
  expect(rig.faults).toContain('returned fault:gpio:board');
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.until(() => rig.isOn(streetSiren), 2_000);
  await rig.clock.advance(2_000);
  rig.village.setPoint(point('key-silence/contact'), 'pressed');
  await rig.clock.until(() => !rig.isOn(streetSiren), 1_000, 10);
});

test('what is read only once is read again after the line was gone for a moment, although no unit was silent', async () => {
  const rig = await VillageRig.watching();
  const setting = (): unknown => rig.runtime.points.get(point('pool-level/unit_code'))?.reason;
  await rig.clock.advance(2_000);
  expect(setting()).toBe(null);
  rig.village.networks.get(line('pool'))?.endConnections();
  await rig.clock.until(() => setting() === 'line-down', 1_000);
  await rig.clock.advance(20_000);
  expect(setting()).toBe(null);
});

describe('what one unit does not answer', () => {
  test('a register that a unit does not answer hides no fire in its other blocks', async () => {
    const rig = await lineRig({ config: { timeoutMs: 100, quarantineMs: 50 } });
    const { unit, model } = rig.unit(1);
    unit.mischief = ({ request, reply }) =>
      'address' in request && request.address === 10 ? [] : [{ afterMs: 0, bytes: reply }];
    model.read = (_table, address) => (address === 200 ? 1 : 0);
    const states = new Map([
      [0, 'normal'],
      [1, 'alarm'],
    ]);
    const fire = (address: number): PointConfig => ({
      ...{ id: brandId(`unit-1/p${address}`), name: { zh: '点', en: 'point' }, role: 'smoke.alarm', class: 'fire' },
      ...{ zone: null, place: null, physicalUnit: null, onDelayMs: 0, offDelayMs: 0 },
      source: source('holding', address, { states }),
      severities: { normal: 'normal', alarm: 'fire' },
    });
    const points = [fire(10), fire(200)];
    const dev = new ModbusDevice({ unit: unitConfig(), line: rig.line, clock: rig.clock, points });
    const seen: Reading[] = [];
    const scan = new UnitScan({
      ...{ device: dev, minScanMs: 0, clock: rig.clock, random: seeded(3) },
      points: new Map(points.map((each) => [each.id, each])),
      events: {
        onReadings: (readings) => seen.push(...readings),
        onRound: () => undefined,
        onWithdrawn: () => undefined,
        onSetup: () => undefined,
      },
    });
    scan.start();
    await rig.clock.advance(60_000);
    scan.stop();
    expect(seen.some(({ pointId, value }) => pointId === 'unit-1/p200' && value === 'alarm')).toBe(true);
  });

  test('two units that each leave one register unanswered are not told as a broken line', async () => {
    const clock = new SimClock();
    const points = ['a1', 'b1', 'a2', 'b2'].map((id) => fakePoint(id));
    const units = [1, 2].map((n) => {
      const fake = new FakeDevice(clock, [['fast', `a${n}`, `b${n}`]], `s${n}`);
      const [part] = fake.fakes;
      // Answers, but not for every register: b is never seen.
      if (part !== undefined) {
        part.error = 'BUS-001';
        delete part.values[`b${n}`];
      }
      return { config: unitConfig({ id: device(`s${n}`), address: n }), device: fake };
    });
    const told: string[] = [];
    const scan = new LineScan({
      ...{ config: lineConfig(), units, known: units.map(({ config }) => config), points: byId(points), clock },
      random: seeded(2),
      events: {
        onReadings: () => undefined,
        onFault: ({ key }, isActive) => told.push(`${isActive ? 'raised' : 'returned'} ${key}`),
        onWithdrawn: () => undefined,
        onProgress: () => undefined,
      },
    });
    scan.setLink(null);
    scan.start();
    await clock.advance(60_000);
    scan.stop();
    expect(told).not.toContain('raised fault:line:main');
  });

  test('noise for a moment does not make a burning detector a lost one; noise that stays does', async () => {
    const states = new Map([
      [0, 'normal'],
      [1, 'alarm'],
    ]);
    const smoke: PointConfig = {
      ...fakePoint('unit-1/p5'),
      source: source('holding', 5, { states }),
    };
    const { clock, line: paper, device: unit } = paperRig([smoke], { 5: 1 });
    const told: (string | number)[] = [];
    const scan = new UnitScan({
      ...{ device: unit, minScanMs: 200, clock, random: seeded(3), points: byId([smoke]) },
      events: {
        onReadings: (readings) => told.push(...readings.map(({ value, reason }) => value ?? reason ?? '')),
        onRound: () => undefined,
        onWithdrawn: () => undefined,
        onSetup: () => undefined,
      },
    });
    scan.start();
    await clock.advance(2_000);
    paper.instead = 'BUS-005';
    await clock.advance(500);
    paper.instead = null;
    await clock.advance(2_000);
    expect(new Set(told)).toEqual(new Set(['alarm']));
    paper.instead = 'BUS-005';
    await clock.advance(3_000);
    scan.stop();
    expect(told.at(-1)).toBe('silent');
  });
});
