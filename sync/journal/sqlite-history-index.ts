/** Builds the index of history-index.ts in the journal file, a span at a time, behind everything else that the writer does. */
import {
  alarmKeysFrom,
  createHistoryIndex,
  type IndexedEntry,
  type IndexLevel,
  keysOfEntry,
  packLevel,
  packSpanRows,
  partRows,
  partsOfSpan,
  spanRows,
} from './history-index.js';
import { type Db, numberOf, prepare, type Statement } from './sqlite-open.js';

/** Rows of an index whose entries are gone that go in one piece of work. */
const forgottenMax = 2_000;

const texts = {
  lastPositions: `SELECT name, seq FROM sqlite_sequence WHERE name IN ('entries', 'telemetry')`,
  newestSpan: 'SELECT span FROM history_spans WHERE level = ? ORDER BY span DESC LIMIT 1',
  oldestSpan: 'SELECT span FROM history_spans WHERE level = ? ORDER BY span LIMIT 1',
  nextEntry: 'SELECT position FROM entries WHERE position >= ? ORDER BY position LIMIT 1',
  nextPack: 'SELECT position FROM telemetry WHERE position >= ? ORDER BY position LIMIT 1',
  entries: `SELECT position, wall, class, kind, zone, subject, alarm FROM entries
    WHERE position >= ? AND position < ? ORDER BY position`,
  packWalls: 'SELECT min(wall) AS least, max(wall) AS largest FROM telemetry WHERE position >= ? AND position < ?',
  spanWalls: `SELECT min(least_wall) AS least, max(largest_wall) AS largest FROM history_spans
    WHERE level = 1 AND span >= ? AND span < ?`,
  nextSpan: 'SELECT span FROM history_spans WHERE level = 1 AND span >= ? ORDER BY span LIMIT 1',
  keys: `SELECT key, span FROM history_keys WHERE level = 1 AND span = ? AND key < ${alarmKeysFrom}`,
  saveSpan: 'INSERT OR REPLACE INTO history_spans (level, span, least_wall, largest_wall) VALUES (?, ?, ?, ?)',
  saveKey: 'INSERT OR REPLACE INTO history_keys (level, span, key, parts) VALUES (?, ?, ?, ?)',
  forgetKeys: `DELETE FROM history_keys WHERE (level, span, key) IN
    (SELECT level, span, key FROM history_keys WHERE level = ? AND span <= ? LIMIT ${forgottenMax})`,
  forgetSpans: 'DELETE FROM history_spans WHERE level = ? AND span <= ?',
} as const;

type Sql = { readonly [Name in keyof typeof texts]: Statement };

interface Walls {
  readonly least: number | null;
  readonly largest: number | null;
}

export class HistoryIndexer {
  #sql: Sql | null = null;

  constructor(private readonly db: Db) {}

  /** One piece of work (a span: about 10 ms on x86-64); whether there is more. Throws what SQLite throws. */
  step(): boolean {
    const sql = this.#prepared();
    return this.db.transaction(
      () => this.#entriesStep(sql, 2) || this.#entriesStep(sql, 1) || this.#packsStep(sql) || this.#forgetStep(sql),
    )();
  }

  /** Rows come in at old positions: it is built anew when they are there. */
  drop(): void {
    this.#sql = null;
    this.db.exec('DROP TABLE IF EXISTS history_keys; DROP TABLE IF EXISTS history_spans;');
  }

  #prepared(): Sql {
    if (this.#sql !== null) return this.#sql;
    this.db.exec(createHistoryIndex);
    const prepared = Object.entries(texts).map(([name, text]) => [name, prepare(this.db, text)] as const);
    const sql = Object.fromEntries(prepared) as unknown as Sql;
    for (const name of ['newestSpan', 'oldestSpan', 'nextEntry', 'nextPack', 'nextSpan'] as const) sql[name].pluck();
    this.#sql = sql;
    return sql;
  }

