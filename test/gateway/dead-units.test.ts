/** What dead units cost the others, and what the gateway says about the health of its lines. */
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../config/reading.js';
import type { PointConfig, SiteConfig } from '../../config/site.js';
import { DriverError } from '../../drivers/driver-error.js';
import type { UnitFigures, UnitStats } from '../../drivers/modbus/unit-record.js';
import { LineHealth } from '../../gateway/scan/line-health.js';
import { qualityOf } from '../../gateway/scan/line-quality.js';
import { StreamScan } from '../../gateway/scan/stream-scan.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { buildVillage } from '../../hardware-sim/village.js';
import { badReading, goodReading } from './fake-device.js';
import { device, line, point, townConfig, VillageRig } from './village-rig.js';

/** 32 smoke units on one line: twelve of the town and more of their kind. */
async function fullLine(): Promise<SiteConfig> {
  const town = await townConfig();
  const model = town.units.find(({ id }) => id === 'smoke-1');
  const smoke = town.points.find(({ id }) => id === 'smoke-1/smoke');
  if (model === undefined || smoke === undefined || smoke.source.kind !== 'register') throw new Error('smoke-1');
  const { source } = smoke;
  const numbers = Array.from({ length: 32 }, (_, i) => i + 1);
  const units = numbers.map((n) => ({ ...model, id: device(`s${n}`), address: n }));
  const points = numbers.map(
    (n): PointConfig => ({ ...smoke, id: point(`s${n}/smoke`), source: { ...source, device: device(`s${n}`) } }),
  );
  return {
    ...{ ...town, units, points, streams: [], pairs: [], outputs: [], plans: [], gpio: null },
    lines: town.lines.filter(({ id }) => id === 'east'),
  };
}

/** Looks per second at `s1` to `s28` together. */
async function looks(rig: VillageRig, forMs: number): Promise<number> {
  let count = 0;
  const units = [...rig.village.units].filter(([id]) => Number(id.slice(1)) <= 28).map(([, unit]) => unit);
  for (const unit of units) {
    unit.mischief = ({ reply }) => {
      count++;
      return [{ afterMs: 0, bytes: reply }];
    };
  }
  await rig.clock.advance(forMs);
  return (count * 1000) / forMs;
}

test('4 of 32 units dead: the others are looked at nearly as often as before, and within 2 s each', async () => {
  const config = await fullLine();
  const clock = new SimClock();
  const rig = await VillageRig.watching({ config, clock, village: buildVillage(config, clock) });
  const before = await looks(rig, 20_000);
  for (const n of [29, 30, 31, 32]) rig.village.switchUnit(device(`s${n}`), false);
  await rig.clock.advance(30_000);
  expect(rig.faults.toSorted()).toEqual([29, 30, 31, 32].map((n) => `raised fault:unit:s${n}`));
  expect(await looks(rig, 60_000)).toBeGreaterThan(0.9 * before);
});

test('what is said of a dead unit is a sentence that a person can act on', async () => {
  const rig = await VillageRig.watching();
  rig.village.switchUnit(device('smoke-3'), false);
  await rig.clock.until(() => rig.faults.includes('raised fault:unit:smoke-3'), 10_000, 10);
  const words = rig.entriesOf('alarm.raised', 'fault:unit:smoke-3')[0]?.words;
  expect(words?.zh).toMatch(/^故障：西厢 烟感 无应答。可能原因：断电.*。处理：.+/);
  expect(words?.en).toMatch(/^FAULT: west wing, smoke detector: does not answer\. Likely cause: no power.*\. Next: .+/);
});

test('lines and units of the town tell their quality, load and scan age as points, and none of them is a fault', async () => {
  const rig = await VillageRig.watching();
  rig.village.switchUnit(device('smoke-3'), false);
  await rig.clock.advance(360_000);
  const told = (id: string): Reading['value'] | undefined => rig.runtime.points.get(point(id))?.value;
  const diagnostic = rig.config.points.filter(({ source }) => source.kind === 'diagnostic');
  expect(diagnostic.length).toBeGreaterThan(20);
  expect(told('smoke-2/bus_quality')).toBe(100);
  expect(told('smoke-3/bus_quality')).toBe(0);
  const of = (what: string): number => {
    const found = diagnostic.find(({ source }) => {
      if (source.kind !== 'diagnostic' || source.what !== what || !('line' in source.of)) return false;
      return source.of.line === line('east');
    });
    return Number(told(found?.id ?? ''));
  };
  expect(of('load')).toBeGreaterThan(20);
  expect(of('scan-age')).toBeGreaterThan(0);
  expect(of('scan-age')).toBeLessThan(2_000);
  expect(rig.faults).toEqual(['raised fault:unit:smoke-3']);
});

