import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { Entry, EntryDraft, StoredEntry } from '../../sync/journal/entry.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import { JournalCore } from '../../sync/journal/journal-core.js';
import { type FacetChange, StoreError, type StoreErrorCode, type StoreOpened } from '../../sync/journal/store.js';
import { type LaneCounts, WaitingList } from '../../sync/journal/waiting-list.js';
import { entry, epochId, facet, fault, fire, MoodyStore, positionRow, seeded, tempDir } from './rig.js';

class Rig {
  readonly clock = new SimClock();
  readonly durable: StoredEntry[] = [];
  readonly groups: number[] = [];
  readonly late: Entry[] = [];
  readonly states: (StoreErrorCode | null)[] = [];
  readonly restored: StoreOpened[] = [];
  readonly lost: LaneCounts[] = [];
  onRestored: () => void = () => undefined;
  readonly core: JournalCore;

  constructor(
    readonly store = new MoodyStore(),
    seed = 1,
  ) {
    this.core = new JournalCore({
      store,
      clock: this.clock,
      random: seeded(seed),
      events: {
        onDurable: (entries) => {
          this.durable.push(...entries);
          this.groups.push(entries.length);
        },
        onLate: (entry) => this.late.push(entry),
        onState: (error) => this.states.push(error?.code ?? null),
        onRestored: (opened) => {
          this.restored.push(opened);
          this.onRestored();
        },
        onLost: (lost) => this.lost.push(lost),
      },
    });
  }

  async start(): Promise<StoreOpened | null> {
    let opened: StoreOpened | null | undefined;
    void this.core.start().then((answer) => {
      opened = answer.opened;
    });
    await this.clock.until(() => opened !== undefined, 2_001, 10);
    return opened ?? null;
  }

  add(...drafts: EntryDraft[]): readonly Entry[] {
    return this.core.append({ drafts, facets: [] });
  }

  facets(...facets: FacetChange[]): void {
    this.core.append({ drafts: [fire()], facets });
  }
}

const kinds = (entries: readonly Entry[]): string[] => entries.map((entry) => entry.kind);
const ids = (entries: readonly Entry[]): string[] => entries.map((entry) => entry.id);

describe('the journal core on a disk that works', () => {
  test('a new journal begins with journal.begun', async () => {
    const rig = new Rig();
    expect((await rig.start())?.fresh).toBe(true);
    rig.add(fire());
    await rig.clock.advance(1);
    expect(kinds(rig.durable)).toEqual(['journal.begun', 'alarm.raised']);
    expect(rig.durable.map((entry) => entry.sequence)).toEqual([1, 2]);
    expect(rig.durable[0]?.detail).toEqual({ previous: null });
  });

  test('ids are epoch, boot and counter, and can be known before', async () => {
    const rig = new Rig();
    await rig.start();
    const foretold = [rig.core.peekId(0), rig.core.peekId(1)];
    const made = rig.add(fire(), fault());
    expect(ids(made)).toEqual(foretold);
    expect(made[0]?.id).toMatch(new RegExp(`^${rig.core.epoch}-${rig.core.boot}-\\d+$`));
    expect(rig.core.boot).toMatch(/^[a-z2-9]{10}$/);
    expect(rig.core.peekId(0)).not.toBe(foretold[1]);
  });

  test('a hundred appends that come while one transaction runs go into the next, in order', async () => {
    const rig = new Rig();
    await rig.start();
    await rig.clock.advance(1);
    rig.store.mood = 'hangs';
    const made = Array.from({ length: 101 }, (_, n) => rig.add(fault({ detail: { n } }))).flat();
    rig.store.wakeUp();
    await rig.clock.advance(1);
    expect(rig.groups).toEqual([1, 1, 100]);
    expect(ids(rig.durable.slice(1))).toEqual(ids(made));
  });

  test('a second start goes on in the same epoch under another boot id', async () => {
    const path = join(tempDir(), 'journal.db');
    const first = new Rig(new MoodyStore(new InlineStore(path)), 1);
    await first.start();
    first.add(fire());
    await first.core.stop();
    const second = new Rig(new MoodyStore(new InlineStore(path)), 2);
    expect(await second.start()).toMatchObject({ epoch: first.core.epoch, fresh: false, lastBoot: first.core.boot });
    second.add(fire());
    await second.clock.advance(1);
    expect(second.durable.map((entry) => [entry.epoch, entry.sequence])).toEqual([[first.core.epoch, 3]]);
    expect(second.durable[0]?.id).not.toBe(first.durable[1]?.id);
  });

  test('positions that are saved are there at the next start', async () => {
    const path = join(tempDir(), 'journal.db');
    const first = new Rig(new MoodyStore(new InlineStore(path)), 1);
    await first.start();
    const row = positionRow(1);
    await first.core.savePositions([row]);
    expect(first.core.positions).toEqual([row]);
    await first.core.stop();
    const second = new Rig(new MoodyStore(new InlineStore(path)), 2);
    await second.start();
    expect(second.core.positions).toEqual([row]);
  });
});

