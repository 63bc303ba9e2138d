import { describe, expect, test } from 'vitest';
import type { DeviceId } from '../../config/ids.js';
import type { Device, Scan } from '../../drivers/driver.js';
import { healthyUnit, stepUnitHealth } from '../../gateway/scan/unit-health.js';
import { UnitScan } from '../../gateway/scan/unit-scan.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { device, kitchen, line, point, seededRandom, streetSiren, VillageRig } from './village-rig.js';

const east = line('east');
const smoke2 = device('smoke-2');
const smoke3 = device('smoke-3');
const relay = device('relay-1');
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
    const rig = await VillageRig.watching();
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
  let read = 0;
  for (let n = 0; n < 100; n++) {
    const quiet = places.filter(({ id }) => !burningSince.has(`point:${id}`));
    const place = quiet[Math.floor(random() * quiet.length)];
    if (place === undefined) throw new Error('everything burns');
    rig.village.setPoint(place.id, 'alarm');
    burningSince.set(`point:${place.id}`, rig.clock.mono());
    await rig.clock.advance(150 + random() * 300);
    for (const { kind, subject, mono } of rig.entries.slice(read)) {
      const sinceMono = burningSince.get(subject);
      if (sinceMono === undefined) continue;
      if (kind === 'alarm.raised') {
        tookMs.push(mono - sinceMono);
        rig.village.setPoint(point(subject.slice('point:'.length)), 'normal');
      } else if (kind === 'alarm.returned') burningSince.delete(subject);
    }
    read = rig.entries.length;
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

describe('one unit', () => {
  /** A device whose rounds take `roundMs`; tells how many are under way and how often it was asked. */
  function scanned(minScanMs: number, roundMs: number) {
    const clock = new SimClock();
    const seen = { underWay: 0, mostUnderWay: 0, rounds: 0 };
    const unit: Device = {
      id: relay,
      scan: () => {
        seen.rounds++;
        seen.mostUnderWay = Math.max(seen.mostUnderWay, ++seen.underWay);
        return new Promise<Scan>((resolve) =>
          clock.after(roundMs, () => {
            seen.underWay--;
            resolve({ error: null, readings: [] });
          }),
        );
      },
    };
    let onScan: () => void = () => undefined;
    const scan = new UnitScan(unit, minScanMs, clock, seededRandom(), { onScan: () => onScan() });
    return {
      clock,
      scan,
      seen,
      onScan: (run: () => void) => {
        onScan = run;
      },
    };
  }

  test('is asked again when its period is over, and without a pause when a round took longer', async () => {
    for (const [roundMs, rounds] of [
      [20, 50],
      [400, 25],
    ] as const) {
      const { clock, scan, seen } = scanned(200, roundMs);
      scan.start();
      await clock.advance(9_999);
      expect(seen).toEqual({ underWay: roundMs > 200 ? 1 : 0, mostUnderWay: 1, rounds });
    }
  });

  test('is asked once more at once when something moved during a round', async () => {
    const { clock, scan, seen } = scanned(1_000, 20);
    scan.start();
    await clock.advance(10);
    scan.hasten();
    await clock.advance(15);
    expect(seen.rounds).toBe(2);
  });

  test('has one round under way at a time although it was hastened before the start', async () => {
    const { clock, scan, seen } = scanned(200, 400);
    scan.hasten();
    scan.start();
    await clock.advance(10_000);
    expect(seen.mostUnderWay).toBe(1);
  });

  test('has one round under way at a time although its own answer hastens it', async () => {
    const { clock, scan, seen, onScan } = scanned(200, 400);
    let isFirst = true;
    onScan(() => {
      if (isFirst) scan.hasten();
      isFirst = false;
    });
    scan.start();
    await clock.advance(10_000);
    expect(seen.mostUnderWay).toBe(1);
  });
});
