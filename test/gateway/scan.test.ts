import { describe, expect, test } from 'vitest';
import type { DeviceId } from '../../config/ids.js';
import type { PointRole } from '../../config/vocabulary.js';
import { quietFlap, stepFlap } from '../../gateway/scan/flap-filter.js';
import { LineScan } from '../../gateway/scan/line-scan.js';
import { healthyUnit, stepUnitHealth } from '../../gateway/scan/unit-health.js';
import { UnitScan } from '../../gateway/scan/unit-scan.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { byId, FakeDevice, fakePoint } from './fake-device.js';
import {
  device,
  kitchen,
  line,
  point,
  seededRandom,
  speechlessTown,
  streetSiren,
  townConfig,
  VillageRig,
} from './village-rig.js';

const east = line('east');
const smoke2 = device('smoke-2');
const smoke3 = device('smoke-3');
/** Three failures and 1 s; on a cut line each failure costs a whole round of time-outs. */
const tookMax = { unitFaultMs: 5_000, lineFaultMs: 15_000 };

/** Counts the requests that a unit answers from now on, per second of virtual time. */
function answersOf(rig: VillageRig, id: DeviceId): () => number {
  const unit = rig.village.units.get(id);
  if (unit === undefined) throw new Error(`no unit ${id}`);
  const sinceMono = rig.clock.mono();
  let count = 0;
  unit.mischief = ({ reply }) => {
    count++;
    return [{ afterMs: 0, bytes: reply }];
  };
  return () => (count * 1000) / (rig.clock.mono() - sinceMono);
}

async function rateOf(rig: VillageRig, id: DeviceId, ms: number): Promise<number> {
  const rate = answersOf(rig, id);
  await rig.clock.advance(ms);
  return rate();
}

async function untilFault(rig: VillageRig, told: string, limitMs: number): Promise<number> {
  return rig.clock.until(() => rig.faults.includes(told), limitMs, 10);
}

describe('a dead unit', () => {
  test('is a fault of that unit alone, and the others are still scanned at nearly their rate', async () => {
    const rig = await VillageRig.watching();
    const before = await rateOf(rig, smoke2, 5_000);
    rig.village.switchUnit(smoke3, false);
    expect(await untilFault(rig, 'raised fault:unit:smoke-3', 100_000)).toBeLessThanOrEqual(tookMax.unitFaultMs);
    expect(await rateOf(rig, smoke2, 10_000)).toBeGreaterThan(0.9 * before);
    expect(rig.faults).toEqual(['raised fault:unit:smoke-3']);
  });

  test('that comes back returns its fault and is scanned as before', async () => {
    const rig = await VillageRig.watching();
    const before = await rateOf(rig, smoke3, 5_000);
    rig.village.switchUnit(smoke3, false);
    await rig.clock.advance(30_000);
    rig.village.switchUnit(smoke3, true);
    await untilFault(rig, 'returned fault:unit:smoke-3', 11_000);
    expect(await rateOf(rig, smoke3, 5_000)).toBeGreaterThan(0.9 * before);
    expect(rig.faults).toEqual(['raised fault:unit:smoke-3', 'returned fault:unit:smoke-3']);
  });

  test('that was in alarm keeps its alarm and its siren, and is not raised anew when it is back', async () => {
    const rig = await VillageRig.watching({ config: await speechlessTown() });
    rig.village.setPoint(kitchen, 'alarm');
    await rig.clock.until(() => rig.isOn(streetSiren), 2_000);
    rig.village.switchUnit(device('smoke-kitchen'), false);
    await untilFault(rig, 'raised fault:unit:smoke-kitchen', 10_000);
    await rig.clock.advance(20_000);
    expect(rig.isOn(streetSiren)).toBe(true);
    rig.village.switchUnit(device('smoke-kitchen'), true);
    await untilFault(rig, 'returned fault:unit:smoke-kitchen', 11_000);
    expect(rig.entriesOf('alarm.raised', `point:${kitchen}`)).toHaveLength(1);
    expect(rig.entriesOf('alarm.returned', `point:${kitchen}`)).toEqual([]);
  });

  test('that loses one answer is no fault', async () => {
    const rig = await VillageRig.watching();
    rig.village.switchUnit(smoke3, false);
    await rig.clock.advance(600);
    rig.village.switchUnit(smoke3, true);
    await rig.clock.advance(20_000);
    expect(rig.faults).toEqual([]);
  });
});