describe('the journal core on a disk that refuses', () => {
  test('a refused append is tried again with back-off until it is kept, under the same ids', async () => {
    const rig = new Rig();
    await rig.start();
    await rig.clock.advance(1);
    rig.store.mood = new StoreError('STORE-003');
    const made = [...rig.add(fire()), ...rig.add(fault())];
    await rig.clock.advance(120_000);
    expect(rig.states).toEqual(['STORE-003']);
    const tries = rig.store.batches.length;
    expect(tries).toBeGreaterThan(6);
    expect(tries).toBeLessThan(20);
    rig.store.wakeUp();
    await rig.clock.advance(30_000);
    expect(ids(rig.durable.slice(1))).toEqual(ids(made));
    expect(rig.durable.map((entry) => entry.sequence)).toEqual([1, 2, 3]);
    expect(rig.states).toEqual(['STORE-003', null]);
  });

  test('after a failed disk the file is opened anew before the next try', async () => {
    const rig = new Rig(new MoodyStore(new InlineStore(join(tempDir(), 'journal.db'))));
    await rig.start();
    await rig.clock.advance(1);
    rig.store.mood = new StoreError('STORE-005');
    rig.add(fire());
    await rig.clock.advance(5);
    rig.store.mood = 'works';
    await rig.clock.advance(1_000);
    expect(rig.store.opens).toBe(2);
    expect(kinds(rig.durable)).toEqual(['journal.begun', 'alarm.raised']);
  });

  test('a journal that is gone under a running gateway is replaced: a new epoch that names the last, nothing that waits is lost', async () => {
    const inner = new InlineStore(':memory:');
    const rig = new Rig(new MoodyStore(inner));
    await rig.start();
    await rig.clock.advance(1);
    rig.facets({ subject: 'point:a', row: facet('point:a') });
    await rig.core.savePositions([positionRow(2)]);
    await rig.clock.advance(1);
    const before = rig.core.epoch;
    inner.markDamaged();
    rig.store.mood = new StoreError('STORE-005');
    const made = [...rig.add(fire()), ...rig.add(fault())];
    await rig.clock.advance(1);
    rig.store.mood = 'works';
    await rig.clock.advance(60_000);
    const fresh = rig.durable.slice(2);
    expect(kinds(fresh)).toEqual(['journal.begun', 'alarm.raised', 'alarm.raised']);
    expect(fresh[0]?.detail).toEqual({ previous: before, why: 'damaged', setAside: null });
    expect(ids(fresh.slice(1))).toEqual(ids(made));
    expect(rig.core.epoch).not.toBe(before);
    expect(fresh.map(({ epoch, sequence }) => [epoch, sequence])).toEqual(
      [1, 2, 3].map((sequence) => [rig.core.epoch, sequence]),
    );
    // What uplinks have confirmed counts on: no new row stands where an old one was told.
    expect(fresh.map(({ position }) => position)).toEqual([3, 4, 5]);
    const again = await rig.store.inner.open(epochId('unused'));
    expect([rig.core.positions, rig.states]).toEqual([[positionRow(2)], ['STORE-005', 'STORE-009']]);
    expect(again).toMatchObject({ fresh: false, facets: [facet('point:a')], positions: [positionRow(2)] });
    expect(rig.store.batches.flatMap(({ facets }) => facets).map(({ subject }) => subject)).toEqual([
      'point:a',
      'point:a',
    ]);
  });

  test('a saved position beyond the end of the file is not believed', async () => {
    const path = join(tempDir(), 'journal.db');
    const first = new InlineStore(path);
    await first.open(epochId('e1'));
    await first.savePositions([positionRow(21)]);
    await first.close();
    const rig = new Rig(new MoodyStore(new InlineStore(path)));
    await rig.start();
    expect(rig.core.positions).toEqual([]);
  });

  test('a file that can never be ours is asked once; the watch goes on in memory', async () => {
    const rig = new Rig();
    rig.store.mood = new StoreError('STORE-002');
    expect(await rig.start()).toBeNull();
    expect(rig.clock.mono()).toBeLessThan(100);
    const made = rig.add(fire(), fault());
    await rig.clock.advance(600_000);
    expect(rig.store.opens).toBe(1);
    expect(rig.states).toEqual(['STORE-002']);
    // No disk will ever have them, so the centres hear all of it from memory.
    expect(rig.late).toEqual(made);
  });
});

