/** Entries of the journal by pages, newest first: never more than a bounded piece of work, which says how far it has come. */
import type { StoredEntry } from '../entry.js';
import { type Db, numberOf, prepare, type Statement } from '../sqlite-open.js';
import { entryFromColumns } from '../sqlite-rows.js';
import { asInJson, hasText } from './entry-text.js';
import { IndexWalk, openStretches, type Stretch } from './index-walk.js';
import { type EntriesAsked, type EntriesFound, type EntryFilter, limitMax } from './reading.js';
import { type IsWanted, wantedSubject } from './wanted-subject.js';

/** Positions that one statement looks at: few at first, as what is wanted is often near. */
const rowsFirst = 256;
const rowsMost = 1_024;
/** Stretches of one statement. */
const stretchesMax = 256;

const texts = {
  last: 'SELECT max(position) FROM entries',
  first: 'SELECT min(position) FROM entries',
  placeOfId: 'SELECT position FROM entries WHERE id = ?',
  byId: 'SELECT * FROM entries WHERE id = ?',
  at: 'SELECT * FROM entries WHERE position = ?',
  find: `SELECT e.position FROM json_each(@stretches) s CROSS JOIN entries e
    WHERE e.position BETWEEN s.value ->> 0 AND s.value ->> 1 AND e.position < @below
      AND (@fromWall IS NULL OR e.wall >= @fromWall) AND (@toWall IS NULL OR e.wall <= @toWall)
      AND (@alarm IS NULL OR e.alarm = @alarm)
      AND (@classes IS NULL OR e.class IN (SELECT value FROM json_each(@classes)))
      AND (@zones IS NULL OR e.zone IN (SELECT value FROM json_each(@zones)))
      AND (@kinds IS NULL OR e.kind IN (SELECT value FROM json_each(@kinds)))
      AND (@isAny OR is_wanted(e.subject, e.zone))
      AND (@text IS NULL OR instr(lower(e.words), lower(@inJson)) OR instr(lower(e.subject), lower(@text))
        OR instr(lower(e.origin), lower(@text)) OR instr(lower(e.detail), lower(@inJson)))
    ORDER BY e.position DESC LIMIT @most`,
} as const;

export class EntryFinder {
  readonly #sql: { readonly [Name in keyof typeof texts]: Statement };
  #walk: IndexWalk | null = null;
  #isWanted: IsWanted = () => true;

  constructor(private readonly db: Db) {
    db.function('is_wanted', { deterministic: true }, (subject, zone) =>
      this.#isWanted(String(subject), zone === null ? null : String(zone)) ? 1 : 0,
    );
    const prepared = Object.entries(texts).map(([name, text]) => [name, prepare(db, text)] as const);
    this.#sql = Object.fromEntries(prepared) as { [Name in keyof typeof texts]: Statement };
    for (const name of ['last', 'first', 'placeOfId', 'find'] as const) this.#sql[name].pluck();
  }

  entry(id: string): StoredEntry | null {
    const row = this.#sql.byId.get(id);
    return row === undefined ? null : entryFromColumns(row);
  }

  /** `mono`: says how late it is, ms. One read transaction, no longer than the budget and one statement. */
  find(asked: EntriesAsked, mono: () => number): EntriesFound {
    return this.db.transaction(() => this.#find(asked, mono))();
  }

  #find({ filter, before, limit, budgetMs }: EntriesAsked, mono: () => number): EntriesFound {
    const endMono = mono() + budgetMs;
    const last = Math.min(numberOf(this.#sql.last), (before ?? Number.MAX_SAFE_INTEGER) - 1);
    const first = numberOf(this.#sql.first);
    const walk = this.#indexWalk();
    const unindexed = Math.max(0, numberOf(this.#sql.last) + 1 - Math.max(first, walk?.indexedTo(1) ?? 0));
    const most = Math.min(limit, limitMax);
    const entries: StoredEntry[] = [];
    const found = (next: number | null): EntriesFound => ({ entries, next, unindexed });
    if (filter.named?.zones.length === 0 && filter.named.devices.length === 0) return found(null);
    this.#isWanted = wantedSubject(filter);
    const from = Math.max(first, this.#beginOf(filter));
    for (const batch of batches(walk?.stretches(filter, from, last) ?? openStretches(from, last))) {
      let below = last + 1;
      for (let isWhole = false; !isWhole; ) {
        // One more than wanted: then it is known whether anything follows.
        const room = most + 1 - entries.length;
        const positions = this.#positionsOf(filter, batch, below, room);
        for (const position of positions) {
          const entry = entryFromColumns(this.#sql.at.get(position));
          if (filter.text !== null && !hasText(entry, filter.text)) continue;
          if (entries.length === most) return found(entries.at(-1)?.position ?? null);
          entries.push(entry);
        }
        isWhole = positions.length < room;
        below = (isWhole ? batch.at(-1)?.from : positions.at(-1)) ?? first;
        if (below > from && mono() >= endMono) return found(below);
      }
    }
    return found(null);
  }

  /** Null: the file has none yet, or none any more. */
  #indexWalk(): IndexWalk | null {
    try {
      this.#walk ??= new IndexWalk(this.db);
      this.#walk.indexedTo(1);
    } catch {
      this.#walk = null;
    }
    return this.#walk;
  }

  /** Nothing that belongs to an alarm is older than its raising. */
  #beginOf({ alarm }: EntryFilter): number {
    return alarm === null ? 0 : numberOf(this.#sql.placeOfId, alarm);
  }

  #positionsOf(filter: EntryFilter, stretches: readonly Stretch[], below: number, most: number): readonly number[] {
    const { fromWall, toWall, alarm, classes, zones, kinds, devices, named, text } = filter;
    const list = (values: readonly string[]): string | null => (values.length === 0 ? null : JSON.stringify(values));
    return this.#sql.find.all({
      ...{ fromWall, toWall, alarm, text, below, most },
      stretches: JSON.stringify(stretches.map(({ from, to }) => [from, to])),
      ...{ classes: list(classes), zones: list(zones), kinds: list(kinds) },
      isAny: devices.length === 0 && named === null ? 1 : 0,
      inJson: text === null ? null : asInJson(text),
    }) as number[];
  }
}

/** Stretches in lots of some thousand rows; the first ones are smaller. */
function* batches(stretches: Iterable<Stretch>): Generator<readonly Stretch[]> {
  let [batch, rows, most]: [Stretch[], number, number] = [[], 0, rowsFirst];
  for (const stretch of stretches) {
    for (const piece of piecesOf(stretch)) {
      batch.push(piece);
      rows += piece.to - piece.from + 1;
      if (rows < most && batch.length < stretchesMax) continue;
      yield batch;
      [batch, rows, most] = [[], 0, Math.min(rowsMost, 2 * most)];
    }
  }
  if (batch.length > 0) yield batch;
}

function* piecesOf({ from, to }: Stretch): Generator<Stretch> {
  for (let last = to; last >= from; last -= rowsFirst) yield { from: Math.max(from, last - rowsFirst + 1), to: last };
}
