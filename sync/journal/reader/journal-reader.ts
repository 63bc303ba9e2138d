/**
 * History, search, export and trends of the journal. Everything is asked for in pieces of a few milliseconds, the next one when the last
 * one has been taken: so whoever is slow is waited for, whoever leaves ends the search, and in between others have their answers.
 */
import type { Clock } from '../../../drivers/clock.js';
import type { StoredEntry } from '../entry.js';
import type { ReaderCaller } from './reader-thread.js';
import {
  type EntriesAsked,
  type EntriesFound,
  type EntryFilter,
  type LogState,
  ReaderError,
  type TrendAsked,
  type TrendBucket,
  type TrendFound,
} from './reading.js';

/** A page that has not all its rows by then comes short, and says where to go on. */
const pageBudgetMs = 80;
/** Of a search, an export or a trend: so long others wait for it. */
const sliceBudgetMs = 20;
/** Rows of one piece of a search or an export. */
const sliceRows = 200;
/** While the writer's log is too long, so long nothing is read between two pieces: the next commit then cuts it back. */
const restMs = 100;
/** A trend that takes longer is given up. */
const trendMaxMs = 60_000;

export interface TrendSpan extends Omit<TrendAsked, 'before' | 'budgetMs'> {}

/** Of a bucket: where it begins (wall time), the least, the largest and the last of its samples; nulls: there are none. */
export type TrendRow = readonly [wall: number, least: number | null, largest: number | null, last: number | null];

/** A piece of a search or an export. */
export interface EntriesPiece {
  readonly entries: readonly StoredEntry[];
  /** Down to this position it has looked; null: to the end. */
  readonly next: number | null;
}

export class JournalReader {
  constructor(
    private readonly caller: ReaderCaller,
    private readonly clock: Clock,
  ) {}

  page(asked: Omit<EntriesAsked, 'budgetMs'>): Promise<EntriesFound> {
    return this.caller.call('entries', { ...asked, budgetMs: pageBudgetMs });
  }

  entry(id: string): Promise<StoredEntry | null> {
    return this.caller.call('entry', id);
  }

  /** All that is found, newest first; pieces may be empty. Ends when the signal is given, and reads nothing after it. */
  async *pieces(filter: EntryFilter, signal: AbortSignal): AsyncGenerator<EntriesPiece> {
    let before: number | null = null;
    do {
      if (signal.aborted) return;
      const args: EntriesAsked = { filter, before, limit: sliceRows, budgetMs: sliceBudgetMs };
      const { entries, next, isLogLong }: EntriesFound & LogState = await this.caller.call('entries', args);
      if (signal.aborted) return;
      yield { entries, next };
      before = next;
      if (isLogLong && next !== null) await this.#rest();
    } while (before !== null);
  }

  async trend(span: TrendSpan): Promise<readonly TrendRow[]> {
    if (!(span.toWall > span.fromWall) || span.buckets < 1) return [];
    const endMono = this.clock.mono() + trendMaxMs;
    const merged = new Map<number, TrendBucket>();
    for (let before: number | null = null, isDone = false; !isDone; isDone = before === null) {
      if (this.clock.mono() > endMono)
        throw new ReaderError('READER-005', `a trend of more than ${trendMaxMs / 1000} s`);
      const found: TrendFound & LogState = await this.caller.call('trend', {
        ...{ ...span, before, budgetMs: sliceBudgetMs },
      });
      for (const bucket of found.buckets) merged.set(bucket[0], merge(merged.get(bucket[0]), bucket));
      before = found.next;
      if (found.isLogLong && before !== null) await this.#rest();
    }
    const bucketMs = (span.toWall - span.fromWall) / span.buckets;
    return Array.from({ length: span.buckets }, (_, number): TrendRow => {
      const [, least, largest, last] = merged.get(number) ?? [number, null, null, null];
      return [span.fromWall + number * bucketMs, least, largest, last];
    });
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => void this.clock.after(restMs, resolve));
  }
}

function merge(a: TrendBucket | undefined, b: TrendBucket): TrendBucket {
  if (a === undefined) return b;
  const [number, least, largest, last, lastWall] = a;
  const isNewer = b[4] > lastWall;
  return [number, Math.min(least, b[1]), Math.max(largest, b[2]), isNewer ? b[3] : last, isNewer ? b[4] : lastWall];
}
