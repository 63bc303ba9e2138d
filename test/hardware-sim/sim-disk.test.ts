/** The simulated disk, and what a process finds on it after another one died. */
import { beforeEach, expect, it } from 'vitest';
import { type DiskLatency, noLatency } from '../../hardware-sim/disk-trouble.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { SimDisk } from '../../hardware-sim/sim-disk.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import type { Batch, Store, TidyOrder } from '../../sync/journal/store.js';
import { entry, epochId, facet, positionRow, seeded } from '../sync/rig.js';

const order: TidyOrder = { holders: [], wall: null, maxBytes: 1e9, keepMs: 1e12, telemetryKeepMs: 1e12 };
const tenMs: DiskLatency = { usualMs: 10, tailShare: 0, tailMaxMs: 0 };

let clock: SimClock;
let disk: SimDisk;
/** What the next draws are; 0.5 afterwards: an operation takes just its usual time. */
let draws: number[];
let told: string[];

function note(name: string, answer: Promise<unknown>): void {
  answer.then(
    () => told.push(`${name} ${clock.mono()}`),
    (error: { code?: string }) => told.push(`${name} ${error.code} ${clock.mono()}`),
  );
}

const batch = (...counters: readonly number[]): Batch => ({ entries: counters.map((n) => entry('e1', n)), facets: [] });
const kept = async (): Promise<readonly string[]> => (await disk.snapshot()).map(({ id }) => id.slice(-1));

async function ended<T>(answer: Promise<T>): Promise<T> {
  await clock.advance(10);
  return answer;
}

/** A new process on the disk. */
async function life(): Promise<Store> {
  const store = disk.connect();
  await ended(store.open(epochId('e1')));
  return store;
}

function make(latency: DiskLatency): void {
  clock = new SimClock();
  draws = [];
  told = [];
  disk = new SimDisk({
    inner: new InlineStore(':memory:'),
    clock,
    chance: () => draws.shift() ?? 0.5,
    latency,
  });
}

beforeEach(() => make(tenMs));

it('one operation begins when the one before has ended, each after the time that was drawn', async () => {
  const store = await life();
  draws = [0, 0.9];
  note('first', store.append(batch(1)));
  note('second', store.savePositions([positionRow(1)]));
  note('third', store.readAfter('fire', 0, 10));
  await clock.advance(100);
  expect(told).toEqual(['first 15', 'second 29', 'third 39']);
});

it('its rare long latencies are the same for the same seed', async () => {
  const run = async (): Promise<readonly number[]> => {
    const chance = seeded(7);
    const [world, inner] = [new SimClock(), new InlineStore(':memory:')];
    const drive = new SimDisk({ inner, clock: world, chance, latency: { usualMs: 2, tailShare: 0.1, tailMaxMs: 500 } });
    const store = drive.connect();
    const ends: number[] = [];
    for (let n = 0; n < 50; n++) void store.open(epochId('e1')).then(() => ends.push(world.mono()));
    await world.advance(10_000);
    return ends.map((end, at) => end - (ends[at - 1] ?? 0));
  };
  const took = await run();
  expect(await run()).toEqual(took);
  expect(took.filter((ms) => ms <= 3).length).toBeGreaterThan(35);
  expect(Math.max(...took)).toBeGreaterThan(50);
});

it('a new life finds what the one before saved, not a fresh journal', async () => {
  const store = await life();
  const row = facet('point:a');
  const mark = { name: 'drill', wall: 1, detail: '' };
  await ended(store.append({ ...batch(1, 2), facets: [{ subject: row.subject, row }], marks: [mark] }));
  await ended(store.savePositions([positionRow(1)]));
  disk.powerCut();
  const opened = await ended(disk.connect().open(epochId('e2')));
  expect(opened).toMatchObject({ epoch: 'e1', fresh: false, begun: null, lastPosition: 2, lastBoot: 'boot1' });
  expect(opened).toMatchObject({ facets: [row], marks: [mark], positions: [positionRow(1)] });
});

it('of a killed process the operation that has begun happens, and what waited does not; nobody is answered', async () => {
  const store = await life();
  note('begun', store.append(batch(1)));
  note('waiting', store.append(batch(2)));
  await clock.advance(5);
  disk.processKilled();
  note('afterwards', store.append(batch(3)));
  note('close', store.close());
  const next = disk.connect();
  note('next life', next.open(epochId('e2')));
  await clock.advance(10_000);
  expect(told).toEqual(['next life 30']);
  expect(await kept()).toEqual(['1']);
});

it.each([
  ['wholly', 0.1, ['1', '2', '3']],
  ['not at all', 0.9, ['1']],
] as const)('a power cut leaves the operation under way %s, and all that was answered', async (_, draw, left) => {
  const store = await life();
  await ended(store.append(batch(1)));
  note('under way', store.append(batch(2, 3)));
  note('waiting', store.append(batch(4)));
  await clock.advance(9);
  draws = [draw];
  disk.powerCut();
  expect(await kept()).toEqual(left);
  const next = await life();
  expect((await ended(next.readAfter('fire', 0, 10))).length).toBe(left.length);
  expect(told).toEqual([]);
});