describe('a cut line', () => {
  test('is one fault and not one per unit; mended, it returns and no unit is blamed', async () => {
    const rig = await VillageRig.watching();
    rig.village.cutLine(east, true);
    expect(await untilFault(rig, 'raised fault:line:east', 100_000)).toBeLessThanOrEqual(tookMax.lineFaultMs);
    await rig.clock.advance(30_000);
    rig.village.cutLine(east, false);
    await untilFault(rig, 'returned fault:line:east', 11_000);
    await rig.clock.advance(20_000);
    expect(rig.faults.filter((told) => told.includes('unit'))).toEqual([]);
    expect(rig.faults.filter((told) => told.includes('line'))).toEqual([
      'raised fault:line:east',
      'returned fault:line:east',
    ]);
  });

  test('that is mended is scanned at the rate it had before', async () => {
    const rig = await VillageRig.watching();
    const before = await rateOf(rig, smoke2, 10_000);
    rig.village.cutLine(east, true);
    await untilFault(rig, 'raised fault:line:east', 10_000);
    rig.village.cutLine(east, false);
    await untilFault(rig, 'returned fault:line:east', 11_000);
    const after = await rateOf(rig, smoke2, 10_000);
    expect(after).toBeGreaterThan(0.95 * before);
    // Two rounds beside each other would be nearly twice as many.
    expect(after).toBeLessThan(1.2 * before);
  });

  test('leaves a unit that was dead before with its own fault, until that unit answers', async () => {
    const rig = await VillageRig.watching();
    rig.village.switchUnit(smoke3, false);
    await untilFault(rig, 'raised fault:unit:smoke-3', 10_000);
    rig.village.cutLine(east, true);
    await untilFault(rig, 'raised fault:line:east', 10_000);
    rig.village.cutLine(east, false);
    await untilFault(rig, 'returned fault:line:east', 11_000);
    await rig.clock.advance(20_000);
    expect(rig.faults.filter((told) => told.includes('unit'))).toEqual(['raised fault:unit:smoke-3']);
    rig.village.switchUnit(smoke3, true);
    await untilFault(rig, 'returned fault:unit:smoke-3', 11_000);
  });

  test('blames a unit that died during the cut as soon as the line is mended', async () => {
    const rig = await VillageRig.watching();
    rig.village.cutLine(east, true);
    await untilFault(rig, 'raised fault:line:east', 10_000);
    rig.village.switchUnit(smoke3, false);
    rig.village.cutLine(east, false);
    await untilFault(rig, 'raised fault:unit:smoke-3', 15_000);
    expect(rig.faults.filter((told) => told.includes('unit'))).toEqual(['raised fault:unit:smoke-3']);
  });

  test('does not slow the other line', async () => {
    const rig = await VillageRig.watching();
    const before = await rateOf(rig, device('smoke-14'), 5_000);
    rig.village.cutLine(east, true);
    expect(await rateOf(rig, device('smoke-14'), 5_000)).toBeGreaterThan(0.99 * before);
  });
});

test('an adapter that is pulled out is a fault of its line, and put back it is opened anew and watched again', async () => {
  let opened = 0;
  const rig = await VillageRig.watching({
    wrapLine: (id, open) => (events) => {
      if (id === east) opened++;
      return open(events);
    },
  });
  const wire = rig.village.wires.get(east);
  wire?.unplug();
  await untilFault(rig, 'raised fault:line:east', 1_000);
  expect(rig.entriesOf('alarm.raised', 'fault:line:east')[0]?.detail['code']).toMatch(/^LINK-/);
  await rig.clock.advance(30_000);
  wire?.replug();
  const openedBefore = opened;
  await untilFault(rig, 'returned fault:line:east', 15_000);
  expect(opened).toBe(openedBefore + 1);
  expect(rig.faults.filter((told) => told.includes('unit'))).toEqual([]);
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.until(() => rig.isOn(streetSiren), 2_000);
});

test('a line whose adapter is missing at start is a fault at once, and the other line is watched', async () => {
  const rig = await VillageRig.make();
  rig.village.wires.get(east)?.unplug();
  await rig.start();
  await rig.clock.advance(2_000);
  expect(rig.faults).toContain('raised fault:line:east');
  rig.village.setPoint(point('smoke-14/smoke'), 'alarm');
  await rig.clock.until(() => rig.isOn(streetSiren), 2_000);
});

