/** Measurements of one point out of packs: the least, largest and last of each bucket, newest packs first, a bounded piece at a time. */
import { packSpanMs } from '../../telemetry/pack-bounds.js';
import { unpackPoint } from '../../telemetry/pack-point.js';
import { packLevel, packSpanRows } from '../history-index.js';
import { type Db, numberOf, prepare, type Statement } from '../sqlite-open.js';
import type { TrendAsked, TrendBucket, TrendFound } from './reading.js';

/** Packs of one statement: a body has about a kB. */
const packsMax = 32;

const texts = {
  last: 'SELECT max(position) FROM telemetry',
  first: 'SELECT min(position) FROM telemetry',
  packs: `SELECT position, wall, body FROM telemetry WHERE position BETWEEN ? AND ? AND wall >= ? AND wall < ?
    ORDER BY position DESC`,
} as const;

interface PackRow {
  readonly position: number;
  readonly wall: number;
  readonly body: Uint8Array;
}

interface Bucket {
  least: number;
  largest: number;
  last: number;
  lastWall: number;
}

export class TrendReader {
  readonly #sql: { readonly [Name in keyof typeof texts]: Statement };
  #spans: Statement | null = null;

  constructor(private readonly db: Db) {
    const prepared = Object.entries(texts).map(([name, text]) => [name, prepare(db, text)] as const);
    this.#sql = Object.fromEntries(prepared) as { [Name in keyof typeof texts]: Statement };
    for (const name of ['last', 'first'] as const) this.#sql[name].pluck();
  }

  /** `mono`: says how late it is, ms. */
  read(asked: TrendAsked, mono: () => number): TrendFound {
    return this.db.transaction(() => this.#read(asked, mono))();
  }

  #read(asked: TrendAsked, mono: () => number): TrendFound {
    const endMono = mono() + asked.budgetMs;
    const first = numberOf(this.#sql.first);
    const last = Math.min(numberOf(this.#sql.last), (asked.before ?? Number.MAX_SAFE_INTEGER) - 1);
    const buckets = new Map<number, Bucket>();
    const found = (next: number | null): TrendFound => ({ buckets: [...buckets].map(asRow), next });
    // A pack is stamped with its first sample.
    const leastWall = asked.fromWall - packSpanMs;
    for (const { from, to } of this.#stretches(leastWall, asked.toWall, first, last)) {
      const packs = this.#sql.packs.all(from, to, leastWall, asked.toWall) as PackRow[];
      for (const pack of packs) addPack(buckets, pack, asked);
      if (from > first && mono() >= endMono) return found(from);
    }
    return found(null);
  }

  /** Positions of packs that may be of that time, newest first. */
  *#stretches(
    leastWall: number,
    toWall: number,
    first: number,
    last: number,
  ): Generator<{ readonly from: number; readonly to: number }> {
    const spans = this.#spansOf(leastWall, toWall, Math.floor(last / packSpanRows));
    const pieces = function* (from: number, to: number) {
      for (let top = to; top >= from; top -= packsMax) yield { from: Math.max(from, top - packsMax + 1), to: top };
    };
    yield* pieces(Math.max(first, spans.indexedTo), last);
    for (const span of spans.found) {
      yield* pieces(Math.max(first, span * packSpanRows), Math.min(last, (span + 1) * packSpanRows - 1));
    }
  }

  #spansOf(leastWall: number, toWall: number, lastSpan: number): { found: readonly number[]; indexedTo: number } {
    try {
      this.#spans ??= prepare(
        this.db,
        `SELECT span, least_wall < @toWall AND largest_wall >= @leastWall AS isOfTime FROM history_spans
          WHERE level = ${packLevel} ORDER BY span DESC`,
      );
      const rows = this.#spans.all({ leastWall, toWall }) as { readonly span: number; readonly isOfTime: number }[];
      const indexedTo = ((rows[0]?.span ?? -1) + 1) * packSpanRows;
      return {
        found: rows.filter(({ span, isOfTime }) => isOfTime === 1 && span <= lastSpan).map(({ span }) => span),
        indexedTo,
      };
    } catch {
      this.#spans = null;
      return { found: [], indexedTo: 0 };
    }
  }
}

function addPack(buckets: Map<number, Bucket>, { wall, body }: PackRow, asked: TrendAsked): void {
  const { fromWall, toWall } = asked;
  for (const { afterMs, value } of unpackPoint(body, asked.point)) {
    const at = wall + afterMs;
    if (typeof value !== 'number' || at < fromWall || at >= toWall) continue;
    const number = Math.min(asked.buckets - 1, Math.floor(((at - fromWall) / (toWall - fromWall)) * asked.buckets));
    const bucket = buckets.get(number);
    if (bucket === undefined) {
      buckets.set(number, { least: value, largest: value, last: value, lastWall: at });
      continue;
    }
    bucket.least = Math.min(bucket.least, value);
    bucket.largest = Math.max(bucket.largest, value);
    if (at >= bucket.lastWall) [bucket.last, bucket.lastWall] = [value, at];
  }
}

function asRow([number, { least, largest, last, lastWall }]: [number, Bucket]): TrendBucket {
  return [number, least, largest, last, lastWall];
}
