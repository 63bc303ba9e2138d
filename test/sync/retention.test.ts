/** What goes when the journal is too old or too full, and what never does. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { brandId, type UplinkId } from '../../config/ids.js';
import { type Entry, laneOf } from '../../sync/journal/entry.js';
import { addDropped, freedLanes, noneDropped } from '../../sync/journal/retention.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { openDb, readPragma } from '../../sync/journal/sqlite-open.js';
import type { PositionRow, RowHolder, TidyOrder } from '../../sync/journal/store.js';
import { unusedUplinks } from '../../sync/journal/unused-uplinks.js';
import { entry, epochId, positionRow, tempDir } from './rig.js';

const day = 86_400_000;
const now = 1_795_000_000_000;
const maxBytes = 4_000_000;
const district: RowHolder = { uplink: brandId('district'), lanes: ['fire', 'journal', 'telemetry'], frees: 'carried' };
const order: TidyOrder = { holders: [district], wall: now, maxBytes, keepMs: 30 * day, telemetryKeepMs: 10 * day };
const words = { zh: '长'.repeat(200), en: 'l'.repeat(400) };

function rig(path = ':memory:') {
  const file = new SqliteFile(path);
  onTestFinished(() => file.close());
  file.open(epochId('e1'));
  let count = 0;
  const add = (rows: number, over: Partial<Entry>): void => {
    const entries = Array.from({ length: rows }, () => {
      count += 1;
      const made = entry('e1', count, { wall: now, words, ...over });
      return { ...made, lane: over.lane ?? laneOf(made) };
    });
    file.append({ entries, facets: [] });
  };
  const packs = (rows: number, wall = now, bytes = 1_000): void => {
    const pack = { epoch: epochId('e1'), boot: brandId<never>('b'), mono: 1, clock: 'trusted' as const, samples: 1 };
    const telemetry = Array.from({ length: rows }, () => ({ ...pack, wall, body: new Uint8Array(bytes) }));
    file.append({ entries: [], facets: [], telemetry });
  };
  const positions = (fire: number, journal: number, telemetry: number, over: Partial<PositionRow> = {}): void => {
    const lanes = { fire, journal, telemetry };
    file.savePositions(
      (['fire', 'journal', 'telemetry'] as const).map((lane) => ({ ...positionRow(lanes[lane]), lane, ...over })),
    );
  };
  /** A whole round: what went untold, and how many pieces of work it took. */
  const tidy = (over: Partial<TidyOrder> = {}) => {
    let dropped = noneDropped;
    for (let calls = 1; ; calls++) {
      const { hasMore, droppedUntold, bytes } = file.tidy({ ...order, ...over }, calls === 1);
      dropped = addDropped(dropped, droppedUntold);
      if (!hasMore) return { dropped, calls, bytes };
      expect(calls).toBeLessThan(1_000);
    }
  };
  const left = () => {
    const rows = (['fire', 'journal', 'local'] as const).flatMap((lane) => all(file, lane));
    const counts: Record<string, number> = {};
    for (const { class: name } of rows) counts[name ?? 'none'] = (counts[name ?? 'none'] ?? 0) + 1;
    return counts;
  };
  return { file, add, packs, positions, tidy, left };
}

function all(file: SqliteFile, lane: Entry['lane']): readonly Entry[] {
  const rows: Entry[] = [];
  for (let after = 0; ; ) {
    const page = file.readAfter(lane, after, 1000);
    const last = page.at(-1);
    if (last === undefined) return rows;
    rows.push(...page);
    after = last.position;
  }
}

describe('below nine tenths', () => {
  test('rows go for their age, once every holder has them, and only by a clock that is trusted', () => {
    const { file, add, packs, positions, tidy, left } = rig();
    add(3, { class: 'fault', wall: now - 31 * day });
    add(3, { class: 'fire', wall: now - 31 * day });
    add(2, { class: 'fire', lane: 'local', kind: 'drill.noted', wall: now - 31 * day });
    add(3, { class: 'fault', wall: now - 29 * day });
    packs(4, now - 11 * day);
    packs(2, now - 9 * day);
    tidy({ wall: null });
    expect(left()).toEqual({ fault: 6, fire: 5 });
    tidy(); // the district has nothing: only what nobody is told goes
    expect(left()).toEqual({ fault: 6, fire: 3 });
    positions(5, 2, 3);
    expect(tidy().dropped).toEqual(noneDropped);
    expect(left()).toEqual({ fault: 4, fire: 1 });
    expect(file.readTelemetryAfter(0, 10).map(({ position }) => position)).toEqual([4, 5, 6]);
    tidy({ holders: [] }); // no uplink in the site file: nobody holds anything
    expect(left()).toEqual({ fault: 3 });
    expect(file.readTelemetryAfter(0, 10)).toHaveLength(2);
    // A number that was used once is never given out again.
    expect(file.open(epochId('e1')).lastPosition).toBeGreaterThanOrEqual(11);
  });

  test('commands are forgotten two days after they have expired', () => {
    const { file, tidy } = rig(join(tempDir(), 'journal.db'));
    const command = { keyId: 'k', state: 'done', answer: '{}' } as const;
    const commands = [49, 47].map((h) => ({ ...command, id: `h${h}`, expiresWall: now - h * 3_600_000 }));
    file.append({ entries: [], facets: [], commands });
    const ids = (): unknown => file.open(epochId('e1')).commands.map(({ id }) => id);
    tidy({ wall: null });
    expect(ids()).toEqual(['h47', 'h49']);
    tidy();
    expect(ids()).toEqual(['h47']);
  });
});

