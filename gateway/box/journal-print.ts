/** Entries by pages to whoever takes them: newest first, then, where somebody follows, what comes. Never more than one page in memory. */
import type { Clock } from '../../drivers/clock.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import { JournalReader } from '../../sync/journal/reader/journal-reader.js';
import type { ReaderCaller } from '../../sync/journal/reader/reader-thread.js';
import { type EntryFilter, limitMax, ReaderError } from '../../sync/journal/reader/reading.js';

/** How often whoever follows is told. */
const followEveryMs = 1000;

export interface PrintOptions {
  readonly caller: ReaderCaller;
  readonly clock: Clock;
  readonly filter: EntryFilter;
  /** Entries; null: all. */
  readonly most: number | null;
  readonly isFollowed: boolean;
  /** Waited for. */
  readonly take: (entry: StoredEntry) => Promise<void>;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** How many entries were handed over before it began to follow. Rejects with ReaderError. */
export async function printEntries(options: PrintOptions): Promise<number> {
  const { caller, clock, filter, most, take, signal } = options;
  const reader = new JournalReader(caller, clock);
  if (options.isFollowed) return follow(options, reader);
  let count = 0;
  for await (const { entries } of reader.pieces(filter, signal)) {
    for (const entry of entries) {
      if (signal.aborted || (most !== null && count >= most)) return count;
      await take(entry);
      count += 1;
    }
    if (most !== null && count >= most) break;
  }
  return count;
}

/** The last ones first, in the order in which they were written, as `tail` does. */
async function follow({ clock, filter, most, take, signal }: PrintOptions, reader: JournalReader): Promise<number> {
  const first = await newest(reader, filter, Math.min(most ?? limitMax, limitMax), -1);
  for (const entry of first) await take(entry);
  let seen = first.at(-1)?.position ?? -1;
  while (!signal.aborted) {
    await new Promise<void>((resolve) => {
      const cancel = clock.after(followEveryMs, resolve);
      signal.addEventListener(
        'abort',
        () => {
          cancel();
          resolve();
        },
        { once: true },
      );
    });
    if (signal.aborted) break;
    for (const entry of await comers(reader, filter, seen)) {
      await take(entry);
      seen = entry.position;
    }
  }
  return first.length;
}

/** A journal that is replaced or locked just now is looked at again at the next turn. */
async function comers(reader: JournalReader, filter: EntryFilter, after: number): Promise<readonly StoredEntry[]> {
  try {
    return await newest(reader, filter, limitMax, after);
  } catch (error) {
    if (error instanceof ReaderError) return [];
    throw error;
  }
}

/** Oldest first, those behind a position. */
async function newest(
  reader: JournalReader,
  filter: EntryFilter,
  limit: number,
  after: number,
): Promise<readonly StoredEntry[]> {
  const found: StoredEntry[] = [];
  let before: number | null = null;
  do {
    const page = await reader.page({ filter, before, limit: limit - found.length });
    found.push(...page.entries.filter(({ position }) => position > after));
    before = page.entries.some(({ position }) => position <= after) || found.length >= limit ? null : page.next;
    if (before !== null && before <= after) before = null;
  } while (before !== null);
  return found.reverse();
}
