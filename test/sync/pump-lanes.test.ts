/** What goes when, and what each report says of its place: lanes, predecessors, history, pace, filters. */
import { describe, expect, test } from 'vitest';
import { brandId, type EpochId } from '../../config/ids.js';
import type { ClockTrust } from '../../config/vocabulary.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import { tellAll } from '../../sync/tell-filter.js';
import { UplinkError } from '../../sync/uplink.js';
import { ListJournal, MeasuringUplink, Rig } from './pump-rig.js';
import { entry, epochId, ObedientUplink, stored } from './rig.js';

const tooLarge = new UplinkError('UPLINK-006', 'uplink district');
const minuteMs = 60_000;

function previousOf(uplink: ObedientUplink): (readonly [position: number, previous: number])[] {
  return uplink.sent.flatMap((report) => (report.durable ? [[report.entry.position, report.previous] as const] : []));
}

describe('telemetry', () => {
  test('goes behind fire and journal, and neither of the two lower lanes starves the other', async () => {
    const rig = new Rig(new ListJournal(), new MeasuringUplink(1));
    rig.journal.add('fire', 2);
    rig.journal.add('journal', 30);
    rig.journal.addPacks(6);
    await rig.startUp();
    await rig.confirmAll();
    const { order } = rig.uplink;
    expect(order.slice(0, 2)).toEqual(['e1', 'e2']);
    // One message in eight below fire, and all that is left once the journal is empty.
    expect(order.map((what, at) => (what.startsWith('t') ? at : -1)).filter((at) => at >= 0)).toEqual([
      9, 17, 25, 33, 36, 37,
    ]);
    expect(order).toHaveLength(38);
    await rig.clock.advance(10_000);
    expect(rig.journal.positionOf('telemetry')).toBe(6);
  });

  test('a large pack keeps its turn although small entries would fit', async () => {
    const rig = new Rig(new ListJournal(), new MeasuringUplink());
    rig.journal.add('journal', 60);
    rig.journal.addPacks(1, { samples: 200 });
    await rig.startUp();
    await rig.confirmAll();
    expect(rig.uplink.order.indexOf('t1')).toBe(7);
  });

  test('an uplink that carries none, or is to carry none, holds nothing of it', async () => {
    const none = new Rig(new ListJournal(), new ObedientUplink());
    const off = new Rig(new ListJournal(), new MeasuringUplink(), { withTelemetry: false });
    for (const rig of [none, off]) {
      rig.journal.addPacks(3);
      await rig.startUp();
      await rig.clock.advance(20_000);
      expect(rig.journal.rowOf('telemetry')).toBeNull();
    }
    expect(off.uplink.packs).toEqual([]);
  });

  test('rests while the data budget is used up, and goes on within a minute after that', async () => {
    let isAllowed = false;
    const rig = new Rig(new ListJournal(), new MeasuringUplink(), { mayCarryTelemetry: () => isAllowed });
    rig.uplink.confirmsAtOnce = true;
    rig.journal.addPacks(3);
    rig.journal.add('journal', 3);
    await rig.startUp();
    await rig.clock.advance(10 * minuteMs);
    expect(rig.uplink.order).toEqual(['e1', 'e2', 'e3']);
    isAllowed = true;
    await rig.clock.advance(minuteMs);
    expect(rig.uplink.packs).toHaveLength(3);
  });
});

