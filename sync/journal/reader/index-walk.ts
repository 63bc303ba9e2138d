/** Which stretches of the journal can hold what is looked for, newest first: by the index where there is one, else all of it. */
import {
  alarmKeysFrom,
  type Dimension,
  everywhere,
  type IndexLevel,
  keyOf,
  partRows,
  partsOfSpan,
  spanRows,
} from '../history-index.js';
import type { Db, Statement } from '../sqlite-open.js';
import { prepare } from '../sqlite-open.js';
import type { EntryFilter } from './reading.js';

/** Positions, both included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** With more keys than this it is quicker to read all of a span's. */
const seeksMax = 48;
/** Of what is in no index, so many positions are handed out at a time. */
const openRows = spanRows[1];

/** An entry must have one of the keys of each list. */
type Wanted = readonly (readonly number[])[];

export function wantedKeys({ classes, kinds, zones, devices, alarm, named }: EntryFilter): Wanted {
  const of = (dimension: Dimension, values: readonly string[]): readonly number[] => [
    ...new Set(values.map((value) => keyOf(dimension, value))),
  ];
  const devicesOf = (ids: readonly string[]): readonly number[] => of('part', ids.map(tellingPart));
  const lists = [of('class', classes), of('zone', zones), devicesOf(devices), of('kind', kinds)];
  if (alarm !== null) lists.unshift(of('alarm', [alarm]));
  if (named !== null) lists.push([...of('zone', named.zones), ...devicesOf(named.devices)]);
  return lists.filter((list) => list.length > 0).sort((a, b) => a.length - b.length);
}

/** Of a device itself, of a point its device, of a subject the last piece before its `/`: the rest many have. */
function tellingPart(id: string): string {
  return id.split('/')[0]?.split(':').at(-1) ?? id;
}

interface SpanRow {
  readonly span: number;
  readonly least: number;
  readonly largest: number;
  readonly bits: number;
}

export class IndexWalk {
  readonly #parts: Statement;
  readonly #partsOfRange: Statement;
  readonly #spans: Statement;
  readonly #newest: Statement;

  /** Throws where the file has no index yet. */
  constructor(db: Db) {
    this.#parts = prepare(db, 'SELECT parts FROM history_keys WHERE level = ? AND span = ? AND key = ?').pluck();
    this.#partsOfRange = prepare(
      db,
      'SELECT key, parts FROM history_keys WHERE level = ? AND span = ? AND key >= ? AND key <= ?',
    );
    // Two lists of one value each are most of what is asked: SQLite joins them itself, five times as quickly as we could.
    this.#spans = prepare(
      db,
      `SELECT s.span, s.least_wall AS least, s.largest_wall AS largest,
          coalesce(a.parts, @freeA) & coalesce(b.parts, @freeB) AS bits
        FROM history_spans s
        LEFT JOIN history_keys a ON a.level = s.level AND a.span = s.span AND a.key = @keyA
        LEFT JOIN history_keys b ON b.level = s.level AND b.span = s.span AND b.key = @keyB
        WHERE s.level = @level AND s.span BETWEEN @from AND @to AND bits <> 0 ORDER BY s.span DESC`,
    );
    this.#newest = prepare(db, 'SELECT span FROM history_spans WHERE level = ? ORDER BY span DESC LIMIT 1').pluck();
  }

  /** The first position of which the index of that level does not speak. */
  indexedTo(level: IndexLevel): number {
    const newest = this.#newest.get(level);
    return newest === undefined ? 0 : (Number(newest) + 1) * spanRows[level];
  }

  /** @param from lowest position that counts. @param to highest. */
  *stretches(filter: EntryFilter, from: number, to: number): Generator<Stretch> {
    const wanted = wantedKeys(filter);
    const [ends1, ends2] = [this.indexedTo(1), this.indexedTo(2)];
    yield* openStretches(Math.max(from, ends1), to);
    const within: Stretch = { from, to: Math.min(to, ends1 - 1) };
    yield* this.#spansOf(1, { from: Math.max(from, ends2), to: within.to }, filter, wanted);
    const higher = wanted.filter((keys) => keys.every((key) => key < alarmKeysFrom));
    for (const stretch of this.#spansOf(2, { from, to: Math.min(to, ends2 - 1) }, filter, higher))
      yield* this.#spansOf(1, stretch, filter, wanted);
  }

  /** Parts of that level that can hold something, neighbours as one. */
  *#spansOf(level: IndexLevel, { from, to }: Stretch, filter: EntryFilter, wanted: Wanted): Generator<Stretch> {
    if (from > to) return;
    const rows = spanRows[level];
    const [keyA = null, keyB = null] = wanted.filter((keys) => keys.length === 1).map(([key]) => key ?? null);
    const rest = wanted.filter(([key]) => key !== keyA && key !== keyB);
    const spans = this.#spans.all({
      ...{ level, keyA, keyB, freeA: keyA === null ? everywhere : 0, freeB: keyB === null ? everywhere : 0 },
      ...{ from: Math.floor(from / rows), to: Math.floor(to / rows) },
    }) as SpanRow[];
    for (const { span, least, largest, bits } of spans) {
      if (largest < (filter.fromWall ?? largest) || least > (filter.toWall ?? least)) continue;
      for (const part of stretchesOfBits(this.#bitsOf(level, span, rest, bits))) {
        const first = span * rows + part.from * partRows[level];
        const last = span * rows + (part.to + 1) * partRows[level] - 1;
        const stretch = { from: Math.max(from, first), to: Math.min(to, last) };
        if (stretch.from <= stretch.to) yield stretch;
      }
    }
  }

  #bitsOf(level: IndexLevel, span: number, wanted: Wanted, known: number): number {
    let bits = known;
    for (const keys of wanted) {
      bits = (bits & this.#bitsOfAny(level, span, keys)) >>> 0;
      if (bits === 0) break;
    }
    return bits;
  }

  #bitsOfAny(level: IndexLevel, span: number, keys: readonly number[]): number {
    let bits = 0;
    if (keys.length <= seeksMax) {
      for (const key of keys) bits |= Number(this.#parts.get(level, span, key) ?? 0);
      return bits >>> 0;
    }
    const sought = new Set(keys);
    const [least, largest] = [Math.min(...keys), Math.max(...keys)];
    const rows = this.#partsOfRange.all(level, span, least, largest) as {
      readonly key: number;
      readonly parts: number;
    }[];
    for (const { key, parts } of rows) if (sought.has(key)) bits |= parts;
    return bits >>> 0;
  }
}

/** What is in no index, in handy pieces. */
export function* openStretches(from: number, to: number): Generator<Stretch> {
  for (let last = to; last >= from; last -= openRows) yield { from: Math.max(from, last - openRows + 1), to: last };
}

/** Runs of set bits, the highest first. */
function* stretchesOfBits(bits: number): Generator<Stretch> {
  for (let to = partsOfSpan - 1; to >= 0; to--) {
    if (!isSet(bits, to)) continue;
    let from = to;
    while (from > 0 && isSet(bits, from - 1)) from -= 1;
    yield { from, to };
    to = from;
  }
}

function isSet(bits: number, at: number): boolean {
  return ((bits >>> at) & 1) === 1;
}