describe('the journal core on a disk that hangs', () => {
  test('a fire entry that is not durable within 2 s is told once, a fault is not', async () => {
    const rig = new Rig();
    await rig.start();
    await rig.clock.advance(1);
    rig.store.mood = 'hangs';
    const [alarm] = rig.add(fire(), fault());
    await rig.clock.advance(1_990);
    const [second] = rig.add(fire());
    expect(rig.late).toEqual([]);
    await rig.clock.advance(20);
    expect(rig.late).toEqual([alarm]);
    await rig.clock.advance(60_000);
    expect(rig.late).toEqual([alarm, second]);
    expect(rig.states).toEqual(['STORE-007']);
    rig.store.wakeUp();
    await rig.clock.advance(1);
    expect(ids(rig.durable)).toContain(alarm?.id);
    expect(rig.states).toEqual(['STORE-007', null]);
    expect(rig.late).toHaveLength(2);
  });

  test('stopping takes at most 2 s', async () => {
    const rig = new Rig();
    await rig.start();
    await rig.clock.advance(1);
    rig.store.mood = 'hangs';
    rig.add(fire());
    let isStopped = false;
    void rig.core.stop().then(() => {
      isStopped = true;
    });
    await rig.clock.until(() => isStopped, 2_001, 10);
  });

  test('more than 10,000 waiting entries: the oldest that are not fire go, are counted, and told by one entry', async () => {
    const rig = new Rig();
    await rig.start();
    await rig.clock.advance(1);
    rig.store.mood = 'hangs';
    const stays = [rig.add(fire())[0], rig.add(fault())[0]]; // the first is with the disk already
    const goes = rig.add(fault());
    const fires = [...Array(9_000).keys()].flatMap(() => rig.add(fire()));
    [...Array(1_000).keys()].flatMap(() => rig.add(fault()));
    expect(rig.lost.at(-1)).toEqual({ fire: 0, journal: 3, telemetry: 0, local: 0 });
    expect(rig.states).toEqual(['STORE-008']);
    rig.store.wakeUp();
    await rig.clock.advance(60_000);
    const kept = new Set(ids(rig.durable));
    expect(fires.every((entry) => kept.has(entry.id))).toBe(true);
    expect([stays[0], ...goes].map((entry) => kept.has(entry?.id ?? ('' as never)))).toEqual([true, false]);
    const told = rig.durable.filter((entry) => entry.kind === 'journal.lost');
    expect(told.map((entry) => entry.detail)).toEqual([{ fire: 0, journal: 3, telemetry: 0, local: 0 }]);
    expect(rig.durable.map((entry) => entry.sequence)).toEqual(rig.durable.map((_, index) => index + 1));
    expect(rig.states.at(-1)).toBeNull();
  });

  test('when only fire waits, the oldest fire goes', async () => {
    const rig = new Rig();
    await rig.start();
    await rig.clock.advance(1);
    rig.store.mood = 'hangs';
    for (let n = 0; n < 10_002; n++) rig.add(fire());
    expect(rig.lost.at(-1)).toEqual({ fire: 2, journal: 0, telemetry: 0, local: 0 });
  });
});