test('every line is scanned within 5 s of the start, however dead its units are', async () => {
  const rig = await VillageRig.make();
  for (const id of ['smoke-1', 'smoke-5', 'relay-1', 'smoke-15', 'relay-2']) rig.village.switchUnit(device(id), false);
  await rig.start();
  await rig.clock.until(() => rig.observations.some(({ kind }) => kind === 'site.scanned'), 60_000, 10);
  expect(rig.clock.mono()).toBeLessThanOrEqual(5_000);
});

test('of 100 fires at any place and time of the ancient town, the slowest is seen within 2 s', async () => {
  const rig = await VillageRig.watching();
  const random = seededRandom();
  const places = rig.config.points.filter((each) => each.class === 'fire');
  const burningSince = new Map<string, number>();
  const tookMs: number[] = [];
  const seen = new Set<string>();
  for (let n = 0; n < 100; n++) {
    const quiet = places.filter(({ id }) => !burningSince.has(`point:${id}`));
    const place = quiet[Math.floor(random() * quiet.length)];
    if (place === undefined) throw new Error('everything burns');
    rig.village.setPoint(place.id, 'alarm');
    burningSince.set(`point:${place.id}`, rig.clock.mono());
    await rig.clock.advance(150 + random() * 300);
    // By the alarms themselves: what burns so often in half a minute is not written each time.
    for (const [subject, sinceMono] of burningSince) {
      const facets = rig.runtime.alarms.subjects.get(subject);
      const isActive = facets?.condition === 'active';
      if (isActive && !seen.has(subject)) {
        tookMs.push((facets.alarm?.raisedMono ?? Number.NaN) - sinceMono);
        rig.village.setPoint(point(subject.slice('point:'.length)), 'normal');
        seen.add(subject);
      } else if (facets?.condition === 'normal' && seen.delete(subject)) burningSince.delete(subject);
    }
  }
  expect(tookMs.length).toBeGreaterThan(90);
  expect(Math.max(...tookMs)).toBeLessThanOrEqual(2_000);
});

test.each<
  readonly [promise: string, rounds: readonly (readonly [atMono: number, hasAnswered: boolean])[], mode: string]
>([
  ['one lost answer is doubt', [[0, false]], 'doubtful'],
  [
    'two failures are doubt however far apart',
    [
      [0, false],
      [60_000, false],
    ],
    'doubtful',
  ],
  [
    'three failures within 1 s are doubt',
    [
      [0, false],
      [400, false],
      [999, false],
    ],
    'doubtful',
  ],
  [
    'three failures over 1 s are silence',
    [
      [0, false],
      [400, false],
      [1_000, false],
    ],
    'silent',
  ],
  [
    'an answer between them begins the count anew',
    [
      [0, false],
      [400, false],
      [500, true],
      [1_000, false],
    ],
    'doubtful',
  ],
  [
    'one answer ends a silence',
    [
      [0, false],
      [500, false],
      [1_000, false],
      [9_000, true],
    ],
    'answering',
  ],
])('does a unit answer? %s', (_, rounds, mode) => {
  const health = rounds.reduce(
    (before, [atMono, hasAnswered]) => stepUnitHealth(before, hasAnswered, atMono),
    healthyUnit,
  );
  expect(health.mode).toBe(mode);
});

/** One device without a wire; only ids that begin with smoke are fire points. */
function scanned(minScanMs: number, roundMs: number, parts: ConstructorParameters<typeof FakeDevice>[1]) {
  const clock = new SimClock();
  const unit = new FakeDevice(clock, parts);
  unit.roundMs = roundMs;
  const roleOf = (id: string): PointRole => (id.startsWith('smoke') ? 'smoke.alarm' : 'contact');
  const points = byId(unit.fakes.flatMap(({ ids }) => ids.map((id) => fakePoint(id, roleOf(id)))));
  const told: string[] = [];
  const hooks = { onRound: (): void => undefined };
  const scan = new UnitScan({
    ...{ device: unit, minScanMs, clock, random: seededRandom(), points },
    events: {
      onReadings: (readings) => {
        told.push(...readings.map(({ pointId, value, reason }) => `${pointId} ${value ?? reason}`));
      },
      onRound: () => hooks.onRound(),
      onWithdrawn: () => undefined,
      onSetup: () => undefined,
    },
  });
  return { clock, scan, unit, told, hooks };
}

