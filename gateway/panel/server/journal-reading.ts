/** The journal as the server asks for it. Behind it is a worker of its own: a slow search never holds up a live stream. */
import type { HistoryEntry, HistoryPage, HistoryQuery, Trend, TrendQuery } from '../api/history.js';

/** A span of the journal: what is looked for, without pages. */
export type HistorySpan = Omit<HistoryQuery, 'before' | 'limit'>;

/** Each rejects with an Error when the journal can not be read now; what it says is not shown. */
export interface JournalReading {
  page(query: HistoryQuery): Promise<HistoryPage>;
  /** Null: there is none with that id. */
  entry(id: string): Promise<HistoryEntry | null>;
  /** Free text over a span, newest first. `onEntry` is waited for (back-pressure); `signal` ends it, and it resolves then. */
  search(span: HistorySpan, onEntry: (entry: HistoryEntry) => Promise<void>, signal: AbortSignal): Promise<void>;
  /** All of a span by pages, newest first. `onRows` is waited for; `signal` ends it, and it resolves then. */
  exportRows(
    span: HistorySpan,
    onRows: (rows: readonly HistoryEntry[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  trend(query: TrendQuery): Promise<Trend>;
}
