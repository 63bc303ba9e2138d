/** How far each uplink is: when it is written, where it begins, and how many rows are behind it. */
import { describe, expect, test } from 'vitest';
import { brandId, type UplinkId } from '../../config/ids.js';
import { pause } from '../../drivers/clock.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import { type PositionRow, StoreError } from '../../sync/journal/store.js';
import { firstPosition } from '../../sync/pump/first-position.js';
import { PositionKeeper } from '../../sync/pump/position-keeper.js';
import { unsavedMax } from '../../sync/pump/unsaved-rows.js';
import { UplinkError } from '../../sync/uplink.js';
import { ListJournal, MeasuringUplink, rig as newRig, Rig } from './pump-rig.js';
import { entry, ObedientUplink, seeded } from './rig.js';

class NamedUplink extends ObedientUplink {
  constructor(override readonly id: UplinkId) {
    super();
  }
}
const uplinkId = (id: string): UplinkId => brandId<UplinkId>(id);

describe('positions are written', () => {
  test('10 s after the first move, and all uplinks and lanes in one write', async () => {
    const journal = new ListJournal();
    const clock = new SimClock();
    const keeper = new PositionKeeper({ journal, clock });
    const inUse = new Set(['a', 'b'].map(uplinkId));
    const rigs = [...inUse].map((id) => new Rig(journal, new NamedUplink(id), { keeper, inUse }, clock));
    journal.add('fire', 2);
    journal.add('journal', 2);
    for (const rig of rigs) {
      rig.uplink.confirmsAtOnce = true;
      await rig.startUp();
    }
    await clock.advance(9_990);
    expect(journal.saves).toBe(0);
    await clock.advance(20);
    expect(journal.saves).toBe(1);
    const saved = ['a', 'b'].map((id) => [journal.rowOf('fire', id)?.position, journal.rowOf('journal', id)?.position]);
    expect(saved).toEqual([
      [2, 4],
      [2, 4],
    ]);
    await clock.advance(600_000);
    expect(journal.saves).toBe(1);
  });

  test('after 50 rows: once in a second of a drain at the usual pace, and at the stop', async () => {
    const rig = new Rig(new ListJournal(), new ObedientUplink(), { pacePerS: 50 });
    rig.uplink.confirmsAtOnce = true;
    rig.journal.add('journal', 1_500, { boot: brandId('before') });
    await rig.startUp();
    await rig.clock.advance(20_000);
    expect(rig.uplink.sent.length).toBeGreaterThan(1_000);
    expect(rig.journal.saves).toBeGreaterThan(17);
    expect(rig.journal.saves).toBeLessThan(23);
    await rig.pump.stop();
    expect(rig.journal.positionOf('journal')).toBe(rig.uplink.sent.length);
  });

  test('again when the disk refused them', async () => {
    const rig = newRig();
    rig.uplink.confirmsAtOnce = true;
    const save = rig.journal.savePositions.bind(rig.journal);
    rig.journal.savePositions = () => Promise.reject(new StoreError('STORE-005'));
    rig.journal.add('journal', 1);
    await rig.startUp();
    await rig.clock.advance(11_000);
    rig.journal.savePositions = save;
    await rig.clock.advance(11_000);
    expect(rig.journal.positionOf('journal')).toBe(1);
  });

  test('with the wall time of the newest confirmation, unless the clock can not be believed', async () => {
    const rig = newRig();
    rig.journal.add('fire', 1);
    await rig.startUp();
    rig.clock.setTrust('untrusted');
    await rig.confirmAll();
    await rig.clock.advance(10_000);
    expect(rig.journal.rowOf('fire')).toMatchObject({ position: 1, wall: 0 });
    rig.clock.setTrust('trusted');
    rig.journal.add('fire', 1);
    await rig.wake();
    const wall = rig.clock.wall();
    await rig.confirmAll();
    await rig.clock.advance(10_000);
    expect(rig.journal.rowOf('fire')).toMatchObject({ position: 2, wall });
  });
});

