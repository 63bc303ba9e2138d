/** When room is made, what is told of it, and a journal that breaks while it is in use. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brandId, type UplinkId } from '../../config/ids.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import { JournalCore } from '../../sync/journal/journal-core.js';
import { noneDropped } from '../../sync/journal/retention.js';
import { openDb } from '../../sync/journal/sqlite-open.js';
import { type Store, StoreError, type Tidied, type TidyOrder } from '../../sync/journal/store.js';
import type { Keeping } from '../../sync/journal/tidy-up.js';
import { epochId, facet, fault, fire, MoodyStore, positionRow, seeded, tempDir } from './rig.js';

const day = 86_400_000;
const district = brandId<UplinkId>('district');
const keeping: Keeping = {
  ...{ maxBytes: 64_000_000, keepMs: 1_000 * day, telemetryKeepMs: 90 * day },
  holders: [{ uplink: district, lanes: ['fire', 'journal'], frees: 'carried' }],
};
const nothing: Tidied = { hasMore: false, bytes: 0, droppedUntold: noneDropped };

/** A store whose tidy() answers as the test says. */
class ToldStore extends MoodyStore {
  readonly orders: (TidyOrder & { readonly atMono: number; readonly isFirst: boolean | undefined })[] = [];
  answers: Partial<Tidied>[] = [];

  constructor(private readonly clock: SimClock) {
    super();
  }

  override async tidy(order: TidyOrder, isFirst?: boolean): Promise<Tidied> {
    this.orders.push({ ...order, isFirst, atMono: this.clock.mono() });
    return { ...nothing, ...this.answers.shift() };
  }
}

async function started(store: Store, clock: SimClock) {
  const durable: StoredEntry[] = [];
  const states: (string | null)[] = [];
  const unused: (readonly [number, string | null])[] = [];
  const core = new JournalCore({
    ...{ store, clock, random: seeded(7), keeping },
    events: {
      onDurable: (entries) => void durable.push(...entries),
      onState: (error) => void states.push(error?.code ?? null),
      onUnused: (_uplink, how) => void unused.push([Math.floor(clock.mono() / day), how]),
      onLate() {},
      onRestored() {},
      onLost() {},
    },
  });
  let isStarted = false;
  void core.start().then(() => {
    isStarted = true;
  });
  await clock.until(() => isStarted, 2_001, 10);
  return { core, durable, states, unused };
}

test('room is made after opening, every ten minutes and soon after the disk was full, in pieces with rests', async () => {
  const clock = new SimClock();
  const store = new ToldStore(clock);
  store.answers = [{ hasMore: true }, { hasMore: true }, {}];
  const { core } = await started(store, clock);
  await clock.advance(5_000);
  expect(store.orders.map(({ isFirst }) => isFirst)).toEqual([true, false, false]);
  const [first, second] = store.orders.map(({ atMono }) => atMono);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(50);
  await clock.advance(600_000);
  expect(store.orders).toHaveLength(4);
  store.mood = new StoreError('STORE-003');
  core.append({ drafts: [fault()], facets: [] });
  await clock.advance(3_000);
  expect(store.orders.length).toBeGreaterThan(4);
  await core.stop();
});

test('what went untold is one entry of a round, counted by class, and nothing when nothing did', async () => {
  const clock = new SimClock();
  const store = new ToldStore(clock);
  const counts = (over: Partial<Tidied['droppedUntold']>) => ({ droppedUntold: { ...noneDropped, ...over } });
  store.answers = [{ hasMore: true, ...counts({ fault: 3, telemetry: 7 }) }, counts({ fault: 4, technical: 1 })];
  const { durable, core } = await started(store, clock);
  await clock.advance(1_300_000);
  const told = durable.filter(({ kind }) => kind === 'journal.dropped');
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ class: 'fault', lane: 'journal', detail: { fault: 7, technical: 1, telemetry: 7 } });
  expect(told[0]?.words).toEqual({
    zh: '记录存储已满，未上报的记录被清除：故障 7、提示 1、遥测 7',
    en: 'the journal was full; these went before every centre had them: FAULT 7, TECHNICAL 1, packs of samples 7',
  });
  await core.stop();
});

test('an uplink that was never used holds rows for 90 days from when it was seen first, over restarts; one that comes back holds again', async () => {
  const path = join(tempDir(), 'journal.db');
  const clock = new SimClock();
  const first = await started(new InlineStore(path), clock);
  await clock.advance(2_000);
  await first.core.stop();
  await clock.advance(82 * day);
  const store = new InlineStore(path);
  const { core, unused } = await started(store, clock);
  const orders: TidyOrder[] = [];
  const tidy = store.tidy.bind(store);
  store.tidy = (order, isFirst) => {
    orders.push(order);
    return tidy(order, isFirst);
  };
  await clock.advance(9 * day);
  expect(unused).toEqual([
    [83, 'soon'],
    [90, 'let-go'],
  ]);
  expect(orders.at(-1)?.holders).toEqual([]);
  await core.savePositions([{ ...positionRow(1), wall: clock.wall() }]);
  expect(unused.at(-1)).toEqual([91, null]);
  await clock.advance(700_000);
  expect(orders.at(-1)?.holders).toHaveLength(1);
  await core.stop();
});

test('a journal that breaks while it is in use is replaced at once: alarms stay latched, nothing is told twice as new or lost, and the fault stays for this start', async () => {
  const path = join(tempDir(), 'journal.db');
  const clock = new SimClock();
  const store = new InlineStore(path);
  const { core, durable, states } = await started(store, clock);
  const row = facet('point:a');
  const before = core.append({
    drafts: Array.from({ length: 400 }, (_, n) => fire({ detail: { n } })),
    facets: [{ subject: row.subject, row }],
  });
  await clock.advance(2_000);
  await core.savePositions([positionRow(300)]);
  const previous = core.epoch;
  const other = openDb(path);
  other.exec("UPDATE entries SET words = '{broken' WHERE position = 350");
  other.close();
  await core.readAfter('fire', 0, 1000).catch(() => undefined);
  const after = core.append({ drafts: [fire()], facets: [] });
  await clock.advance(5_000);
  expect(core.epoch).not.toBe(previous);
  const begun = durable.filter(({ kind }) => kind === 'journal.begun').at(-1);
  expect(begun).toMatchObject({ epoch: core.epoch, sequence: 1, detail: { previous, why: 'damaged' } });
  const salvaged = durable.find(({ kind }) => kind === 'journal.salvaged');
  expect(salvaged?.detail).toMatchObject({ entries: 400, lost: 1 });
  // After the position that the centre has confirmed: what reads of the old ones, then the new one, under their ids.
  const next = (await core.readAfter('fire', 300, 1000)).map(({ id }) => id);
  expect(next.at(-1)).toBe(after[0]?.id);
  expect(next.slice(0, -1)).toEqual(before.map(({ id }) => id).filter((_, index) => index > 298 && index !== 348));
  expect(states.at(-1)).toBe('STORE-009');
  await core.stop();
  const again = await new InlineStore(path).open(epochId('unused'));
  expect([again.facets, again.begun, again.positions]).toEqual([[row], null, [positionRow(300)]]);
});