describe('a line that is cut for a while', () => {
  test('shows no point as sound while it is cut, and sees every detector again within 3 s of its mending', async () => {
    const rig = await VillageRig.watching();
    const line = rig.config.lines.find(({ id }) => id === 'east');
    if (line === undefined) throw new Error('no line east');
    const units = new Set(rig.config.units.filter((unit) => unit.line === line.id).map(({ id }) => id));
    const points = rig.config.points.filter(
      ({ source, class: alarmClass }) =>
        source.kind === 'register' && units.has(source.device) && alarmClass === 'fire',
    );
    const seen = (quality: 'good' | 'bad'): number =>
      points.filter(({ id }) => rig.runtime.points.get(id)?.quality === quality).length;
    expect(seen('good')).toBe(points.length);
    rig.village.cutLine(line.id, true);
    await rig.clock.until(() => rig.faults.includes('raised fault:line:east'), 20_000, 10);
    await rig.clock.advance(100);
    expect(seen('bad')).toBe(points.length);
    await rig.clock.advance(60_000);
    expect(seen('bad')).toBe(points.length);
    rig.village.cutLine(line.id, false);
    await rig.clock.until(() => seen('good') > 0, 20_000, 10);
    const backMono = rig.clock.mono();
    await rig.clock.until(() => seen('good') === points.length, 60_000, 10);
    expect(rig.clock.mono() - backMono).toBeLessThan(3_000);
    await rig.stop();
  });
});

