/** Parts of a unit: who is asked at which rank, what is read apart, what must be known before, what is believed. */
import { describe, expect, it } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { PointConfig, RegisterSource, SetupCheck } from '../../config/site.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import { paperRig, point } from './paper-line.js';
import { limits, source } from './register-source.js';
import { words } from './rig.js';

const onOff = new Map([
  [0, 'off'],
  [1, 'on'],
]);
function at(address: number, changes: Partial<RegisterSource> = {}, alarmClass: AlarmClass | null = null): PointConfig {
  return point(`p${address}`, source('holding', address, changes), alarmClass);
}
const registers = (...addresses: number[]) => Object.fromEntries(addresses.map((address) => [address, 1]));

describe('the parts of a unit', () => {
  const mixed = [
    at(40, { scan: 'once' }),
    at(30, { scan: 'slow' }),
    at(20, { scan: 'normal' }),
    at(21, { scan: 'normal', states: onOff }),
    at(25, { scan: 'normal' }),
    at(10, { states: onOff }),
    at(1),
    at(2, { states: onOff }, 'fire'),
    at(15, { scan: 'slow', states: onOff }, 'fire'),
  ];

  it('are its rates; whatever travels with a fire point comes first and apart from the rest', () => {
    const { device } = paperRig(mixed, {});
    expect(device.parts.map(({ rate, pointIds }) => [rate, ...pointIds.map((id) => id.slice(7))])).toEqual([
      ['fast', 'p1', 'p2'],
      ['slow', 'p15'],
      ['fast', 'p10'],
      ['normal', 'p20', 'p21', 'p25'],
      ['slow', 'p30'],
      ['once', 'p40'],
    ]);
  });

  it('are asked at the rank of what a block carries: fire, states, numbers, identity; a second look before all', async () => {
    const { device, line, scan } = paperRig(mixed, registers(1, 2, 10, 15, 20, 21, 25, 30, 40));
    for (const part of device.parts) await part.scan('routine');
    expect(line.take()).toEqual(['1+2 @2', '15+1 @2', '10+1 @4', '20+2 @4', '25+1 @5', '30+1 @5', '40+1 @6']);
    await scan(0, 'second');
    await scan(3, 'second');
    expect(line.take()).toEqual(['1+2 @1', '20+2 @1', '25+1 @1']);
  });

  it('share one bad reading of every point for a unit that can not be seen', () => {
    const { device, clock } = paperRig(mixed, {});
    const readings = device.unseen('silent');
    expect(readings.map(({ pointId }) => pointId).sort()).toEqual(mixed.map(({ id }) => id).sort());
    for (const reading of readings) {
      expect(reading).toMatchObject({ quality: 'bad', reason: 'silent', frame: 0, sampledMono: clock.mono() });
    }
  });

  it.each([
    ['BUS-001', 'silent'],
    ['BUS-005', 'silent'],
    ['BUS-006', 'silent'],
    ['BUS-003', 'line-down'],
    ['exception 6', 'exception'],
  ] as const)('that fail with %s are bad: %s', async (code, reason) => {
    const { line, look } = paperRig([at(1), at(2)], registers(1, 2));
    line.instead = code;
    expect(await look()).toEqual({ p1: reason, p2: reason });
    expect(line.take()).toEqual(['1+2 @5']);
  });
});

describe('a refused block', () => {
  const eight = [0, 1, 2, 3, 4, 5, 6, 7];
  const all = eight.map((address) => at(address));

  it('is read apart in the same round until only the refused value is alone, and so from then on', async () => {
    const { line, look, scan } = paperRig(all, registers(...eight.filter((address) => address !== 5)));
    const told = { p0: 1, p1: 1, p2: 1, p3: 1, p4: 1, p5: 'exception', p6: 1, p7: 1 };
    expect(await look()).toEqual(told);
    expect(line.take()).toEqual(['0+8 @5', '0+4 @5', '4+4 @5', '4+2 @5', '4+1 @5', '5+1 @5', '6+2 @5']);
    expect(await look()).toEqual(told);
    expect(line.take()).toEqual(['0+4 @5', '4+1 @5', '5+1 @5', '6+2 @5']);
    expect((await scan(0)).error).toMatchObject({ code: 'BUS-002' });
  });

  it('that was merely too long is no error', async () => {
    const { line, look, scan } = paperRig(all, registers(...eight));
    line.maxRead = 4;
    expect((await scan(0)).error).toBeNull();
    line.take();
    expect(Object.values(await look())).toEqual(eight.map(() => 1));
    expect(line.take()).toEqual(['0+4 @5', '4+4 @5']);
  });

  it('is tried whole again only when the unit was away', async () => {
    const { clock, line, look, goAway } = paperRig(all, registers(...eight));
    line.maxRead = 4;
    await look();
    await clock.advance(3_600_000);
    line.maxRead = 8;
    line.take();
    await look();
    expect(line.take()).toEqual(['0+4 @5', '4+4 @5']);
    await goAway(1000);
    await look();
    await look();
    line.take();
    await look();
    expect(line.take()).toEqual(['0+8 @5']);
  });

  it('whose every piece is refused stays one request: a unit in trouble does not fill the line', async () => {
    const { clock, line, look } = paperRig(all, registers(...eight));
    line.instead = 'exception 4';
    await look();
    expect(line.take()).toHaveLength(15);
    await look();
    expect(line.take()).toEqual(['0+8 @5']);
    line.instead = null;
    expect(await look()).toMatchObject({ p0: 1, p7: 1 });
    expect(line.take()).toEqual(['0+8 @5']);
    line.maxRead = 4;
    await clock.advance(600_000);
    expect(await look()).toMatchObject({ p0: 1, p7: 1 });
  });

  it('is not read apart when the unit is busy; a half that is not answered is bad alone', async () => {
    const { line, look } = paperRig(all, registers(...eight));
    line.instead = 'exception 6';
    await look();
    expect(line.take()).toEqual(['0+8 @5']);
    line.instead = null;
    line.maxRead = 4;
    const request = line.request.bind(line);
    line.request = (unit, priority, asked) => {
      line.instead = asked.kind === 'read' && asked.address === 4 ? 'BUS-001' : null;
      return request(unit, priority, asked);
    };
    expect(await look()).toMatchObject({ p3: 1, p4: 'silent', p7: 'silent' });
    expect(line.take()).toEqual(['0+8 @5', '0+4 @5', '4+4 @5']);
  });
});