describe('facet changes without entries', () => {
  test('100,000 of them while the disk hangs become one transaction with the newest', async () => {
    const rig = new Rig();
    await rig.start();
    await rig.clock.advance(1);
    rig.store.mood = 'hangs';
    rig.add(fire());
    const before = rig.store.batches.length;
    for (let n = 0; n < 100_000; n++) {
      const row = facet('point:a', { acknowledgedBy: `p${n}` });
      rig.core.append({ drafts: [], facets: [{ subject: row.subject, row }] });
    }
    rig.store.wakeUp();
    await rig.clock.advance(1);
    const facets = rig.store.batches.slice(before).map((batch) => batch.facets);
    expect(facets).toEqual([[{ subject: 'point:a', row: facet('point:a', { acknowledgedBy: 'p99999' }) }]]);
  });

  test('a disk that keeps refusing does not make them more', () => {
    const list = new WaitingList(10);
    const change = (by: string) => [{ subject: 'point:a', row: facet('point:a', { acknowledgedBy: by }) }];
    list.push([], change('first'));
    for (let n = 0; n < 50; n++) {
      expect(list.take(1).facets).toHaveLength(1);
      list.push([], change(`p${n}`));
      list.returnTaken();
    }
    expect(list.take(1).facets).toEqual(change('p49'));
    list.forgetTaken();
    expect(list.isEmpty).toBe(true);
  });

  test('each costs the same, however many subjects wait already', () => {
    let looks = 0;
    const subjects = Array.from({ length: 2_000 }, (_, n) => `fault:point:${n}`);
    const list = new WaitingList(10);
    list.push([entry('e1', 1)], []);
    for (const [n, key] of subjects.entries()) {
      const look = (): string => {
        looks++;
        return key;
      };
      const change = {
        get subject() {
          return look();
        },
        row: null,
      };
      const mark = {
        get name() {
          return look();
        },
        wall: n,
        detail: '',
      };
      list.push([], [change], [mark]);
    }
    const { facets, marks = [] } = list.take(500);
    expect([facets.length, marks.length]).toEqual([2_000, 2_000]);
    // As it comes, as it joins the others, as all are put together for the disk.
    expect(looks).toBeLessThanOrEqual(3 * (facets.length + marks.length));
  });

  test('they never overtake what a later entry brings for the same subject', () => {
    const list = new WaitingList(10);
    const change = (by: string) => [{ subject: 'point:a', row: facet('point:a', { acknowledgedBy: by }) }];
    list.push([entry('e1', 1)], change('with entry 1'));
    list.push([], change('alone'));
    list.push([entry('e1', 2)], change('with entry 2'));
    const taken = [1, 2].map(() => {
      const batch = list.take(1);
      list.forgetTaken();
      return [batch.entries.length, batch.facets[0]?.row?.acknowledgedBy];
    });
    expect(taken).toEqual([
      [1, 'alone'],
      [1, 'with entry 2'],
    ]);
    expect(list.isEmpty).toBe(true);
  });
});

test('a start that was given less time gives up on the disk after it', async () => {
  const clock = new SimClock();
  const store = new MoodyStore();
  store.mood = 'hangs';
  const silent = { onDurable() {}, onLate() {}, onState() {}, onRestored() {}, onLost() {} };
  const core = new JournalCore({ store, clock, random: seeded(1), events: silent, startMaxMs: 500 });
  let isStarted = false;
  void core.start().then(() => {
    isStarted = true;
  });
  await clock.advance(490);
  expect(isStarted).toBe(false);
  await clock.advance(20);
  expect(isStarted).toBe(true);
});