describe('one unit', () => {
  test('is asked again when its period is over, and without a pause when a round took longer', async () => {
    for (const [roundMs, rounds, late] of [
      [20, 50, 0],
      [400, 25, 24],
    ] as const) {
      const { clock, scan, unit } = scanned(200, roundMs, [['fast', 'smoke']]);
      scan.start();
      await clock.advance(9_999);
      expect(unit.asked(0)).toHaveLength(rounds);
      expect(unit.mostUnderWay).toBe(1);
      expect(scan.latePeriods).toBe(late);
    }
  });

  test('is asked once more at once when something moved during a round', async () => {
    const { clock, scan, unit } = scanned(1_000, 20, [['fast', 'smoke']]);
    scan.start();
    await clock.advance(10);
    scan.hasten();
    await clock.advance(15);
    expect(unit.asked(0)).toHaveLength(2);
  });

  test('has one round under way at a time although it was hastened before the start', async () => {
    const { clock, scan, unit } = scanned(200, 400, [['fast', 'smoke']]);
    scan.hasten();
    scan.start();
    await clock.advance(10_000);
    expect(unit.mostUnderWay).toBe(1);
  });

  test('has one round under way at a time although its own answer hastens it', async () => {
    const { clock, scan, unit, hooks } = scanned(200, 400, [['fast', 'smoke']]);
    hooks.onRound = () => {
      hooks.onRound = () => undefined;
      scan.hasten();
    };
    scan.start();
    await clock.advance(10_000);
    expect(unit.mostUnderWay).toBe(1);
  });

  const allRates = [
    ['fast', 'smoke'],
    ['normal', 'volts'],
    ['slow', 'hours'],
    ['once', 'scale'],
  ] as const;

  test('has each of its parts read at its own rate', async () => {
    const { clock, scan, unit } = scanned(1_000, 20, allRates);
    scan.start();
    await clock.advance(119_900);
    expect([0, 1, 2, 3].map((n) => unit.asked(n).length)).toEqual([120, 24, 2, 1]);
  });

  test.each([
    ['refused', { error: 'BUS-002' }],
    ['given without a value', { values: {} }],
  ] as const)(
    'is asked again for what is read once while that is %s, ever later, and no more when it was read',
    async (_, bad) => {
      const { clock, scan, unit, told } = scanned(1_000, 20, allRates);
      const [, , , scale] = unit.fakes;
      if (scale === undefined) throw new Error('a fourth part');
      Object.assign(scale, bad);
      scan.start();
      await clock.advance(600_000);
      const soon = unit.asked(3).filter((at) => at < 300_000).length;
      expect(soon).toBeLessThan(20);
      // At its slowest once a minute, each time up to half of that earlier.
      expect(unit.asked(3).length - soon).toBeGreaterThanOrEqual(5);
      expect(unit.asked(3).length - soon).toBeLessThanOrEqual(10);
      Object.assign(scale, { error: null, values: { scale: 'normal' } });
      await clock.until(() => told.includes('scale normal'), 61_000);
      const asked = unit.asked(3).length;
      await clock.advance(600_000);
      expect(unit.asked(3)).toHaveLength(asked);
    },
  );

  test('that is dead is asked for one part at a time, mostly the most urgent, ever more seldom; back, all is read at once', async () => {
    const { clock, scan, unit, told } = scanned(1_000, 20, allRates);
    scan.start();
    await clock.advance(10_000);
    unit.isOn = false;
    await clock.advance(60_000);
    const sinceMono = clock.mono();
    told.length = 0;
    await clock.advance(60_000);
    const probesOf = (n: number) => unit.asked(n).filter((at) => at >= sinceMono);
    const probes = [0, 1, 2, 3].flatMap(probesOf).sort((a, b) => a - b);
    expect(probesOf(0).length).toBeGreaterThanOrEqual(probes.length * 0.6);
    // At most a tenth below 10 s, each with a time-out of 0.2 s.
    for (const [i, at] of probes.slice(1).entries()) expect(at - (probes[i] ?? 0)).toBeGreaterThanOrEqual(9_200);
    expect(probes.length).toBeGreaterThanOrEqual(5);
    expect(new Set(told)).toEqual(new Set(['smoke silent', 'volts silent', 'hours silent', 'scale silent']));
    unit.isOn = true;
    told.length = 0;
    await clock.until(() => told.length >= 4, 10_500);
    expect(told.sort()).toEqual(['hours normal', 'scale normal', 'smoke normal', 'volts normal']);
    expect(unit.setupAsked).toBe(2);
  });

  test('that loses one answer is not told to be lost, and its other parts go on', async () => {
    const { clock, scan, unit, told } = scanned(1_000, 20, allRates);
    scan.start();
    await clock.advance(4_900);
    unit.isOn = false;
    await clock.advance(300);
    unit.isOn = true;
    await clock.advance(20_000);
    expect(told.filter((each) => each.includes('silent'))).toEqual([]);
    expect(unit.asked(1).length).toBeGreaterThanOrEqual(4);
    expect(unit.setupAsked).toBe(1);
  });

  test('of which only a slow part is never answered is not blind for it: that part is lost, the rest is read on', async () => {
    const { clock, scan, unit, told } = scanned(200, 20, [
      ['fast', 'smoke'],
      ['normal', 'volts'],
    ]);
    const [fire, slow] = unit.fakes;
    if (fire === undefined || slow === undefined) throw new Error('two parts');
    slow.error = 'BUS-001';
    slow.values = {};
    scan.start();
    await clock.advance(30_000);
    expect(told).toContain('volts silent');
    expect(told).not.toContain('smoke silent');
    expect(scan.failing?.code).toBe('BUS-001');
    // Asked ever more seldom: it costs the line a time-out each time.
    expect(unit.asked(1).length).toBeLessThan(12);
    fire.values = { smoke: 'alarm' };
    await clock.advance(500);
    expect(told).toContain('smoke alarm');
  });

  test('that answers only a part of what is asked is there: the rest is lost, and the fire that it sees is shown', async () => {
    const { clock, scan, unit, told } = scanned(200, 20, [['fast', 'smoke', 'dust']]);
    const [part] = unit.fakes;
    if (part === undefined) throw new Error('one part');
    Object.assign(part, { error: 'BUS-001', values: { smoke: 'normal' } });
    scan.start();
    await clock.advance(10_000);
    expect(scan.health.mode).toBe('answering');
    expect(scan.failing?.code).toBe('BUS-001');
    part.values = { smoke: 'alarm' };
    await clock.until(() => told.includes('smoke alarm'), 1_000);
    expect(told).toContain('dust silent');
    expect(told).not.toContain('smoke silent');
  });
});