describe('the predecessor of a report', () => {
  test('is the row that this uplink was told before it in that lane and epoch', async () => {
    const rig = new Rig(new ListJournal(), new MeasuringUplink(), { tell: { ...tellAll, zones: [brandId('hall')] } });
    const place = (position: number, epoch: string, sequence: number, zone: string | null = 'hall') =>
      stored(position, { epoch: epochId(epoch), sequence, zone: zone === null ? null : brandId(zone) });
    rig.journal.rows = [
      place(1, 'e1', 1),
      place(2, 'e1', 2, 'yard'),
      { ...place(3, 'e1', 3), lane: 'journal' },
      place(4, 'e1', 4, null),
      place(5, 'e2', 1),
      place(6, 'e2', 2),
    ];
    rig.journal.addPacks(2);
    await rig.startUp();
    await rig.confirmAll();
    expect(previousOf(rig.uplink)).toEqual([
      [1, 0],
      [4, 1],
      [5, 0],
      [6, 1],
      [3, 0],
    ]);
    expect(rig.uplink.packs.map(({ previous }) => previous)).toEqual([0, 1]);
  });

  test('stays the same when the report is sent again: link lost, refused, restarted', async () => {
    const journal = new ListJournal();
    const tell = { ...tellAll, kinds: ['alarm'] };
    const first = new Rig(journal, new ObedientUplink(), { tell });
    journal.add('fire', 3);
    journal.addOperations(400); // not told
    journal.add('fire', 6);
    await first.startUp();
    first.uplink.open.shift()?.refuse(new UplinkError('UPLINK-005', 'x'));
    for (let n = 0; n < 4; n++) first.uplink.confirmNext();
    await first.clock.advance(1_500);
    first.uplink.down(new UplinkError('UPLINK-003', 'x'));
    first.uplink.up();
    await first.clock.advance(0);
    first.uplink.confirmNext();
    await first.clock.advance(10_000);
    const told = new Map(previousOf(first.uplink));
    for (const [position, previous] of previousOf(first.uplink)) expect(previous).toBe(told.get(position));

    const second = new Rig(journal, new ObedientUplink(), { tell });
    await second.startUp();
    await second.confirmAll();
    await second.clock.advance(10_000);
    expect(previousOf(second.uplink).length).toBeGreaterThan(0);
    for (const [position, previous] of previousOf(second.uplink)) expect(previous).toBe(told.get(position));
    expect(journal.rowOf('fire')).toMatchObject({ position: 409, told: { epoch: 'e1', sequence: 409 } });
  });

  test('is kept over what was let go of and read again', async () => {
    const rig = new Rig(new ListJournal(), new ObedientUplink());
    rig.journal.add('journal', 700);
    let refuses = true;
    const send = rig.uplink.send.bind(rig.uplink);
    rig.uplink.send = (report) => {
      void send(report);
      rig.uplink.open.pop();
      const isRefused = refuses && report.durable && report.entry.position <= 600;
      return isRefused ? Promise.reject(new UplinkError('UPLINK-005', 'x')) : Promise.resolve();
    };
    await rig.startUp();
    await rig.clock.advance(5_000);
    refuses = false;
    await rig.clock.advance(120_000);
    expect(rig.journal.rowOf('journal')).toMatchObject({ position: 700, told: { sequence: 700 } });
    for (const [position, previous] of previousOf(rig.uplink)) expect(previous).toBe(position - 1);
  });

  test('of what follows a row that is passed over is that row, so that the gap is seen', async () => {
    const rig = new Rig(new ListJournal(), new ObedientUplink());
    rig.journal.add('journal', 3);
    await rig.startUp();
    rig.uplink.open.splice(1, 1)[0]?.refuse(tooLarge);
    await rig.confirmAll();
    await rig.clock.advance(10_000);
    rig.journal.add('journal', 1);
    await rig.wake();
    expect(previousOf(rig.uplink)).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 3],
    ]);
    expect(rig.news).toEqual(['up', 'e1-boot1-2 UPLINK-006 1']);
  });
});