test.each<readonly [RowHolder['frees'], number, number | null, number, number]>([
  ['carried', 9, null, 9, Number.MAX_SAFE_INTEGER],
  ['kept', 7, null, 7, Number.MAX_SAFE_INTEGER],
  ['kept-and-old', 7, now, 7, now - 30 * day],
  ['kept-and-old', 7, null, 7, 0],
])('a holder that frees what is %s lets go up to %i (clock %s)', (frees, _upTo, wall, upTo, beforeWall) => {
  const row = { ...positionRow(9), kept: 7 };
  const freed = freedLanes({ ...order, wall, holders: [{ ...district, frees }] }, [row]);
  expect(freed.fire).toEqual({ upTo, beforeWall });
  expect([freed.journal.upTo, freed.local.upTo]).toEqual([0, Number.MAX_SAFE_INTEGER]);
});

describe('above nine tenths', () => {
  test('packs go first, told or not; then what every holder has; then untold rows from technical to warning', () => {
    const { add, packs, positions, tidy, left, file } = rig();
    add(300, { class: 'fault' });
    positions(300, 300, 0);
    for (const name of ['technical', 'fault', 'supervisory', 'warning', 'fire'] as const) add(300, { class: name });
    add(300, { class: 'warning', kind: 'output.commanded' });
    packs(1_500);
    const first = tidy({ maxBytes: 5_600_000 });
    expect(first.dropped).toEqual({ ...noneDropped, telemetry: 1_500 - file.readTelemetryAfter(0, 1000).length });
    expect(first.dropped.telemetry).toBeGreaterThan(0);
    expect(left()).toMatchObject({ fault: 600, technical: 300, fire: 300 });

    const second = tidy({ maxBytes: 4_200_000 });
    expect(left()['fault']).toBeLessThan(600); // what was told
    expect(second.dropped).toMatchObject({ technical: 0, fault: 0 });

    const third = tidy({ maxBytes: 2_900_000 });
    expect(third.dropped).toMatchObject({ technical: 300, warning: 0, fire: 0 });
    expect(third.dropped.fault).toBeGreaterThan(0);

    const last = tidy({ maxBytes: 500_000 });
    expect(last.dropped).toMatchObject({ fire: 0, warning: 300 });
    expect(left()).toEqual({ fire: 300, warning: 300 }); // fire and operations, all of them
  });

  test('new faults never take the last tenth: old ones give way to them as they come, and fires always find room', () => {
    const path = join(tempDir(), 'journal.db');
    const { add, tidy, left, file } = rig(path);
    tidy();
    for (let n = 0; n < 60; n++) add(100, { class: 'fault' });
    const before = left()['fault'] ?? 0;
    expect(before).toBeLessThan(3_000);
    const looker = openDb(path, { isReadOnly: true });
    const pagesMax = (maxBytes * 0.75) / 4096; // a quarter is left to the log
    expect(Number(readPragma(looker, 'page_count'))).toBeLessThan(pagesMax * 0.96);
    looker.close();
    for (let n = 0; n < 20; n++) add(100, { class: 'fire' });
    expect(left()['fire']).toBe(2_000);
    const { dropped, bytes } = tidy();
    expect(dropped.fault).toBe(6_000 - (left()['fault'] ?? 0));
    expect(bytes).toBeLessThanOrEqual(maxBytes * 1.1); // the log ends with a whole transaction
    expect(file.readAfter('fire', 0, 1)).toHaveLength(1);
  });

  test('a file full of unconfirmed fire is full: told as such, and taken again once the centre has some', () => {
    const { add, tidy, positions, left } = rig();
    tidy({ maxBytes: 1_000_000 });
    expect(() => {
      for (let n = 0; n < 30; n++) add(50, { class: 'fire' });
    }).toThrowError(/STORE-003/);
    const full = left()['fire'] ?? 0;
    positions(200, 0, 0);
    add(50, { class: 'fire' });
    expect(left()['fire']).toBeGreaterThan(full - 200);
  });
});

test('a file that has become too large gives its pages back, and its log stays within 4 MB, also behind a reader', () => {
  const path = join(tempDir(), 'journal.db');
  const { add, positions, tidy, file } = rig(path);
  const reader = openDb(path, { isReadOnly: true });
  onTestFinished(() => void reader.close());
  for (let n = 0; n < 8; n++) add(500, { class: 'fault' });
  reader.exec('BEGIN');
  reader.prepare('SELECT COUNT(*) FROM entries').get();
  for (let n = 0; n < 8; n++) add(500, { class: 'fault' });
  positions(8_000, 8_000, 0); // nobody waits for a reader
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(4 * 1024 * 1024);
  reader.exec('COMMIT');
  const large = tidy({ maxBytes: 100_000_000 }).bytes;
  add(500, { class: 'fault' });
  add(500, { class: 'fault' });
  expect(statSync(`${path}-wal`).size).toBeLessThan(5 * 1024 * 1024);
  expect(tidy({ maxBytes: 2_000_000 }).bytes).toBeLessThan(large / 3);
  expect(file.readAfter('journal', 0, 1000).length).toBeGreaterThan(100);
});

test('an uplink that confirms nothing for 83 days is told, and lets go after 90', () => {
  const uplink = brandId<UplinkId>('district');
  const how = (seenDays: number, ...usedDays: number[]) =>
    unusedUplinks(
      usedDays.map((days) => ({ ...positionRow(1), wall: now - days * day })),
      now,
      new Map([[uplink, now - seenDays * day]]),
    ).get(uplink);
  expect([how(82), how(83), how(89.9), how(90)]).toEqual([null, 'soon', 'soon', 'let-go']);
  expect([how(200, 10), how(200, 95, 84), how(200, 95), how(200, -5)]).toEqual([null, 'soon', 'let-go', 'let-go']);
});