describe('a block that is not answered', () => {
  const points = [at(0), at(10), at(20)];

  /** Three blocks; what is read in any of `mute` is not answered. */
  function rigOf(...mute: readonly number[]) {
    const rig = paperRig(points, registers(0, 10, 20));
    const request = rig.line.request.bind(rig.line);
    rig.line.request = (unit, priority, asked) => {
      rig.line.instead = asked.kind === 'read' && mute.includes(asked.address) ? 'BUS-001' : null;
      return request(unit, priority, asked);
    };
    return rig;
  }

  it('of a unit that answers nothing is the only one in its round, and the next round begins behind it', async () => {
    const { line, scan } = rigOf(0, 10, 20);
    for (let round = 0; round < 4; round++) await scan(0);
    expect(line.take()).toEqual(['0+1 @5', '10+1 @5', '20+1 @5', '0+1 @5']);
  });

  it.each([0, 10, 20])('hides no other: with %i mute the others are good in every round but one', async (mute) => {
    const { line, look, scan } = rigOf(mute);
    await look();
    const others = { p0: 1, p10: 1, p20: 1, [`p${mute}`]: 'silent' };
    for (let round = 0; round < 20; round++) expect(await look()).toEqual(others);
    expect((await scan(0)).error).toMatchObject({ code: 'BUS-001' });
    // A time-out each: it must not take the line from the other units.
    expect(line.take().filter((asked) => asked === `${mute}+1 @5`).length).toBeLessThan(9);
  });

  it('is asked for as before when it answers again', async () => {
    const mute = [10];
    const { line, look } = rigOf(...mute);
    for (let round = 0; round < 100; round++) await look();
    line.request = Object.getPrototypeOf(line).request.bind(line);
    line.instead = null;
    for (let round = 0; round < 32; round++) await look();
    line.take();
    expect(await look()).toEqual({ p0: 1, p10: 1, p20: 1 });
    expect(line.take()).toHaveLength(3);
  });

  it('does not end the round when it is one half of a refused one: the refusal was an answer', async () => {
    const { line, look } = paperRig([at(0), at(1), at(2), at(3)], registers(0, 1, 2, 3));
    line.maxRead = 2;
    const request = line.request.bind(line);
    line.request = (unit, priority, asked) => {
      line.instead = asked.kind === 'read' && asked.address === 0 && asked.count === 2 ? 'BUS-001' : null;
      return request(unit, priority, asked);
    };
    expect(await look()).toEqual({ p0: 'silent', p1: 'silent', p2: 1, p3: 1 });
  });
});