  /** The next complete span of a level. Of what is complete nothing ever changes, but that rows go. */
  #entriesStep(sql: Sql, level: IndexLevel): boolean {
    const from = indexedTo(sql, level, spanRows[level]);
    // What lies below is complete: of level 1 as far as positions were given out, of level 2 as far as level 1 has come.
    const complete = level === 1 ? lastPosition(sql, 'entries') + 1 : indexedTo(sql, 1, spanRows[1]);
    const next = level === 1 ? sql.nextEntry.get(from) : sql.nextSpan.get(Math.floor(from / spanRows[1]));
    if (next === undefined) return false;
    const span = Math.floor((Number(next) * (level === 1 ? 1 : spanRows[1])) / spanRows[level]);
    if ((span + 1) * spanRows[level] > complete) return false;
    if (level === 1) indexEntries(sql, span);
    else indexSpans(sql, span);
    return true;
  }

  #packsStep(sql: Sql): boolean {
    const next = sql.nextPack.get(indexedTo(sql, packLevel, packSpanRows));
    if (next === undefined) return false;
    const span = Math.floor(Number(next) / packSpanRows);
    const [from, to] = [span * packSpanRows, (span + 1) * packSpanRows];
    if (to > lastPosition(sql, 'telemetry') + 1) return false;
    const { least, largest } = sql.packWalls.get(from, to) as Walls;
    sql.saveSpan.run(packLevel, span, least, largest);
    return true;
  }

  /** Below the oldest row there is nothing to be found any more. */
  #forgetStep(sql: Sql): boolean {
    const oldestEntry = Number(sql.nextEntry.get(0) ?? 0);
    const oldestPack = Number(sql.nextPack.get(0) ?? 0);
    for (const [level, rows, oldest] of [
      ...([1, 2] as const).map((each) => [each, spanRows[each], oldestEntry] as const),
      [packLevel, packSpanRows, oldestPack] as const,
    ]) {
      const below = Math.floor(oldest / rows) - 1;
      if (numberOf(sql.oldestSpan, level) > below || sql.oldestSpan.get(level) === undefined) continue;
      if (sql.forgetKeys.run(level, below).changes > 0) return true;
      if (sql.forgetSpans.run(level, below).changes > 0) return true;
    }
    return false;
  }
}

/** The first position that the level does not speak of. */
function indexedTo(sql: { readonly newestSpan: Statement }, level: number, rows: number): number {
  const newest = sql.newestSpan.get(level);
  return newest === undefined ? 0 : (Number(newest) + 1) * rows;
}

function lastPosition(sql: { readonly lastPositions: Statement }, table: string): number {
  const rows = sql.lastPositions.all() as { readonly name: string; readonly seq: number }[];
  return rows.find(({ name }) => name === table)?.seq ?? 0;
}

function indexEntries(sql: Sql, span: number): void {
  const from = span * spanRows[1];
  const parts = new Map<number, number>();
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of sql.entries.all(from, from + spanRows[1]) as IndexedEntry[]) {
    const bit = bitAt(Math.floor((row.position - from) / partRows[1]));
    for (const key of keysOfEntry(row)) parts.set(key, ((parts.get(key) ?? 0) | bit) >>> 0);
    least = Math.min(least, row.wall);
    largest = Math.max(largest, row.wall);
  }
  save(sql, 1, span, { least, largest }, parts);
}

function indexSpans(sql: Sql, span: number): void {
  const first = span * partsOfSpan;
  const parts = new Map<number, number>();
  for (let part = 0; part < partsOfSpan; part++) {
    for (const { key } of sql.keys.all(first + part) as { readonly key: number }[])
      parts.set(key, ((parts.get(key) ?? 0) | bitAt(part)) >>> 0);
  }
  save(sql, 2, span, sql.spanWalls.get(first, first + partsOfSpan) as Walls, parts);
}

function save(sql: Sql, level: IndexLevel, span: number, walls: Walls, parts: ReadonlyMap<number, number>): void {
  sql.saveSpan.run(level, span, walls.least, walls.largest);
  for (const [key, bits] of [...parts].sort(([a], [b]) => a - b)) sql.saveKey.run(level, span, key, bits);
}

function bitAt(part: number): number {
  return (1 << part) >>> 0;
}
