/**
 * A journal of ten years, put into a file of ours by SQL: 500 devices in 12 zones, mostly faults that come and go; fires, drills, one
 * zone and one device are rare. The same rows for the same count.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { brandId, type EpochId } from '../../config/ids.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import type { TidyOrder } from '../../sync/journal/store.js';

export const newestWall = 1_795_000_000_000;
/** Between two rows: ten million are ten years. */
export const rowMs = 31_500;
/** So often in all of it: these are the ones that are hard to find. */
export const rare = { device: 'smoke-rare', zone: 'mill', kind: 'drill.begun', every: 100_000 } as const;

const keepAll: TidyOrder = {
  ...{ holders: [], wall: null, maxBytes: 1e12, keepMs: 1e13, telemetryKeepMs: 1e13 },
};

/** In one transaction. */
const batchRows = 250_000;
const epoch = brandId<EpochId>('benchold');

/** `n` counts from 1; four entries belong to an alarm. */
const insert = `WITH RECURSIVE counted(n) AS (SELECT CAST(@from AS INTEGER) UNION ALL SELECT n + 1 FROM counted WHERE n < @to),
  rows AS (SELECT n, n / 4 AS alarm, (n / 4) * 2654435761 % 4294967296 / 7919 AS dice, n % 4 AS act FROM counted)
  INSERT INTO entries (epoch, sequence, id, lane, kind, class, subject, alarm, zone, mono, wall, clock, boot, origin, words, detail)
  SELECT '${epoch}', n, 'benchold-p7q1z8wd-' || n, iif(dice % 1000 = 0, 'fire', 'journal'),
    iif(n % ${rare.every} = 777, '${rare.kind}',
      CASE act WHEN 0 THEN 'alarm.raised' WHEN 1 THEN 'alarm.acknowledged' WHEN 2 THEN 'alarm.returned' ELSE 'alarm.counted' END),
    CASE WHEN dice % 1000 = 0 THEN 'fire' WHEN dice % 1000 < 80 THEN 'warning' WHEN dice % 1000 < 200 THEN 'supervisory'
      WHEN dice % 1000 < 400 THEN 'technical' ELSE 'fault' END,
    CASE WHEN n % ${rare.every} = 4321 THEN 'point:${rare.device}/smoke' WHEN dice % 3 = 0 THEN 'point:smoke-' || (dice % 499) || '/smoke'
      ELSE 'fault:unit:smoke-' || (dice % 499) END,
    'benchold-p7q1z8wd-' || (alarm * 4), iif(n % ${rare.every} = 5, '${rare.zone}', 'zone-' || (dice % 499 % 11)),
    n * ${rowMs}.5, ${newestWall} - (CAST(@count AS INTEGER) - n) * ${rowMs}, 'trusted', 'p7q1z8wd', iif(act = 1, 'panel:zhang', NULL),
    '{"zh":"故障：祠堂 ' || (dice % 499) || ' 号烟感无应答，请检查线路","en":"fault: smoke detector ' || (dice % 499) || ' in the hall is silent"}',
    '{"reason":"silent","line":"east","address":' || (dice % 247) || ',"tries":3,"error_zh":"没有应答","error_en":"does not answer"}'
  FROM rows`;

export interface MadeHistory {
  readonly fillMs: number;
  readonly indexMs: number;
  readonly indexSteps: number;
  readonly longestStepMs: number;
  /** Of the file before and after the index was built. */
  readonly bytes: number;
  readonly indexedBytes: number;
}

/** Into an open journal file, in one transaction each. */
export function fillHistory(db: Database.Database, rows: number, say: (line: string) => void = () => undefined): void {
  const fill = db.prepare(insert);
  for (let from = 1; from <= rows; from += batchRows) {
    fill.run({ from, to: Math.min(rows, from + batchRows - 1), count: rows });
    say(`${Math.min(rows, from + batchRows - 1)} of ${rows} rows`);
  }
  db.prepare('UPDATE epochs SET last_sequence = ?').run(rows);
}

export function makeHistory(path: string, rows: number, say: (line: string) => void): MadeHistory {
  const file = new SqliteFile(path);
  file.open(epoch);
  file.close();
  const db = new Database(path);
  for (const pragma of ['synchronous=OFF', 'cache_size=-400000']) db.exec(`PRAGMA ${pragma}`);
  const began = performance.now();
  fillHistory(db, rows, say);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const fillMs = performance.now() - began;
  db.close();
  // What the filling left in the cache of the system is written now: the index is not to wait for it.
  const written = openSync(path, 'r+');
  fsyncSync(written);
  closeSync(written);
  return { fillMs, ...buildIndex(path) };
}

function buildIndex(path: string): Omit<MadeHistory, 'fillMs'> {
  const file = new SqliteFile(path);
  file.open(epoch);
  const { bytes } = file.tidy(keepAll, true);
  const began = performance.now();
  let [indexSteps, longestStepMs, indexedBytes, hasMore] = [0, 0, bytes, true];
  while (hasMore) {
    const stepMs = performance.now();
    ({ hasMore, bytes: indexedBytes } = file.tidy(keepAll));
    longestStepMs = Math.max(longestStepMs, performance.now() - stepMs);
    indexSteps += 1;
  }
  file.close();
  return { bytes, indexedBytes, indexSteps, longestStepMs, indexMs: performance.now() - began };
}
