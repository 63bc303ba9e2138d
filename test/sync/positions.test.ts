/** How far each uplink is: when it is written, where it begins, and how many rows are behind it. */
import { describe, expect, test } from 'vitest';
import { brandId, type UplinkId } from '../../config/ids.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { type PositionRow, StoreError } from '../../sync/journal/store.js';
import { firstPosition } from '../../sync/pump/first-position.js';
import { PositionKeeper } from '../../sync/pump/position-keeper.js';
import { ListJournal, MeasuringUplink, rig as newRig, Rig } from './pump-rig.js';
import { ObedientUplink } from './rig.js';

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

  test('after 100 rows, but in a drain never more than once a second, and at the stop', async () => {
    const rig = newRig();
    rig.uplink.confirmsAtOnce = true;
    await rig.startUp();
    await rig.clock.advance(20_000);
    const before = rig.journal.saves;
    rig.journal.add('journal', 100);
    await rig.wake();
    await rig.clock.advance(1);
    expect(rig.journal.saves).toBe(before + 1);
    for (let n = 0; n < 30; n++) {
      rig.journal.add('journal', 150);
      await rig.wake();
      await rig.clock.advance(100);
    }
    expect(rig.journal.saves).toBeLessThanOrEqual(before + 5);
    rig.journal.add('journal', 1);
    await rig.wake();
    await rig.pump.stop();
    expect(rig.journal.positionOf('journal')).toBe(4_601);
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