describe('the journal core on a disk that answers late', () => {
  test.each([
    ['a disk that hangs at start', 'hangs' as const],
    ['a disk that refuses at start', new StoreError('STORE-004')],
  ])(
    '%s: a new epoch in memory, which names the old one once the disk is back; nothing is lost',
    async (_name, mood) => {
      const path = join(tempDir(), 'journal.db');
      const before = new Rig(new MoodyStore(new InlineStore(path)), 1);
      await before.start();
      before.add(fire());
      await before.core.stop();

      const rig = new Rig(new MoodyStore(new InlineStore(path)), 2);
      rig.store.mood = mood;
      expect(await rig.start()).toBeNull();
      expect(rig.core.positions).toBeNull();
      expect(rig.core.epoch).not.toBe(before.core.epoch);
      const made = rig.add(fire(), fault());
      await rig.clock.advance(5_000);
      expect(ids(rig.late)).toEqual([made[0]?.id]);
      rig.store.wakeUp();
      await rig.clock.advance(30_000);
      expect(kinds(rig.durable)).toEqual(['journal.begun', 'alarm.raised', 'alarm.raised']);
      expect(rig.durable[0]?.detail).toEqual({ previous: before.core.epoch });
      expect(ids(rig.durable.slice(1))).toEqual(ids(made));
      expect(rig.durable.map((entry) => [entry.epoch, entry.sequence])).toEqual(
        [1, 2, 3].map((sequence) => [rig.core.epoch, sequence]),
      );
      expect(rig.restored).toHaveLength(1);
      expect(rig.states.at(-1)).toBeNull();
    },
  );

  test('saved alarms are never overwritten by what was not known; what the engine merges is written', async () => {
    const path = join(tempDir(), 'journal.db');
    const file = new InlineStore(path);
    await file.open(epochId('e1'));
    const saved = [facet('point:kept'), facet('point:merged'), facet('point:quiet', { alarm: null })];
    await file.append({ entries: [], facets: saved.map((row) => ({ subject: row.subject, row })) });
    await file.close();

    const rig = new Rig(new MoodyStore(new InlineStore(path)));
    rig.store.mood = 'hangs';
    await rig.start();
    const merged = facet('point:merged', { acknowledgedBy: 'panel' });
    rig.onRestored = () => rig.facets({ subject: merged.subject, row: merged });
    const news = facet('point:quiet', { alarm: rig.core.peekId(0) });
    rig.facets(
      { subject: 'point:kept', row: null },
      { subject: 'point:merged', row: null },
      { subject: news.subject, row: news },
      { subject: 'point:new', row: facet('point:new') },
    );
    rig.store.wakeUp();
    await rig.clock.advance(1);
    await rig.core.stop();
    const opened = await new InlineStore(path).open(epochId('unused'));
    expect(opened.facets).toEqual([saved[0], merged, facet('point:new'), news]);
  });
});

describe('marks', () => {
  const mark = (wall: number) => ({ name: 'drill', wall, detail: `at ${wall}` });

  test('are known at once, saved with their entry, and there at the next start', async () => {
    const path = join(tempDir(), 'journal.db');
    const first = new Rig(new MoodyStore(new InlineStore(path)));
    await first.start();
    first.core.append({ drafts: [fire()], facets: [], marks: [mark(1)] });
    first.core.append({ drafts: [], facets: [], marks: [mark(2)] });
    expect([first.core.mark('drill'), first.core.mark('siren-test')]).toEqual([mark(2), null]);
    await first.core.stop();
    const withFire = first.store.batches.find(({ entries }) => entries.some(({ kind }) => kind === 'alarm.raised'));
    expect(withFire?.marks).toEqual([mark(1)]);
    const second = new Rig(new MoodyStore(new InlineStore(path)), 2);
    expect((await second.start())?.marks).toEqual([mark(2)]);
    expect([...second.core.marks.values()]).toEqual([mark(2)]);
  });

  test('of this run are newer than those of a disk that answers late, and survive entries that must go', async () => {
    const path = join(tempDir(), 'journal.db');
    const file = new InlineStore(path);
    await file.open(epochId('e1'));
    await file.append({ entries: [], facets: [], marks: [mark(1), { ...mark(1), name: 'siren-test' }] });
    await file.close();
    const rig = new Rig(new MoodyStore(new InlineStore(path)));
    rig.store.mood = 'hangs';
    expect(await rig.start()).toBeNull();
    rig.core.append({ drafts: [fault()], facets: [], marks: [mark(3)] });
    for (let n = 0; n < 10_001; n++) rig.add(fire());
    rig.store.wakeUp();
    await rig.clock.advance(60_000);
    expect(rig.core.mark('drill')).toEqual(mark(3));
    await rig.core.stop();
    expect((await new InlineStore(path).open(epochId('e2'))).marks).toEqual([
      mark(3),
      { ...mark(1), name: 'siren-test' },
    ]);
  });
});
