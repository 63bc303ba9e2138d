import { beforeEach, expect, it } from 'vitest';
import { brandId } from '../../config/ids.js';
import { FaultyStore } from '../../hardware-sim/disk.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { Store } from '../../sync/journal/store.js';

const batch = { entries: [], facets: [] };

let clock: SimClock;
let calls: string[];
let disk: FaultyStore;
let results: string[];

function note(name: string, promise: Promise<unknown>): void {
  promise.then(
    () => results.push(`${name} kept`),
    (error: Error) => results.push(`${name} ${error.message}`),
  );
}

beforeEach(() => {
  clock = new SimClock();
  calls = [];
  results = [];
  const inner: Store = {
    open: async () => {
      calls.push('open');
      return {
        epoch: brandId('e'),
        fresh: true,
        facets: [],
        positions: [],
        marks: [],
        commands: [],
        begun: null,
        lastPosition: 0,
        lastPack: 0,
        lastBoot: null,
      };
    },
    append: async () => {
      calls.push('append');
      return [];
    },
    readAfter: async () => {
      calls.push('readAfter');
      return [];
    },
    readTelemetryAfter: async () => [],
    backlogAfter: async () => ({ rows: 0, oldestWall: null }),
    placeAt: async () => null,
    tidy: async () => Promise.reject(new Error('not asked for')),
    savePositions: async () => void calls.push('savePositions'),
    close: async () => void calls.push('close'),
  };
  disk = new FaultyStore(inner, clock);
});

it('a disk that works passes everything on', async () => {
  await disk.open(brandId('e'));
  await disk.append(batch);
  await disk.readAfter('fire', 0, 10);
  await disk.savePositions([]);
  await disk.close();
  expect(calls).toEqual(['open', 'append', 'readAfter', 'savePositions', 'close']);
});

it('a disk that refuses keeps nothing and says why', async () => {
  disk.setMode('refuses', 'STORE-003');
  await expect(disk.append(batch)).rejects.toMatchObject({ code: 'STORE-003' });
  disk.setMode('refuses');
  await expect(disk.append(batch)).rejects.toMatchObject({ code: 'STORE-005' });
  expect(calls).toEqual([]);
  disk.setMode('works');
  await expect(disk.append(batch)).resolves.toEqual([]);
});

it('a disk that hangs answers nobody until it works again, then in order', async () => {
  disk.setMode('hangs');
  note('first', disk.append(batch));
  note('second', disk.savePositions([]));
  await clock.advance(60_000);
  expect(calls).toEqual([]);
  disk.setMode('works');
  await clock.advance(0);
  expect(calls).toEqual(['append', 'savePositions']);
  expect(results).toEqual(['first kept', 'second kept']);
});

it('a disk that hung and then refuses refuses what waited', async () => {
  disk.setMode('hangs');
  note('first', disk.append(batch));
  await clock.advance(1);
  disk.setMode('refuses');
  await clock.advance(0);
  expect(results).toEqual([expect.stringContaining('STORE-005')]);
});

it('a slow disk takes its time for each call, one after the other', async () => {
  disk.setMode({ slowMs: 300 });
  note('first', disk.append(batch));
  note('second', disk.append(batch));
  await clock.advance(300);
  expect(results).toEqual(['first kept']);
  await clock.advance(300);
  expect(results).toEqual(['first kept', 'second kept']);
});

it('a hanging disk can still be closed', async () => {
  disk.setMode('hangs');
  await disk.close();
  expect(calls).toEqual(['close']);
});