it('what hangs, hangs in the middle too, and after the mending takes its turn in the mode that is then', async () => {
  const store = await life();
  note('first', store.append(batch(1)));
  note('second', store.append(batch(2)));
  await clock.advance(5);
  disk.setMode('hangs');
  await clock.advance(60_000);
  expect(told).toEqual([]);
  disk.setMode({ slowMs: 300 });
  await clock.advance(600);
  expect(told).toEqual(['first 60315', 'second 60615']);
});

it('a power cut frees a disk that hung of what hung in it', async () => {
  const store = await life();
  disk.setMode('hangs');
  note('hung', store.append(batch(1)));
  await clock.advance(1_000);
  draws = [0.9];
  disk.powerCut();
  disk.setMode('works');
  await life();
  expect([told, await kept()]).toEqual([[], []]);
});

it('a disk that refuses keeps nothing, reads nothing and opens nothing; the journal is open again only after an open', async () => {
  const store = await life();
  disk.setMode({ refuses: 'STORE-005' });
  note('append', store.append(batch(1)));
  note('read', store.readAfter('fire', 0, 1));
  note('open', store.open(epochId('e2')));
  await clock.advance(100);
  disk.setMode('works');
  note('append', store.append(batch(1)));
  await clock.advance(100);
  expect(told).toEqual(['append STORE-005 20', 'read STORE-005 30', 'open STORE-005 40', 'append STORE-006 120']);
  expect(await kept()).toEqual([]);
});

it('a full disk writes nothing, but reads, and opens a journal that is there', async () => {
  make(noLatency);
  disk.setMode({ refuses: 'STORE-003' });
  await expect(disk.connect().open(epochId('e1'))).rejects.toMatchObject({ code: 'STORE-003' });
  disk.setMode('works');
  const store = await life();
  await store.append(batch(1));
  disk.setMode({ refuses: 'STORE-003' });
  for (const write of [store.append(batch(2)), store.savePositions([]), store.tidy(order, true)]) {
    await expect(write).rejects.toMatchObject({ code: 'STORE-003' });
  }
  expect(await store.open(epochId('e1'))).toMatchObject({ fresh: false });
  expect(await store.readAfter('fire', 0, 10)).toHaveLength(1);
  disk.setMode('works');
  expect(await store.append(batch(2))).toHaveLength(1);
});

it('is full after so many bytes, and takes what still fits', async () => {
  make(noLatency);
  const store = await life();
  await store.append(batch(1));
  disk.fullAfter(disk.counters.bytes + 80);
  await store.append(batch(2));
  await expect(store.append(batch(3))).rejects.toMatchObject({ code: 'STORE-003' });
  await store.savePositions([positionRow(1)]);
  await expect(store.savePositions([positionRow(2)])).rejects.toMatchObject({ code: 'STORE-003' });
  disk.fullAfter(null);
  await store.append(batch(3));
  expect(await kept()).toEqual(['1', '2', '3']);
});

it('fails the n-th operation from now, and only that one', async () => {
  make(noLatency);
  const store = await life();
  disk.failNth(2);
  await store.append(batch(1));
  await expect(store.append(batch(2))).rejects.toMatchObject({ code: 'STORE-005' });
  await store.append(batch(3));
  expect(await kept()).toEqual(['1', '3']);
});

it('a close waits for what was asked before, and not for ever', async () => {
  const store = await life();
  note('asked', store.append(batch(1)));
  note('closed', store.close());
  await clock.advance(100);
  disk.setMode('hangs');
  const next = disk.connect();
  note('hung', next.open(epochId('e1')));
  note('closed', next.close());
  await clock.advance(3_000);
  expect(told).toEqual(['asked 20', 'closed 20', 'hung STORE-005 2110', 'closed 2110']);
});

it('counts, and shows what is durable without moving the arm', async () => {
  const store = await life();
  expect(disk.counters).toEqual({ operations: 1, appended: 0, durable: 0, bytes: 0 });
  disk.failNth(2);
  note('kept', store.append({ entries: [entry('e1', 1), entry('e1', 2, { lane: 'local' })], facets: [] }));
  note('refused', store.append(batch(3)));
  await clock.advance(100);
  expect(disk.counters).toMatchObject({ operations: 3, appended: 3, durable: 2 });
  disk.setMode('hangs');
  const found = (await disk.snapshot()).map(({ id, epoch, position, sequence }) => [id, epoch, position, sequence]);
  expect(found).toEqual([
    ['e1-boot1-1', 'e1', 1, 1],
    ['e1-boot1-2', 'e1', 2, 2],
  ]);
  expect(await disk.snapshot(1)).toHaveLength(1);
  expect(disk.counters.operations).toBe(3);
});