describe('of what a centre was told, after a crash it is told again', () => {
  /** A slow card, and confirmations in any order; the most that was ever told and in no saved position. */
  async function drained(lane: 'fire' | 'journal', pacePerS: number, isFire: (position: number) => boolean) {
    const journal = new ListJournal();
    const rig = new Rig(journal, new ObedientUplink(), { pacePerS });
    const random = seeded(5);
    const boot = brandId<ListJournal['boot']>('before');
    for (let at = 1; at <= 1_500; at++) {
      if (lane === 'journal') journal.add('journal', 1, { boot, class: 'fault' });
      else if (isFire(at)) journal.add('fire', 1, { boot, wall: 0 });
      else journal.add('fire', 1, { boot, wall: 0, class: null, kind: 'output.commanded' });
    }
    const save = journal.savePositions.bind(journal);
    journal.savePositions = async (rows) => {
      await pause(rig.clock, 300);
      await save(rows);
    };
    let most = 0;
    const told = new Set<number>();
    rig.uplink.send = async (report) => {
      const position = report.durable ? report.entry.position : 0;
      rig.uplink.sent.push(report);
      told.add(position);
      const saved = journal.positionOf(lane);
      for (const each of told) if (each <= saved) told.delete(each);
      most = Math.max(most, told.size);
      await pause(rig.clock, 5 + random() * 40);
    };
    await rig.startUp();
    await rig.clock.until(() => journal.positionOf(lane) === 1_500, 120_000);
    return { rig, most };
  }

  test.each([
    ['rows of the journal lane', 'journal', Infinity, () => false],
    ['rows of the journal lane at the usual pace', 'journal', 50, () => false],
    ['operations with a fire in each three', 'fire', 50, (at: number) => at % 3 === 0],
    ['fires behind operations', 'fire', 50, (at: number) => at % 400 > 200],
  ] as const)('at most the window and the rows that may be unsaved: %s', async (_what, lane, pacePerS, isFire) => {
    const { rig, most } = await drained(lane, pacePerS, isFire);
    expect(most).toBeGreaterThan(40);
    expect(most).toBeLessThanOrEqual(rig.uplink.windowMax + unsavedMax(pacePerS));
    expect([50, Infinity].map(unsavedMax)).toEqual([74, 749]);
    expect(rig.uplink.sent).toHaveLength(1_500);
  });

  test('more where the disk refuses positions or hangs: that holds up nobody', async () => {
    for (const save of [() => Promise.reject(new StoreError('STORE-003')), () => new Promise<void>(() => undefined)]) {
      const rig = newRig();
      rig.uplink.confirmsAtOnce = true;
      rig.journal.savePositions = save;
      rig.journal.add('journal', 500, { boot: brandId('before') });
      await rig.startUp();
      await rig.clock.advance(3_000);
      expect(rig.uplink.sent).toHaveLength(500);
    }
  });

  test('more where the centre refuses a row: what it takes behind that one is not held up', async () => {
    const rig = newRig();
    rig.journal.add('journal', 500, { boot: brandId('before') });
    const refused = rig.journal.rows[3]?.id;
    rig.uplink.send = async (report) => {
      if (report.entry.id === refused) throw new UplinkError('UPLINK-005', 'district');
      rig.uplink.sent.push(report);
    };
    await rig.startUp();
    await rig.clock.advance(1_000);
    expect(rig.uplink.sent).toHaveLength(499);
  });

  test('all the window may be ahead of a row that the link lost: it goes first, and the rest behind it', async () => {
    const rig = new Rig(new ListJournal(), new ObedientUplink(104), { pacePerS: 50 });
    rig.journal.add('fire', 400, { boot: brandId('before'), wall: 0, class: null, kind: 'output.commanded' });
    await rig.startUp();
    const [first] = rig.uplink.open.splice(0, 1);
    await rig.confirmAll();
    expect(rig.pump.lane('fire')?.rows.ahead).toBeGreaterThan(74);
    expect(rig.uplink.sent.length).toBeLessThanOrEqual(104 + 74);
    const lost = new UplinkError('UPLINK-003', 'district');
    rig.uplink.down(lost);
    first?.refuse(lost);
    await rig.clock.advance(1);
    rig.uplink.confirmsAtOnce = true;
    rig.uplink.up();
    await rig.clock.advance(1_000);
    expect(rig.uplink.sent).toHaveLength(401);
  });

  test('a fire of now waits for no saved position, and for no backlog of its own lane', async () => {
    const rig = new Rig(new ListJournal(), new ObedientUplink(), { pacePerS: 50 });
    const boot = brandId<ListJournal['boot']>('before');
    rig.journal.addOperations(1_000);
    rig.journal.rows = rig.journal.rows.map((row) => ({ ...row, boot, wall: 0 }));
    rig.uplink.confirmsAtOnce = true;
    rig.journal.savePositions = () => pause(rig.clock, 1_900);
    await rig.startUp();
    await rig.clock.advance(500);
    const sentBefore = rig.uplink.sent.length;
    expect(sentBefore).toBeLessThan(100);
    rig.journal.add('fire', 1, { boot: rig.journal.boot, mono: rig.clock.mono() });
    const fire = rig.journal.rows.slice(-1);
    rig.pump.wake(fire);
    await rig.clock.advance(1);
    expect(rig.uplink.sent.slice(sentBefore)).toMatchObject([{ durable: false, entry: { id: fire[0]?.id } }]);
    rig.journal.savePositions = async () => undefined;
    await rig.clock.advance(10_000);
    expect(rig.uplink.sent.filter(({ entry }) => entry.id === fire[0]?.id).map(({ durable }) => durable)).toEqual([
      false,
      true,
    ]);
  });
});