describe('the deadline of a line', () => {
  async function watched() {
    const config = await fullLine();
    const clock = new SimClock();
    const told: string[] = [];
    const figures = { unitStats: () => stats({}), loadPercent: () => 97 };
    const health = new LineHealth({
      ...{ config, clock, lines: new Map([[line('east'), figures]]), nextFrame: () => 1 },
      onReadings: () => undefined,
      onFault: ({ key }, isActive, detail) =>
        told.push(`${isActive ? 'raised' : 'sound'} ${key} ${detail['point'] ?? ''}`),
      onReviewed: () => undefined,
    });
    health.start();
    /** Looks at s1 and s2 every so many ms for a while; null: it can not be seen. */
    const look = async (everyMs: number, forMs: number, second: 'seen' | 'silent' = 'seen'): Promise<void> => {
      for (let passed = 0; passed < forMs; passed += everyMs) {
        const other =
          second === 'seen' ? goodReading('s2/smoke', 'normal', true, clock.mono()) : badReading('s2/smoke');
        health.see([goodReading('s1/smoke', 'normal', true, clock.mono()), other]);
        await clock.advance(everyMs);
      }
    };
    return { look, told, health };
  }

  test('that is kept is no fault, and that is missed once is none either', async () => {
    const { look, told } = await watched();
    await look(1_500, 30_000);
    await look(2_500, 2_500);
    await look(1_500, 30_000);
    expect(new Set(told.map((each) => each.trim()))).toEqual(new Set(['sound fault:budget:east']));
  });

  test('that is broken again and again is a fault with the slowest point, and returns when it is kept', async () => {
    const { look, told } = await watched();
    await look(2_500, 30_000);
    expect(told).toContain('raised fault:budget:east s1/smoke');
    await look(1_000, 30_000);
    expect(told.at(-1)).toMatch(/^sound/);
  });

  test('does not count a point that can not be seen: that is a fault of its own', async () => {
    const { look, told } = await watched();
    await look(1_000, 10_000);
    await look(1_000, 60_000, 'silent');
    await look(1_000, 30_000);
    expect(told.filter((each) => each.startsWith('raised'))).toEqual([]);
  });
});

function stats(odd: Partial<UnitStats>): UnitFigures {
  const usual = { requests: 100, answers: 100, timeouts: 0, crcErrors: 0, lateAnswers: 0, doubles: 0 };
  return { ...usual, latencyP95Ms: 15, latency: null, sinceStart: usual, ...odd };
}

test.each<readonly [promise: string, odd: Partial<UnitStats>, quality: number | null]>([
  ['all is well', {}, 100],
  ['one in ten is not answered', { timeouts: 10 }, 90],
  ['one in ten comes garbled', { crcErrors: 10 }, 90],
  ['one in ten is answered twice', { doubles: 10 }, 95],
  ['nothing is answered', { answers: 0, timeouts: 100, latencyP95Ms: null }, 0],
  ['worse than nothing is nothing', { timeouts: 100, lateAnswers: 100 }, 0],
  ['answers come at the very end', { latencyP95Ms: 200 }, 80],
  ['answers come late in their time', { latencyP95Ms: 150 }, 90],
  ['nobody was asked', { requests: 0, answers: 0, latencyP95Ms: null }, null],
])('quality of a unit: %s', (_, odd, quality) => {
  expect(qualityOf(stats(odd), 200)).toBe(quality);
});

test('the site knows every fault that its lines can tell, so that none is dropped as unknown after a restart', async () => {
  const { faultSubjectsOf } = await import('../../gateway/alarm/site-subjects.js');
  const keys = new Set(faultSubjectsOf(await townConfig()).map(({ key }) => key));
  for (const kind of ['unit', 'setup', 'registers', 'address']) expect(keys).toContain(`fault:${kind}:smoke-1`);
  for (const kind of ['line', 'budget']) expect(keys).toContain(`fault:${kind}:east`);
});

describe('a line whose devices speak by themselves', () => {
  async function listening() {
    const town = await townConfig();
    const config = town.lines.find(({ protocol }) => protocol === 'stream');
    const devices = town.streams.filter((each) => each.line === config?.id);
    const [first] = devices;
    if (config === undefined || first === undefined) throw new Error('the town has a line that is listened to');
    const told: string[] = [];
    const details: Readonly<Record<string, unknown>>[] = [];
    const scan = new StreamScan({
      ...{ config, devices, clock: new SimClock() },
      onFault: ({ key }, isActive, detail) => {
        told.push(`${isActive ? 'raised' : 'sound'} ${key.replace(first.id, 'it').replace(config.id, 'line')}`);
        details.push(detail);
      },
    });
    return { scan, told, details, id: first.id };
  }

  test('says which device is silent and what to do, and that it is back', async () => {
    const { scan, told, details, id } = await listening();
    scan.setLink(null);
    scan.saw(id, 'silent');
    scan.saw(id, 'heard');
    expect(told).toEqual(['sound fault:line:line', 'raised fault:unit:it', 'sound fault:unit:it']);
    expect(details[1]).toMatchObject({ reason: 'stream-silent', next_zh: expect.stringMatching(/波特率/) });
  });

  test('that is down is one fault, and nothing is said of its devices before it is up again', async () => {
    const { scan, told, details, id } = await listening();
    scan.setLink(new DriverError('LINK-001', '/dev/ttyUSB0'));
    scan.saw(id, 'silent');
    expect(told).toEqual(['raised fault:line:line']);
    expect(details[0]).toMatchObject({ code: 'LINK-001', cause_zh: expect.stringMatching(/USB/) });
    scan.setLink(null);
    expect(told.slice(1)).toEqual(['sound fault:line:line', 'raised fault:unit:it']);
  });

  test('tells all of it again to a listener that has forgotten it', async () => {
    const { scan, told, id } = await listening();
    scan.setLink(null);
    scan.saw(id, 'silent');
    told.length = 0;
    scan.retell();
    expect(told).toEqual(['sound fault:line:line', 'raised fault:unit:it']);
  });
});
