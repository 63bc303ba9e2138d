import { closeSync, mkdirSync, openSync, rmdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import { SystemClock } from '../../drivers/clock.js';
import { noLatency } from '../../hardware-sim/disk-trouble.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { SimDisk } from '../../hardware-sim/sim-disk.js';
import type { Entry } from '../../sync/journal/entry.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import { openDb } from '../../sync/journal/sqlite-open.js';
import { SqliteStore } from '../../sync/journal/sqlite-store.js';
import type { Store } from '../../sync/journal/store.js';
import { entry, epochId, facet, positionRow, tempDir } from './rig.js';

const workerUrl = new URL('../../dist/sync/journal/sqlite-worker.js', import.meta.url);

type Implementation = readonly [name: string, make: (path: string) => Store];

const onFiles: readonly Implementation[] = [
  ['SqliteStore in a worker', (path) => new SqliteStore({ path, clock: new SystemClock(), workerUrl })],
  ['InlineStore', (path) => new InlineStore(path)],
];

/** What is in memory goes on for the next process on the simulated disk of that path. */
const disks = new Map<string, SimDisk>();

function onSimDisk(path: string): Store {
  const chance = (): number => 0;
  const made = (): SimDisk => {
    const inner = new InlineStore(':memory:');
    onTestFinished(() => inner.close());
    return new SimDisk({ inner, clock: new SimClock(), chance, latency: noLatency });
  };
  const disk = disks.get(path) ?? made();
  disks.set(path, disk);
  return disk.connect();
}

describe.each<Implementation>([...onFiles, ['SimDisk', onSimDisk]])(
  '%s keeps the contract of a store',
  (_name, makeStore) => {
    function rig(): { store: Store; reopened: () => Promise<Store> } {
      const path = join(tempDir(), 'journal.db');
      const store = makeStore(path);
      onTestFinished(() => store.close());
      const reopened = async (): Promise<Store> => {
        await store.close();
        const next = makeStore(path);
        onTestFinished(() => next.close());
        return next;
      };
      return { store, reopened };
    }

    test('a journal that is not there is made, in the epoch it is given', async () => {
      const { store } = rig();
      const opened = await store.open(epochId('e1'));
      const empty = { facets: [], positions: [], marks: [], commands: [], begun: null };
      expect(opened).toEqual({ epoch: 'e1', fresh: true, lastPosition: 0, lastPack: 0, lastBoot: null, ...empty });
    });

    test('an entry comes back as it went in, with its position and sequence', async () => {
      const { store } = rig();
      await store.open(epochId('e1'));
      const full = entry('e1', 1, { origin: 'key:k1', detail: { seconds: 3, list: [1, 'zwei', null] } });
      const [kept] = await store.append({ entries: [full], facets: [] });
      expect(kept).toEqual({ ...full, position: 1, sequence: 1 });
      expect(await store.readAfter('fire', 0, 10)).toEqual([kept]);
    });

    test('an old journal keeps its epoch, its facets, its positions and its count', async () => {
      const { store, reopened } = rig();
      await store.open(epochId('e1'));
      const rows = [
        facet('point:a'),
        facet('point:b', { untold: brandId('e1-boot1-1'), acknowledgedBy: 'panel', silencedWall: 5 }),
      ];
      await store.append({ entries: [entry('e1', 1)], facets: rows.map((row) => ({ subject: row.subject, row })) });
      await store.append({ entries: [], facets: [{ subject: 'point:a', row: null }] });
      const positions = [positionRow(1)];
      await store.savePositions(positions);
      const opened = await (await reopened()).open(epochId('e2'));
      expect(opened).toMatchObject({ epoch: 'e1', fresh: false, lastPosition: 1, lastBoot: 'boot1', positions });
      expect(opened.facets).toEqual([rows[1]]);
    });

    test('a mark outlives the process, replaces the one of its name, and is all or nothing with its batch', async () => {
      const { store, reopened } = rig();
      await store.open(epochId('e1'));
      const mark = (name: string, wall: number) => ({ name, wall, detail: `{"seconds":${wall}}` });
      await store.append({ entries: [entry('e1', 1)], facets: [], marks: [mark('drill', 1), mark('siren-test', 2)] });
      await store.append({ entries: [], facets: [], marks: [mark('drill', 3)] });
      const bad = { ...entry('e1', 2), subject: null } as unknown as Entry;
      await expect(store.append({ entries: [bad], facets: [], marks: [mark('drill', 4)] })).rejects.toThrow();
      const opened = await (await reopened()).open(epochId('e2'));
      expect(opened.marks).toEqual([mark('drill', 3), mark('siren-test', 2)]);
    });

    test('the sequence has no holes, and each epoch begins at 1', async () => {
      const { store, reopened } = rig();
      await store.open(epochId('e1'));
      await store.append({ entries: [entry('e1', 1), entry('e1', 2)], facets: [] });
      const next = await reopened();
      await next.open(epochId('unused'));
      await next.append({ entries: [entry('e1', 3), entry('e2', 4), entry('e2', 5)], facets: [] });
      const kept = await next.readAfter('fire', 0, 100);
      expect(kept.map((row) => [row.epoch, row.sequence])).toEqual([
        ...[1, 2, 3].map((sequence) => ['e1', sequence]),
        ...[1, 2].map((sequence) => ['e2', sequence]),
      ]);
      expect(kept.map((row) => row.position)).toEqual([1, 2, 3, 4, 5]);
    });

    test('the epoch that began last is the one the file is in', async () => {
      const { store, reopened } = rig();
      await store.open(epochId('e1'));
      await store.append({ entries: [entry('e2', 1)], facets: [] });
      expect((await (await reopened()).open(epochId('unused'))).epoch).toBe('e2');
    });

    test('an entry that is appended twice is kept once and uses up one number', async () => {
      const { store } = rig();
      await store.open(epochId('e1'));
      await store.append({ entries: [entry('e1', 1), entry('e1', 2)], facets: [] });
      const again = await store.append({ entries: [entry('e1', 2), entry('e1', 3)], facets: [] });
      expect(again.map((row) => [row.id, row.sequence])).toEqual([
        ['e1-boot1-2', 2],
        ['e1-boot1-3', 3],
      ]);
    });

    test('a lane is read in pages, without the other lane', async () => {
      const { store } = rig();
      await store.open(epochId('e1'));
      const entries = [1, 2, 3, 4, 5].map((n) => entry('e1', n, { lane: n % 2 === 0 ? 'journal' : 'fire' }));
      await store.append({ entries, facets: [] });
      expect((await store.readAfter('fire', 0, 2)).map((row) => row.position)).toEqual([1, 3]);
      expect((await store.readAfter('fire', 3, 2)).map((row) => row.position)).toEqual([5]);
      expect((await store.readAfter('journal', 0, 100)).map((row) => row.position)).toEqual([2, 4]);
    });

    test('a store that is not open says so, and closing twice harms nothing', async () => {
      const { store } = rig();
      await expect(store.append({ entries: [], facets: [] })).rejects.toMatchObject({ code: 'STORE-006' });
      await store.close();
      await store.close();
    });
  },
);

describe.each(onFiles)('%s says why it can not be opened', (_name, makeStore) => {
  test('what stands in the way is told as can not be opened, and harms nothing once it is gone', async () => {
    const path = join(tempDir(), 'journal.db');
    mkdirSync(path);
    const store = makeStore(path);
    onTestFinished(() => store.close());
    for (let n = 0; n < 2; n++) await expect(store.open(epochId('e1'))).rejects.toThrowError(/STORE-00[45]/);
    rmdirSync(path);
    expect(await store.open(epochId('e2'))).toMatchObject({ fresh: true, begun: null });
    expect(await store.append({ entries: [entry('e2', 1)], facets: [] })).toHaveLength(1);
  });

  test('a folder that is not there is told as can not be opened', async () => {
    const store = makeStore(join(tempDir(), 'nowhere', 'journal.db'));
    onTestFinished(() => store.close());
    await expect(store.open(epochId('e1'))).rejects.toMatchObject({ code: 'STORE-004' });
  });
});

/** A worker that answers `open` and does `onOther` at everything else. */
function oddWorker(onOther: string): URL {
  const text = `import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, call }) => {
      if (call === 'open') parentPort.postMessage({ id, ok: true, result: { epoch: 'e1' } }); else ${onOther} });`;
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
}

/** A worker that dies at `append`; its lock is taken while a file beside the journal says so, and never twice its own. */
const mortalWorker = new URL(
  `data:text/javascript,${encodeURIComponent(`import { parentPort, workerData } from 'node:worker_threads';
    import { existsSync } from 'node:fs';
    let isHeld = false;
    parentPort.on('message', ({ id, call }) => {
      if (call === 'append') process.exit(3);
      const isTaken = isHeld || existsSync(workerData.path + '.taken');
      if (call === 'lock') isHeld ||= !isTaken;
      const result = call === 'lock' ? (isTaken ? 'taken' : 'held') : { epoch: 'e1' };
      parentPort.postMessage({ id, ok: true, result }); });`)}`,
);

describe('SqliteStore', () => {
  test('a worker that dies rejects all that is pending and is replaced by the next open', async () => {
    const store = new SqliteStore({
      path: '/unused',
      clock: new SystemClock(),
      workerUrl: oddWorker('process.exit(3)'),
    });
    onTestFinished(() => store.close());
    await store.open(epochId('e1'));
    const pending = [store.append({ entries: [], facets: [] }), store.readAfter('fire', 0, 1)];
    for (const answer of await Promise.allSettled(pending)) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'STORE-005' } });
    }
    expect(store.isStuck).toBe(false);
    expect((await store.open(epochId('e1'))).epoch).toBe('e1');
  });

  test('a data folder that another gateway took when the worker died is not written to, however often it is opened', async () => {
    const path = join(tempDir(), 'journal.db');
    const store = new SqliteStore({ path, clock: new SystemClock(), workerUrl: mortalWorker });
    onTestFinished(() => store.close());
    expect(await store.lock()).toBe('held');
    await store.open(epochId('e1'));
    await expect(store.append({ entries: [], facets: [] })).rejects.toMatchObject({ code: 'STORE-005' });
    writeFileSync(`${path}.taken`, '');
    for (let n = 0; n < 3; n++) await expect(store.open(epochId('e1'))).rejects.toMatchObject({ code: 'STORE-004' });
    rmSync(`${path}.taken`);
    expect((await store.open(epochId('e1'))).epoch).toBe('e1');
    expect((await store.open(epochId('e1'))).epoch).toBe('e1');
  });

  test('the lock that the worker holds is not asked for again by open', async () => {
    const store = new SqliteStore({ path: join(tempDir(), 'journal.db'), clock: new SystemClock(), workerUrl });
    onTestFinished(() => store.close());
    expect(await store.lock()).toBe('held');
    expect(await store.lock()).toBe('held');
    expect((await store.open(epochId('e1'))).fresh).toBe(true);
    expect((await store.open(epochId('e1'))).fresh).toBe(false);
  });

  test('a large journal is open at once and checked whole afterwards; what is found sets it aside, while it is in use', async () => {
    const path = join(tempDir(), 'journal.db');
    const store = new SqliteStore({ path, clock: new SystemClock(), workerUrl });
    onTestFinished(() => store.close());
    await store.open(epochId('e1'));
    await store.close();
    const db = openDb(path);
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO entries
      SELECT i, 'e1', i, 'e1-b-' || i, 'fire', 'alarm.raised', 'fire', 's', NULL, NULL, 1, 1, 'trusted', 'b', NULL, '{"zh":"","en":""}',
      '{"a":"' || hex(zeroblob(2500)) || '"}' FROM n`);
    db.close();
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(4096 * 40), 0, 4096 * 40, 4096 * 1_000);
    closeSync(file);
    expect(await store.open(epochId('e2'))).toMatchObject({ epoch: 'e1', begun: null });
    await store.untilChecked();
    await expect(store.append({ entries: [], facets: [] })).rejects.toMatchObject({ code: 'STORE-009' });
    const next = await store.open(epochId('e3'));
    expect(next).toMatchObject({ epoch: 'e3', begun: { why: 'damaged', previous: 'e1' } });
    expect(next.lastPosition).toBeGreaterThanOrEqual(2000);
  });

  test('a worker that can not be started is told, each time', async () => {
    const missing = new URL('./no-such-worker.js', workerUrl);
    const store = new SqliteStore({ path: '/unused', clock: new SystemClock(), workerUrl: missing });
    await expect(store.open(epochId('e1'))).rejects.toMatchObject({ code: 'STORE-005' });
    await expect(store.open(epochId('e1'))).rejects.toMatchObject({ code: 'STORE-005' });
    expect(await store.lock()).toBe('unknown');
  });

  test('a worker that hangs keeps nobody: the lock is unknown after 2 s, and closing takes 2 s', async () => {
    const clock = new SimClock();
    const store = new SqliteStore({ path: '/unused', clock, workerUrl: oddWorker('for (;;);') });
    let lock = '';
    void store.lock().then((answer) => {
      lock = answer;
    });
    const pending = store.append({ entries: [], facets: [] }).catch((error: { code: string }) => error.code);
    await clock.advance(1_990);
    expect([lock, store.isStuck]).toEqual(['', true]);
    await clock.advance(20);
    expect(lock).toBe('unknown');
    const closed = store.close();
    await clock.advance(2_010);
    await closed;
    expect(await pending).toBe('STORE-005');
  });
});