describe('a fire of now, although its own lane has a backlog', () => {
  const lost = new UplinkError('UPLINK-003', 'uplink district');

  /** A week's operations wait for a centre that has confirmed 300 of them. */
  async function behind(operations: number): Promise<Rig> {
    const rig = newRig();
    rig.journal.addOperations(operations);
    await rig.startUp();
    for (let n = 0; n < 300; n++) await confirmOne(rig);
    return rig;
  }
  async function confirmOne(rig: Rig): Promise<void> {
    rig.uplink.confirmNext();
    await rig.clock.advance(0);
  }
  function raise(rig: Rig): StoredEntry {
    rig.journal.add('fire', 1, { boot: rig.journal.boot, mono: rig.clock.mono(), wall: rig.clock.wall() });
    return rig.journal.rows[rig.journal.rows.length - 1] ?? expect.fail();
  }
  const timesTold = (rig: Rig, { id }: StoredEntry): boolean[] =>
    rig.uplink.sent.filter(({ entry }) => entry.id === id).map(({ durable }) => durable);

  test.each([
    ['while the link is down for a moment', true],
    ['before it was ever up', false],
  ])('raised %s: makes it hurry, and goes first when it is up', async (_when, wasUp) => {
    const rig = wasUp ? await behind(5_000) : newRig();
    let hurried = 0;
    Object.assign(rig.uplink, { hurry: () => (hurried += 1) });
    if (wasUp) rig.uplink.down(lost);
    else {
      rig.journal.addOperations(5_000);
      rig.pump.start();
    }
    await rig.clock.advance(10);
    expect(hurried).toBe(0);
    const fire = raise(rig);
    rig.pump.wake([fire]);
    await rig.clock.advance(1_000);
    expect(hurried).toBeGreaterThan(0);
    expect(rig.pump.waiting).toEqual({ fire: 0, others: 0, oldest: null }); // it has a row, and is queued there
    const before = rig.uplink.sent.length;
    rig.uplink.up();
    await rig.clock.advance(0);
    expect(rig.uplink.sentIds[before]).toBe(fire.id);
    await rig.confirmAll();
    expect(timesTold(rig, fire)).toEqual([false, true]);
  });

  test('that is older than a minute when the link comes back goes in its turn, once', async () => {
    const rig = await behind(1_000);
    rig.uplink.down(lost);
    const fire = raise(rig);
    rig.pump.wake([fire]);
    await rig.clock.advance(61_000);
    rig.uplink.up();
    await rig.confirmAll();
    expect(timesTold(rig, fire)).toEqual([true]);
  });

  test('that the disk kept late is told twice, not three times', async () => {
    for (const isConfirmedFirst of [true, false]) {
      const rig = await behind(1_000);
      const fire = raise(rig);
      const { position: _, sequence: _none, ...entry } = fire;
      rig.pump.offerFromMemory(entry);
      for (let n = 0; n < (isConfirmedFirst ? 25 : 1); n++) await confirmOne(rig);
      expect(timesTold(rig, fire)).toEqual([false]);
      rig.pump.wake([fire]);
      await rig.confirmAll();
      await rig.clock.advance(30_000);
      await rig.confirmAll();
      expect(timesTold(rig, fire)).toEqual([false, true]);
    }
  });

  test('finds the reserve of the window free, durable or from memory, whatever fills the rest of it', async () => {
    for (const isFromMemory of [false, true]) {
      // Among fires with rows the order is promised: behind old ones a new one waits for a confirmation.
      const fillings = ['operations', 'journal and operations', 'from memory'];
      for (const add of isFromMemory ? [...fillings, 'old fires'] : fillings) {
        const rig = newRig();
        if (add === 'old fires') rig.journal.add('fire', 30, { boot: brandId('before'), wall: 0 });
        else if (add !== 'from memory') rig.journal.addOperations(add === 'operations' ? 30 : 10);
        if (add === 'journal and operations') rig.journal.add('journal', 30);
        await rig.startUp();
        if (add === 'from memory') {
          const late = { lane: 'fire', class: 'fire', kind: 'alarm.reset' } as const;
          for (let n = 1; n <= 30; n++) rig.pump.offerFromMemory(entry('late', n, late));
        }
        expect(rig.uplink.open, add).toHaveLength(16); // and none of them is answered
        const fire = raise(rig);
        const { position: _, sequence: _none, ...unplaced } = fire;
        if (isFromMemory) rig.pump.offerFromMemory(unplaced);
        else rig.pump.wake([fire]);
        await rig.clock.advance(0);
        expect(rig.uplink.sentIds.slice(16), add).toEqual([fire.id]);
      }
    }
  });

  test('goes before older fires that wait in memory', async () => {
    const rig = new Rig(new ListJournal(), new ObedientUplink(5));
    await rig.startUp();
    rig.uplink.down(lost);
    rig.pump.offerFromMemory(entry('old', 1, { mono: rig.clock.mono() }));
    await rig.clock.advance(61_000);
    rig.pump.offerFromMemory(entry('new', 1, { mono: rig.clock.mono() }));
    rig.uplink.up();
    await rig.confirmAll();
    expect(rig.uplink.sentIds.slice(-2)).toEqual([entry('new', 1).id, entry('old', 1).id]);
  });

  test('after refused rows were let go of and are read again: they are counted, and it goes before them', async () => {
    const rig = newRig();
    const lane = () => rig.pump.lane('fire') ?? expect.fail();
    rig.journal.boot = brandId('boot2');
    rig.journal.addOperations(3_000); // of an earlier start
    await rig.startUp();
    const refused = new UplinkError('UPLINK-005', 'uplink district');
    for (let n = 0; n < 600; n++) {
      rig.uplink.open.shift()?.refuse(refused);
      await rig.clock.advance(0);
    }
    while (lane().rows.readUpTo < 3_000 || rig.uplink.open.length > 0) await confirmOne(rig);
    expect(lane().rows.heldCount).toBe(500);
    // The centre takes them at last, and half of them are through: what was let go of is read again.
    while (lane().rows.readUpTo >= 3_000) {
      await rig.clock.advance(rig.uplink.open.length > 0 ? 0 : 1_000);
      await confirmOne(rig);
    }
    await rig.clock.advance(1);
    const { count, readUpTo } = lane().rows;
    expect(lane().queued).toBe(count + 3_000 - readUpTo);
    expect(lane().queued).toBeGreaterThan(2_000);
    const fire = raise(rig);
    const before = rig.uplink.sent.length;
    rig.pump.wake([fire]);
    for (let n = 0; n < 2; n++) await confirmOne(rig);
    expect(rig.uplink.sentIds.slice(before)).toContain(fire.id);
  });
});

