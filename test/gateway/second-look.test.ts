/** A first alarm on a troubled line is read twice; a fire is never kept silent by it. */
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../config/reading.js';
import { UnitScan } from '../../gateway/scan/unit-scan.js';
import { corrupted, forTimes } from '../../hardware-sim/modbus/mischief.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { byId, FakeDevice, type FakePart, fakePoint } from './fake-device.js';
import { device, kitchen, point, seededRandom, streetSiren, VillageRig } from './village-rig.js';

/** One unit with two smoke points, a contact of class fault and a plain one; on a troubled line. */
function troubled() {
  const clock = new SimClock();
  const points = [
    fakePoint('smoke'),
    fakePoint('other'),
    fakePoint('mains', 'mains.lost'),
    fakePoint('key', 'contact'),
  ];
  const unit = new FakeDevice(clock, [['fast', 'smoke', 'other', 'mains', 'key']]);
  const [part] = unit.fakes;
  if (part === undefined) throw new Error('it has a part');
  const told: string[] = [];
  const scan = new UnitScan({
    ...{ device: unit, clock, random: seededRandom(), points: byId(points), minScanMs: 5_000 },
    events: {
      onReadings: (readings: readonly Reading[]) => {
        for (const { pointId, value, reason, confirmed } of readings) {
          told.push(`${clock.mono()} ${pointId} ${value ?? reason}${confirmed ? '' : '?'}`);
        }
      },
      onRound: () => undefined,
      onWithdrawn: (first, second) => told.push(`withdrawn ${first.pointId} ${first.value} ${second.value}`),
      onSetup: () => undefined,
    },
  });
  part.confirmed = false;
  return { clock, unit, part, scan, told, of: (id: string) => told.filter((each) => each.includes(` ${id} `)) };
}

/** What the second look finds. */
function onSecond(part: FakePart, then: () => void): void {
  part.onAsk = (look) => {
    if (look === 'second') then();
  };
}

describe('a first alarm on a troubled line', () => {
  test('that the second look sees too counts at once, confirmed, and the other points are not kept waiting', async () => {
    const { clock, part, scan, of } = troubled();
    part.values = { smoke: 'alarm', other: 'normal', mains: 'alarm', key: 'alarm' };
    scan.start();
    await clock.advance(100);
    expect(of('smoke')).toEqual(['40 smoke alarm']);
    for (const id of ['other', 'mains', 'key']) expect(of(id)[0]).toMatch(/^20 /);
    expect(part.askedMono.map(({ look }) => look)).toEqual(['routine', 'second']);
  });

  test('that the second look contradicts does not count, and is told once', async () => {
    const { clock, part, scan, of } = troubled();
    part.values['smoke'] = 'alarm';
    onSecond(part, () => {
      part.values['smoke'] = 'normal';
    });
    scan.start();
    await clock.advance(20_000);
    expect(of('smoke').slice(0, 2)).toEqual(['withdrawn smoke alarm normal', '40 smoke normal?']);
    expect(of('smoke').filter((each) => each.includes('alarm'))).toHaveLength(1);
  });

  test('that comes again after it was taken back counts at once: a flickering detector is not argued with', async () => {
    const { clock, part, scan, of } = troubled();
    part.values['smoke'] = 'alarm';
    part.onAsk = (look) => {
      part.values['smoke'] = look === 'second' ? 'normal' : 'alarm';
    };
    scan.start();
    await clock.advance(6_000);
    expect(of('smoke')).toEqual(['withdrawn smoke alarm normal', '40 smoke normal?', '5040 smoke alarm?']);
  });

  test('whose second look is not answered counts, unconfirmed', async () => {
    const { clock, unit, part, scan, of } = troubled();
    part.values['smoke'] = 'alarm';
    onSecond(part, () => {
      unit.isOn = false;
    });
    scan.start();
    await clock.advance(400);
    expect(of('smoke')).toEqual(['220 smoke alarm?']);
  });

  test('whose second look is late counts after 1 s, and no look beside the late one is begun', async () => {
    const { clock, unit, part, scan, of } = troubled();
    part.values['smoke'] = 'alarm';
    onSecond(part, () => {
      unit.roundMs = 3_000;
    });
    scan.start();
    await clock.advance(2_900);
    expect(of('smoke')).toEqual(['1020 smoke alarm?']);
    expect(unit.mostUnderWay).toBe(1);
  });

  test('of a detector that is found broken by the second look still counts', async () => {
    const { clock, part, scan, of } = troubled();
    part.values['smoke'] = 'alarm';
    onSecond(part, () => {
      part.values['smoke'] = 'broken';
    });
    scan.start();
    await clock.advance(100);
    expect(of('smoke')).toEqual(['40 smoke alarm?', '40 smoke broken?']);
  });

  test('is not dropped when the gateway stops meanwhile', async () => {
    const { clock, part, scan, of } = troubled();
    part.values['smoke'] = 'alarm';
    scan.start();
    await clock.advance(30);
    scan.stop();
    expect(of('smoke')).toEqual(['30 smoke alarm?']);
  });

  test('found by a second look is looked at once more itself', async () => {
    const { clock, part, scan, of } = troubled();
    part.values['smoke'] = 'alarm';
    onSecond(part, () => {
      part.values['other'] = 'alarm';
    });
    scan.start();
    await clock.advance(100);
    expect(of('smoke')[0]).toBe('40 smoke alarm');
    expect(of('other').at(-1)).toBe('60 other alarm');
  });
});

