/** What entries cost by themselves, with our index, and with indexes of SQLite in its place: each committed alone, as in a quiet village. */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { brandId, type EntryId, type EpochId, type ZoneId } from '../../config/ids.js';
import { readDiskWrites } from '../../drivers/box/disk-writes.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { entry } from '../sync/rig.js';
import { makeHistory } from './history-rows.js';
import { type Result, round } from './result.js';

const before = 300_000;
const epoch = brandId<EpochId>('benchold');
const order = { holders: [], wall: null, maxBytes: 1e12, keepMs: 1e13, telemetryKeepMs: 1e13 };

const ways: readonly (readonly [name: string, indexes: readonly string[], isOurs: boolean])[] = [
  ['no index of history', [], false],
  ['ours', [], true],
  ['SQLite: wall', ['wall'], false],
  [
    'SQLite: wall, subject, zone, class, kind, alarm',
    ['wall', 'subject, position', 'zone, position', 'class, position', 'kind, position', 'alarm'],
    false,
  ],
];

export async function historyCost(
  folder: string,
  quick: boolean,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  const entries = quick ? 1_000 : 8_000;
  const template = path.join(folder, 'template.db');
  makeHistory(template, before, () => undefined);
  const results: Result[] = [];
  for (const [name, indexes, isOurs] of ways) {
    say(`cost: ${name}`);
    const file = path.join(folder, `cost-${results.length}.db`);
    copyFileSync(template, file);
    const db = new Database(file);
    indexes.forEach((columns, at) => void db.exec(`CREATE INDEX history_${at} ON entries(${columns})`));
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const took = await append(file, entries, isOurs);
    results.push({
      ...{
        part: 'history',
        what: `written for an entry, ${name}`,
        value: took.bytes / entries,
        limit: null,
        unit: ' B',
      },
      detail: { 'ms/entry': round(took.ms / entries), 'of it the index, ms': round(took.indexMs / entries) },
    });
  }
  return results;
}

async function append(
  path: string,
  entries: number,
  isOurs: boolean,
): Promise<{ readonly bytes: number; readonly ms: number; readonly indexMs: number }> {
  const file = new SqliteFile(path);
  file.open(epoch);
  const bytesBefore = (await readDiskWrites(path)).processBytes ?? 0;
  const beganMs = performance.now();
  let indexMs = 0;
  for (let n = 1; n <= entries; n++) {
    const subject = `fault:unit:smoke-${(n * 7_919) % 499}`;
    const more = {
      subject,
      lane: 'journal',
      zone: brandId<ZoneId>(`zone-${n % 11}`),
      alarm: brandId<EntryId>(`a-${n >> 2}`),
    } as const;
    file.append({
      entries: [entry('benchold', before + n, { ...more, class: 'fault', wall: 1_795_000_000_000 + n })],
      facets: [],
    });
    if (!isOurs || n % 400 !== 0) continue;
    const stepMs = performance.now();
    while (file.tidy(order).hasMore);
    indexMs += performance.now() - stepMs;
  }
  file.close();
  const bytesAfter = (await readDiskWrites(path)).processBytes ?? 0;
  return { bytes: bytesAfter - bytesBefore, ms: performance.now() - beganMs, indexMs };
}