describe('a config edit drops no row', () => {
  const row = (uplink: string, position: number): PositionRow => ({
    ...{ uplink: uplinkId(uplink), lane: 'fire', position, kept: 0, told: null, wall: 0 },
  });
  const saved: PositionRow[] = [row('a', 50), row('gone', 7), row('older', 30), { ...row('gone', 3), lane: 'journal' }];

  test.each([
    ['goes on where it was', 'a', ['a', 'b'], 50, true],
    ['that was taken out and put back goes on where it was', 'gone', ['a', 'gone'], 7, true],
    ['with a new id takes over from the hindmost that left', 'new', ['a', 'new'], 7, false],
    ['with a new id begins with the first row when none has left', 'new', ['a', 'gone', 'older', 'new'], 0, false],
  ] as const)('an uplink %s', (_name, id, inUse, position, isSaved) => {
    const found = firstPosition(saved, uplinkId(id), 'fire', new Set(inUse.map(uplinkId)));
    expect([found.row.position, found.isSaved]).toEqual([position, isSaved]);
  });

  test('a new uplink has a place of its own before it has carried anything', async () => {
    const journal = new ListJournal();
    journal.positions = [row('gone', 7)];
    journal.add('fire', 9);
    const rig = new Rig(journal, new NamedUplink(uplinkId('new')));
    rig.pump.start();
    await rig.clock.advance(10_001);
    expect(journal.rowOf('fire', 'new')?.position).toBe(7);
  });

  test('another address, format or filter: the same id goes on, and nothing is told twice', async () => {
    const journal = new ListJournal();
    journal.add('journal', 40);
    const first = new Rig(journal, new ObedientUplink());
    first.uplink.confirmsAtOnce = true;
    await first.startUp();
    await first.pump.stop();
    journal.add('journal', 5);
    const second = new Rig(journal, new ObedientUplink());
    second.uplink.confirmsAtOnce = true;
    await second.startUp();
    expect(second.uplink.sentIds).toEqual(journal.rows.slice(40).map(({ id }) => id));
  });
});

