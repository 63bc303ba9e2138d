/** What the next runtime is told of the journal is what the file itself would tell it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brandId } from '../../../config/ids.js';
import { StoreLeases } from '../../../gateway/staging/store-leases.js';
import { InlineStore } from '../../../sync/journal/inline-store.js';
import type { CommandRow, PositionRow, Store, TelemetryPack, TidyOrder } from '../../../sync/journal/store.js';
import { entry, epochId, facet, tempDir } from '../../sync/rig.js';

const pack = (epoch: string): TelemetryPack => ({
  ...{ epoch: epochId(epoch), boot: brandId('boot1'), mono: 1, wall: 1_795_000_000_000, clock: 'trusted' },
  ...{ samples: 1, body: new Uint8Array(8) },
});
const command: CommandRow = { id: 'order-001', keyId: 'k', expiresWall: 5, state: 'accepted', answer: '{}' };
const position = (lane: PositionRow['lane'], at: number): PositionRow => ({
  ...{ uplink: brandId('district'), lane, position: at, kept: at - 1 },
  ...{ told: { epoch: epochId('e1'), sequence: at }, wall: 7 },
});

test('what was saved meanwhile is handed on as the file has it: entries, packs, alarms, marks, orders, positions', async () => {
  const path = join(tempDir(), 'journal.db');
  const leases = new StoreLeases(new InlineStore(path));
  const first = leases.next();
  await first.open(epochId('e1'));
  const marks = [{ name: 'drill', wall: 1, detail: '' }];
  const facets = [
    { subject: 'a', row: facet('a') },
    { subject: 'b', row: facet('b') },
  ];
  await first.append({ entries: [entry('e1', 1), entry('e1', 2)], facets, marks, commands: [command] });
  await first.append({ entries: [], facets: [{ subject: 'b', row: null }], telemetry: [pack('e1'), pack('e1')] });
  await first.append({ entries: [], facets: [], commands: [{ ...command, state: 'done' }], telemetry: [pack('e1')] });
  await first.savePositions([position('fire', 2), position('telemetry', 3)]);
  leases.handOver();
  await first.close();
  const told = await leases.next().open(epochId('e2'));
  const file = await new InlineStore(path).open(epochId('e3'));
  expect(told).toEqual({ ...file, begun: null });
  expect(told).toMatchObject({ lastPack: 3, lastPosition: 2, commands: [{ state: 'done' }] });
});

test('every word of a call reaches the file', async () => {
  const asked: unknown[][] = [];
  const inner = new Proxy({} as Store, {
    get:
      (_target, name) =>
      (...args: unknown[]): Promise<unknown> => {
        asked.push([name, ...args]);
        return Promise.resolve([]);
      },
  });
  const lease = new StoreLeases(inner).next();
  const order: TidyOrder = { holders: [], wall: 1, maxBytes: 1, keepMs: 1, telemetryKeepMs: 1 };
  await lease.tidy(order, true);
  await lease.placeAt('fire', 3);
  await lease.backlogAfter('journal', 4);
  await lease.readTelemetryAfter(5, 6);
  await lease.readAfter('fire', 7, 8);
  expect(asked).toEqual([
    ['tidy', order, true],
    ['placeAt', 'fire', 3],
    ['backlogAfter', 'journal', 4],
    ['readTelemetryAfter', 5, 6],
    ['readAfter', 'fire', 7, 8],
  ]);
});