test.each<readonly [promise: string, set: (part: FakePart) => void]>([
  ['a quiet line', (part) => Object.assign(part, { confirmed: true, values: { ...part.values, smoke: 'alarm' } })],
  ['a fault and a plain contact', (part) => Object.assign(part.values, { mains: 'alarm', key: 'alarm' })],
  ['a broken detector', (part) => Object.assign(part.values, { smoke: 'broken' })],
  ['nothing new', () => undefined],
])('%s: nothing is looked at twice', async (_, set) => {
  const { clock, part, scan, told } = troubled();
  set(part);
  scan.start();
  await clock.advance(100);
  expect(part.askedMono.map(({ look }) => look)).toEqual(['routine']);
  expect(told).toHaveLength(4);
});

test('an alarm that stands is not looked at twice again', async () => {
  const { clock, part, scan } = troubled();
  part.values['smoke'] = 'alarm';
  scan.start();
  await clock.advance(20_000);
  expect(part.askedMono.filter(({ look }) => look === 'second')).toHaveLength(1);
});

describe('in the town, after a garbled answer of a neighbour', () => {
  async function troubledTown(): Promise<VillageRig> {
    const rig = await VillageRig.watching();
    const neighbour = rig.village.units.get(device('smoke-2'));
    if (neighbour === undefined) throw new Error('smoke-2 is there');
    neighbour.mischief = forTimes(1, corrupted());
    await rig.clock.advance(2_000);
    return rig;
  }

  test('a fire is confirmed by a second look and sounds within 2 s', async () => {
    const rig = await troubledTown();
    rig.village.setPoint(kitchen, 'alarm');
    await rig.clock.until(() => rig.isOn(streetSiren), 2_000);
    expect(rig.entriesOf('alarm.raised', `point:${kitchen}`)[0]?.detail['confirmed']).toBe(true);
  });

  test('an alarm that is there for one look only is withdrawn, journaled as fire, and sounds nothing', async () => {
    const rig = await troubledTown();
    const smoke = rig.village.units.get(device('smoke-kitchen'));
    if (smoke === undefined) throw new Error('smoke-kitchen is there');
    rig.village.setPoint(kitchen, 'alarm');
    let looks = 0;
    smoke.mischief = ({ reply }) => {
      if (++looks === 1) rig.village.setPoint(point(kitchen), 'normal');
      return [{ afterMs: 0, bytes: reply }];
    };
    await rig.clock.advance(3_000);
    const [withdrawn] = rig.entriesOf('alarm.withdrawn');
    expect(withdrawn).toMatchObject({ class: 'fire', lane: 'fire', subject: `point:${kitchen}` });
    expect(rig.entriesOf('alarm.raised', `point:${kitchen}`)).toEqual([]);
    expect(rig.isOn(streetSiren)).toBe(false);
  });
});