describe('history', () => {
  const old: EpochId = epochId('e0');
  const before = { boot: brandId<ReturnType<typeof stored>['boot']>('boot0'), epoch: old };

  test.each<readonly [string, Partial<StoredEntry>, number, ClockTrust, boolean]>([
    ['this start, a minute ago', { mono: 0 }, 60_000, 'trusted', false],
    ['this start, more than a minute ago', { mono: 0 }, 60_001, 'trusted', true],
    ['this start, whatever the wall clock said', { mono: 50_000, wall: 0 }, 60_000, 'trusted', false],
    ['an earlier start, half a minute ago by the wall clock', { ...before, wall: -30_000 }, 0, 'trusted', false],
    ['an earlier start, two minutes ago', { ...before, wall: -120_000 }, 0, 'trusted', true],
    ['an earlier start, with a clock that is only hinted', { ...before, wall: -30_000 }, 0, 'hinted', true],
    ['an earlier start, with a clock that can not be believed', { ...before, wall: -30_000 }, 0, 'untrusted', true],
    ['an earlier start, written without one', { ...before, wall: -30_000, clock: 'untrusted' }, 0, 'trusted', true],
  ])('a row of %s', async (_name, { wall = 0, ...over }, atMs, trust, isHistorical) => {
    const rig = new Rig(new ListJournal(), new ObedientUplink());
    rig.clock.setTrust(trust);
    rig.journal.rows = [stored(1, { ...over, wall: rig.clock.wall() + wall })];
    await rig.clock.advance(atMs);
    rig.pump.start();
    rig.uplink.up();
    await rig.clock.advance(0);
    expect(rig.uplink.sent.map((report) => report.isHistorical)).toEqual([isHistorical]);
  });

  test('drains at its pace, a fire does not wait for it, and what is new costs nothing of it', async () => {
    const rig = new Rig(new ListJournal(), new MeasuringUplink(), { pacePerS: 50 });
    rig.uplink.confirmsAtOnce = true;
    await rig.clock.advance(10 * minuteMs);
    rig.journal.add('journal', 1_000, { mono: 0 });
    rig.journal.addPacks(1_000, { mono: 0 });
    await rig.startUp();
    await rig.clock.advance(10_000);
    // A second's worth at once, then 50 a second.
    expect(rig.uplink.order.length).toBeGreaterThanOrEqual(540);
    expect(rig.uplink.order.length).toBeLessThanOrEqual(552);
    rig.journal.add('fire', 30, { mono: 0 });
    await rig.wake();
    expect(rig.uplink.order.slice(-30).every((what) => Number(what.slice(1)) > 1_000)).toBe(true);
    await rig.clock.advance(40_000);
    expect(rig.uplink.order).toHaveLength(2_030);
    rig.journal.add('journal', 300, { mono: rig.clock.mono() });
    await rig.wake();
    await rig.clock.advance(10);
    expect(rig.uplink.order).toHaveLength(2_330);
    rig.journal.add('journal', 50, { mono: 0 });
    await rig.wake();
    expect(rig.uplink.order).toHaveLength(2_380);
  });
});

describe('a filter', () => {
  test('costs neither a message nor a write for each row that is nothing for this centre', async () => {
    const rig = new Rig(new ListJournal(), new ObedientUplink(), { tell: { ...tellAll, classes: ['fire'] } });
    for (let n = 0; n < 20_000; n++) rig.journal.rows.push(stored(n + 1, { lane: 'journal', class: 'fault' }));
    rig.journal.add('fire', 1);
    await rig.startUp();
    await rig.confirmAll();
    await rig.clock.advance(30_000);
    expect(rig.uplink.sent).toHaveLength(1);
    expect(rig.journal.positionOf('journal')).toBe(20_000);
    expect(rig.journal.saves).toBeLessThanOrEqual(3);
    expect(rig.pump.lane('journal')?.queued).toBe(0);
  });

  test('holds for a fire from memory too, and names go only to whom they may', async () => {
    const named = entry('e1', 1, {
      origin: 'cli:li.wei',
      detail: { asked_by: 'panel:zhang', note: 'call Zhang', n: 1 },
    });
    const hidden = new Rig(new ListJournal(), new ObedientUplink(), { tell: { ...tellAll, classes: ['fire'] } });
    const open = new Rig(new ListJournal(), new ObedientUplink(), { tell: { ...tellAll, withPrivate: true } });
    for (const { pump, journal } of [hidden, open]) {
      journal.positions = null;
      pump.offerFromMemory(entry('e1', 2, { class: 'warning' }));
      pump.offerFromMemory(named);
    }
    await hidden.startUp();
    await open.startUp();
    expect(hidden.uplink.sent.map((report) => report.entry)).toEqual([
      { ...named, origin: 'cli', detail: { asked_by: 'panel', n: 1 } },
    ]);
    expect(open.uplink.sent.map((report) => report.entry)).toContainEqual(named);
  });
});