describe('a value that another register scales', () => {
  const decimals = { point: brandId<PointConfig['id']>('unit-1/p3'), sign: -1, bias: 0 } as const;
  const points = [
    at(4, { scan: 'normal', type: 's16', scaleFrom: decimals }),
    at(3, { scan: 'once', validRange: [0, 4] }),
  ];

  it('is read along with it once, and good in the first round', async () => {
    const { line, look } = paperRig(points, { 3: 2, 4: 35 });
    expect(await look()).toEqual({ p4: 0.35 });
    expect(line.take()).toEqual(['4+1 @5', '3+1 @5']);
    expect(await look()).toEqual({ p4: 0.35 });
    expect(line.take()).toEqual(['4+1 @5']);
    expect(await look(1)).toEqual({ p3: 2 });
  });

  it('in one block with it needs no second request, wherever it stands in the profile', async () => {
    const { line, look } = paperRig([at(4, { scaleFrom: decimals }), at(3, { validRange: [0, 4] })], { 3: 2, 4: 35 });
    expect(await look()).toEqual({ p3: 2, p4: 0.35 });
    expect(line.take()).toEqual(['3+2 @5']);
  });

  it.each([
    ['out of its range', { 3: 9, 4: 35 }],
    ['refused', { 4: 35 }],
  ])('is not ready while that is %s, which is asked again after five seconds at the soonest', async (_name, notes) => {
    const { clock, line, look } = paperRig(points, notes);
    expect(await look()).toEqual({ p4: 'not-ready' });
    await clock.advance(4_999);
    line.take();
    expect(await look()).toEqual({ p4: 'not-ready' });
    expect(line.take()).toEqual(['4+1 @5']);
    line.notes.set(3, 1);
    await clock.advance(1);
    expect(await look()).toEqual({ p4: 3.5 });
  });

  it('is never computed with the setting of before when the unit was away', async () => {
    const { line, look, goAway } = paperRig(points, { 3: 2, 4: 35 });
    await look();
    await goAway(1000);
    line.notes.set(3, 1);
    expect(await look()).toEqual({ p4: 3.5 });
    expect(line.take()).toEqual(['4+1 @5', '3+1 @5']);
  });

  it('keeps its setting over a few lost frames', async () => {
    const { line, look, goAway } = paperRig(points, { 3: 2, 4: 35 });
    await look();
    await goAway(999);
    expect(await look()).toEqual({ p4: 0.35 });
    expect(line.take()).toEqual(['4+1 @5']);
  });
});

describe('a unit that warms up', () => {
  const warm = { warmUpMs: 60_000 };
  const points = [at(1, { ...warm, states: onOff }, 'fire'), at(2, warm), at(3, { ...warm, states: onOff }, 'warning')];

  it('gives nothing but its fire states for that time after it came and after it came back; those it says unconfirmed', async () => {
    const { clock, look, scan, goAway } = paperRig(points, { 1: 1, 2: 7, 3: 1 });
    for (const _time of ['at first', 'back']) {
      expect(await look()).toEqual({ p1: 'on', p2: 'not-ready', p3: 'not-ready' });
      await clock.advance(59_999);
      expect(await look()).toEqual({ p1: 'on', p2: 'not-ready', p3: 'not-ready' });
      expect((await scan(0)).readings[0]).toMatchObject({ quality: 'good', confirmed: false });
      await clock.advance(1);
      expect(await look()).toEqual({ p1: 'on', p2: 7, p3: 'on' });
      expect((await scan(0)).readings[0]).toMatchObject({ quality: 'good', confirmed: true });
      await goAway(1000);
    }
  });

  it('does not begin anew after a few lost frames', async () => {
    const { clock, look, goAway } = paperRig(points, { 1: 0, 2: 7, 3: 0 });
    await look();
    await clock.advance(60_000);
    await goAway(999);
    expect(await look()).toEqual({ p1: 'off', p2: 7, p3: 'off' });
  });
});

describe('a value with a largest step', () => {
  it('is bad when it jumps, believed when the next look agrees, and begins anew when the unit was away', async () => {
    const { line, look, goAway } = paperRig([at(1, { maxStep: 5, scale: 0.1 })], { 1: 100 });
    const values: unknown[] = [];
    for (const raw of [100, 140, 900, 150, 900, 890]) {
      line.notes.set(1, raw);
      values.push((await look())['p1']);
    }
    expect(values).toEqual([10, 14, 'step', 15, 'step', 89]);
    await goAway(1000);
    line.notes.set(1, 100);
    expect(await look()).toEqual({ p1: 10 });
  });
});

describe('the settings of a unit', () => {
  const check = (address: number, want: number): SetupCheck => ({
    ...{ table: 'holding', address, want },
    why: words('linked inputs switch outputs'),
  });
  const setup = [check(0xfd, 0), check(0xfe, 3)];

  it('are sound, or the first wrong one is told; nothing is written', async () => {
    const { line, device } = paperRig([], { 253: 0, 254: 3 }, { setup });
    expect(await device.checkSetup?.()).toEqual({ kind: 'sound' });
    expect(line.take()).toEqual(['253+1 @6', '254+1 @6']);
    line.notes.set(0xfe, 4);
    expect(await device.checkSetup?.()).toEqual({ kind: 'wrong', check: setup[1], got: 4 });
    line.notes.set(0xfd, 1);
    expect(await device.checkSetup?.()).toEqual({ kind: 'wrong', check: setup[0], got: 1 });
  });

  it('are not known while the unit does not answer', async () => {
    const { line, device } = paperRig([], {}, { setup });
    line.instead = 'BUS-001';
    expect(await device.checkSetup?.()).toMatchObject({ kind: 'unanswered', error: { code: 'BUS-001' } });
  });

  it('are not asked for where there are none', () => {
    expect(paperRig([], {}, { limits: limits() }).device.checkSetup).toBeNull();
  });
});