describe('the backlog', () => {
  test('of 70,000 queued rows arrives once each, in order, and only a page or two of it is in memory', async () => {
    const rig = newRig();
    rig.uplink.confirmsAtOnce = true;
    rig.journal.add('journal', 70_000);
    let inMemory = 0;
    rig.uplink.send = (report) => {
      rig.uplink.sent.push(report);
      inMemory = Math.max(inMemory, rig.pump.lane('journal')?.rows.count ?? 0);
      return Promise.resolve();
    };
    await rig.startUp();
    await rig.clock.until(() => rig.uplink.sent.length >= 70_000, 60_000);
    await rig.clock.advance(10_000);
    expect(rig.uplink.sentIds.join()).toBe(rig.journal.rows.map(({ id }) => id).join());
    expect(inMemory).toBeLessThanOrEqual(400);
    expect(rig.journal.positionOf('journal')).toBe(70_000);
  });

  test('is counted by the journal once, and then row by row', async () => {
    const rig = newRig();
    const queued = () => rig.pump.lane('journal')?.queued;
    rig.journal.boot = brandId('boot2');
    rig.journal.add('journal', 5_000); // of an earlier start
    rig.pump.start();
    await rig.clock.advance(10);
    expect(queued()).toBe(5_000);
    const boot = rig.journal.boot;
    const announce = async (count: number) => {
      const from = rig.journal.rows.length;
      rig.journal.add('journal', count, { boot });
      rig.pump.wake(rig.journal.rows.slice(from));
      await rig.clock.advance(1);
    };
    await announce(3);
    expect(queued()).toBe(5_003);
    rig.uplink.up();
    for (let n = 0; n < 1_000; n++) {
      rig.uplink.confirmNext();
      await rig.clock.advance(0);
    }
    await announce(2);
    expect(queued()).toBe(4_005);
    await rig.confirmAll();
    expect(queued()).toBe(0);
    await announce(4);
    expect(queued()).toBe(4);
    expect(rig.journal.counts).toBe(1);
  });

  test('of packs, which nobody announces, is counted again while it grows', async () => {
    const rig = new Rig(new ListJournal(), new MeasuringUplink());
    rig.journal.addPacks(260);
    rig.pump.start();
    await rig.clock.advance(10);
    expect(rig.pump.lane('telemetry')?.queued).toBe(260);
    rig.journal.addPacks(100);
    await rig.clock.advance(61_000);
    await rig.wake();
    expect(rig.pump.lane('telemetry')?.queued).toBe(360);
  });
});