describe('a round that is longer than the fault it ran into', () => {
  const cut = { error: 'BUS-001' } as const;

  test('makes nothing seen again that was told as unseen meanwhile, and its fire counts all the same', async () => {
    const { clock, scan, unit, told } = scanned(200, 20, [['fast', 'smoke', 'smoke2', 'volts', 'amps']]);
    const [part] = unit.fakes;
    if (part === undefined) throw new Error('one part');
    Object.assign(part, cut, { values: { smoke: 'alarm', smoke2: 'normal', volts: 'normal' } });
    scan.start();
    await clock.advance(100);
    scan.forget();
    await clock.advance(150);
    expect(told).toEqual(['smoke alarm', 'smoke silent']);
    expect(scan.health.mode).toBe('doubtful');
    await clock.until(() => told.includes('volts normal') && told.includes('smoke2 normal'), 1_000);
    expect(scan.health.mode).toBe('answering');
  });

  test('and shows its unit to be silent, hides no fire that it saw before', async () => {
    const { clock, scan, unit, told } = scanned(200, 20, [
      ['fast', 'amps'],
      ['normal', 'volts'],
      ['slow', 'smoke', 'smoke2'],
    ]);
    const [fast, normal, slow] = unit.fakes;
    if (fast === undefined || normal === undefined || slow === undefined) throw new Error('three parts');
    Object.assign(normal, cut, { values: {} });
    Object.assign(slow, cut, { values: { smoke: 'alarm' } });
    slow.onAsk = () => {
      unit.timeoutMs = 3_000;
    };
    scan.start();
    await clock.advance(100);
    unit.timeoutMs = 200;
    Object.assign(fast, cut, { values: {} });
    await clock.until(() => scan.health.mode === 'silent', 5_000);
    const ofSmoke = told.filter((each) => each.startsWith('smoke '));
    expect(ofSmoke).toEqual(['smoke alarm', 'smoke silent']);
  });
});

describe('one unit with a mute part', () => {
  const mute = { error: 'BUS-001', values: {} } as const;

  test('of which only another part is never answered loses that one: its own points, not the unit', async () => {
    const { clock, scan, unit, told } = scanned(200, 20, [
      ['fast', 'smoke'],
      ['normal', 'volts'],
    ]);
    Object.assign(unit.fakes[0] ?? {}, mute);
    scan.start();
    await clock.advance(20_000);
    told.length = 0;
    const asked = unit.asked(0).length;
    const modes = new Set<string>();
    for (let second = 0; second < 60; second++) {
      await clock.advance(1_000);
      modes.add(scan.health.mode);
    }
    expect(modes).not.toContain('silent');
    expect(new Set(told)).toEqual(new Set(['smoke silent', 'volts normal']));
    expect(told.filter((each) => each === 'volts normal').length).toBeGreaterThan(9);
    expect(unit.asked(0).length - asked).toBeLessThan(12);
    // Not in the midst of the doubt that follows each look in vain.
    await clock.until(() => scan.health.mode === 'answering', 1_000);
    expect(scan.failing?.code).toBe('BUS-001');
  });

  test('asked for in vain while it was silent: the probes take turns, and another fire part shows the fire', async () => {
    const { clock, scan, unit, told } = scanned(200, 20, [
      ['fast', 'smoke'],
      ['slow', 'smoke2'],
    ]);
    unit.isOn = false;
    scan.start();
    await clock.advance(60_000);
    Object.assign(unit.fakes[0] ?? {}, mute);
    Object.assign(unit.fakes[1] ?? {}, { values: { smoke2: 'alarm' } });
    unit.isOn = true;
    await clock.until(() => told.includes('smoke2 alarm'), 21_000);
  });

  test('tells one lost answer in one block of several to nobody', async () => {
    const { clock, scan, unit, told } = scanned(200, 20, [['fast', 'smoke', 'dust']]);
    const [part] = unit.fakes;
    if (part === undefined) throw new Error('one part');
    scan.start();
    await clock.advance(5_000);
    Object.assign(part, { error: 'BUS-001', values: { smoke: 'normal' } });
    await clock.advance(300);
    Object.assign(part, { error: null, values: { smoke: 'normal', dust: 'normal' } });
    await clock.advance(5_000);
    expect(new Set(told)).toEqual(new Set(['smoke normal', 'dust normal']));
  });

  test('is not asked before its shortest time for the sake of the line', async () => {
    const { clock, scan, unit } = scanned(1_000, 20, [['fast', 'smoke']]);
    scan.start();
    for (let n = 0; n < 100; n++) {
      await clock.advance(50);
      scan.probe();
      scan.probeIfIdle();
    }
    const gaps = unit
      .asked(0)
      .slice(1)
      .map((at, i) => at - (unit.asked(0)[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(unit.asked(0)).toHaveLength(6);
  });
});

describe('a line of fakes', () => {
  /** Units of the town's east line without their wire; `rates` = how often each is read. */
  async function lineOf(
    rates: readonly ('fast' | 'slow')[],
    prepare: (fakes: readonly FakeDevice[]) => void = () => undefined,
  ) {
    const town = await townConfig();
    const clock = new SimClock();
    const config = town.lines.find(({ id }) => id === east);
    if (config === undefined) throw new Error('the town has an east line');
    const known = town.units.filter((unit) => unit.line === east).slice(0, rates.length);
    const fakes = known.map(({ id }, i) => new FakeDevice(clock, [[rates[i] ?? 'fast', `${id}/smoke`]], id));
    const told: { readonly what: string; readonly detail: Readonly<Record<string, unknown>> }[] = [];
    const scan = new LineScan({
      ...{ config, known, clock, random: seededRandom(), points: byId(town.points) },
      units: known.map((unit, i) => ({ config: unit, device: fakes[i] as FakeDevice })),
      events: {
        onReadings: () => undefined,
        onFault: ({ key }, isActive, detail) =>
          told.push({ what: `${isActive ? 'raised' : 'returned'} ${key}`, detail }),
        onWithdrawn: () => undefined,
        onProgress: () => undefined,
      },
    });
    prepare(fakes);
    scan.setLink(null);
    scan.start();
    await clock.advance(1_000);
    const raised = (): readonly string[] =>
      [...new Set(told.map(({ what }) => what))].filter((each) => each.startsWith('raised'));
    return {
      clock,
      scan,
      fakes,
      told,
      raised,
      detailOf: (what: string) => told.find((each) => each.what === what)?.detail,
    };
  }

  test('on which one unit dies while nobody else was to be asked blames that unit, and never the line', async () => {
    const { clock, fakes, raised } = await lineOf(['fast', 'slow', 'slow']);
    Object.assign(fakes[0] ?? {}, { isOn: false });
    await clock.advance(20_000);
    expect(raised()).toEqual(['raised fault:unit:smoke-1']);
  });

  test('that is cut is one fault although most of its units are read once a minute', async () => {
    const { clock, fakes, raised } = await lineOf(['fast', 'slow', 'slow', 'slow']);
    for (const fake of fakes) fake.isOn = false;
    await clock.advance(20_000);
    expect(raised()).toEqual(['raised fault:line:east']);
  });

  test('says of a silent unit where it is, what is likely and what to do', async () => {
    const { clock, fakes, detailOf } = await lineOf(['fast', 'fast', 'fast', 'fast']);
    Object.assign(fakes[1] ?? {}, { isOn: false });
    await clock.advance(20_000);
    const detail = detailOf('raised fault:unit:smoke-2');
    expect(detail).toMatchObject({ reason: 'silent', line: 'east', unit: 2, code: 'BUS-001' });
    expect(detail?.['cause_zh']).toMatch(/断电/);
    expect(detail?.['next_en']).toMatch(/power/);
  });

  test('whose last units fall silent together says behind which one the cable may be broken', async () => {
    const { clock, fakes, told } = await lineOf(['fast', 'fast', 'fast', 'fast']);
    for (const fake of fakes.slice(2)) fake.isOn = false;
    await clock.advance(20_000);
    const after = told.filter(({ what }) => what.startsWith('raised')).map(({ detail }) => detail['after_unit']);
    expect(after).toContain(2);
  });

  test('tells wrong settings with want and got, and that they are right again when somebody corrected them', async () => {
    const check = {
      table: 'holding' as const,
      address: 4096,
      want: 0,
      why: { zh: '联动', en: 'it switches by itself' },
    };
    const { clock, fakes, detailOf, told } = await lineOf(['fast', 'fast'], ([first]) => {
      if (first !== undefined) first.setup = () => ({ kind: 'wrong', check, got: 1 });
    });
    expect(detailOf('raised fault:setup:smoke-1')).toMatchObject({
      register: 'holding 4096',
      want: 0,
      got: 1,
      unit: 1,
    });
    Object.assign(fakes[0] ?? {}, { setup: null });
    await clock.advance(60_000);
    expect(told.filter(({ what }) => what.endsWith('setup:smoke-1')).at(-1)?.what).toBe('returned fault:setup:smoke-1');
  });

  test('tells registers that a unit refuses, with register, exception and what to do', async () => {
    const { clock, fakes, detailOf } = await lineOf(['fast', 'fast']);
    Object.assign(fakes[0]?.fakes[0] ?? {}, { error: 'BUS-002' });
    await clock.advance(3_000);
    expect(detailOf('raised fault:registers:smoke-1')).toMatchObject({
      ...{ code: 'BUS-002', register: 'holding 16+1', exception: 2, unit: 1 },
      cause_en: 'the unit has no such register',
    });
  });

  test('with two units of one address says so, until there was one answer only for five minutes', async () => {
    const { clock, scan, told } = await lineOf(['fast', 'fast']);
    scan.sawTwoAnswers(1);
    expect(told.at(-1)).toMatchObject({
      what: 'raised fault:address:smoke-1',
      detail: { unit: 1, reason: 'two-answers' },
    });
    await clock.advance(300_000);
    scan.review();
    expect(told.filter(({ what }) => what.endsWith('address:smoke-1')).at(-1)?.what).toBe(
      'returned fault:address:smoke-1',
    );
  });

  test('with a unit that comes and goes tells it once in five minutes, with how often it went', async () => {
    const { clock, fakes, told } = await lineOf(['fast', 'fast', 'fast']);
    const [fake] = fakes;
    if (fake === undefined) throw new Error('there is one');
    const changes: string[] = [];
    let last = '';
    for (let minute = 0; minute < 11; minute++) {
      fake.isOn = false;
      await clock.advance(30_000);
      fake.isOn = true;
      await clock.advance(30_000);
    }
    for (const { what } of told.filter((each) => each.what.endsWith('unit:smoke-1'))) {
      if (what !== last) changes.push(what.split(' ')[0] ?? '');
      last = what;
    }
    expect(changes).toEqual(['returned', 'raised', 'returned', 'raised', 'returned', 'raised', 'returned']);
    expect(Math.max(...told.map(({ detail }) => Number(detail['flaps'] ?? 0)))).toBe(4);
  });
});

test.each<readonly [promise: string, told: readonly (readonly [atMs: number, isActive: boolean])[], expected: string]>([
  [
    'the first fault and its return are told at once',
    [
      [0, false],
      [10, true],
      [20, false],
    ],
    '0- 10+ 20-',
  ],
  [
    'a second one within five minutes is not',
    [
      [0, true],
      [20, false],
      [90_000, true],
      [95_000, false],
    ],
    '0+ 20-',
  ],
  [
    'but at their end, if it still stands',
    [
      [0, true],
      [20, false],
      [90_000, true],
      [300_000, true],
    ],
    '0+ 20- 300000+',
  ],
  [
    'after five minutes without one it is told at once',
    [
      [0, true],
      [20, false],
      [300_001, true],
    ],
    '0+ 20- 300001+',
  ],
  [
    'how often it came untold is told with the next one',
    [
      [0, true],
      [1, false],
      [2, true],
      [3, false],
      [4, true],
      [5, false],
      [400_000, true],
    ],
    '0+ 1- 400000+2',
  ],
  [
    'one that stands for a minute is told within the window: silence is a fault within 100 s',
    [
      [0, true],
      [1, false],
      [2, true],
      [60_001, true],
      [60_002, true],
      [60_003, false],
    ],
    '0+ 1- 60002+ 60003-',
  ],
  [
    'a fault that stands is not told again',
    [
      [0, true],
      [1, true],
      [400_000, true],
    ],
    '0+',
  ],
])('a fault that comes and goes: %s', (_, rows, expected) => {
  let state = quietFlap;
  const told: string[] = [];
  for (const [atMs, isActive] of rows) {
    const step = stepFlap(state, isActive, atMs);
    state = step.state;
    if (step.tell !== null) told.push(`${atMs}${step.tell.isActive ? '+' : '-'}${step.tell.flaps || ''}`);
  }
  expect(told.join(' ')).toBe(expected);
});
