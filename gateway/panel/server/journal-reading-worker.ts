/** The journal as the server asks for it, by the reader's thread: the shapes of the API on one side, those of the reader on the other. */
import type { Words } from '../../../config/vocabulary.js';
import type { Clock } from '../../../drivers/clock.js';
import type { StoredEntry } from '../../../sync/journal/entry.js';
import { JournalReader } from '../../../sync/journal/reader/journal-reader.js';
import type { ReaderCaller } from '../../../sync/journal/reader/reader-thread.js';
import type { EntriesFound, EntryFilter } from '../../../sync/journal/reader/reading.js';
import type { HistoryEntry, HistoryPage, HistoryQuery } from '../api/history.js';
import type { SiteInfo } from '../api/site.js';
import type { HistorySpan, JournalReading } from './journal-reading.js';
import { namedInSite } from './named-in-site.js';

/** So many entries are looked through without being noticed. */
const unindexedMax = 50_000;

export interface ReadingOptions {
  readonly caller: ReaderCaller;
  readonly clock: Clock;
  /** Null: not known yet; then a text names nothing. */
  readonly site: () => SiteInfo | null;
}

export function journalReadingOf({ caller, clock, site }: ReadingOptions): JournalReading {
  const reader = new JournalReader(caller, clock);
  return {
    async page({ filter, text, before, limit }: HistoryQuery): Promise<HistoryPage> {
      const beganMono = clock.mono();
      const asked = byNames(filter, text, site());
      const found = await reader.page({ filter: asked, before, limit });
      const note = noteOf(found, limit, asked);
      return {
        ...{ entries: found.entries.map(toHistoryEntry), next: found.next, tookMs: clock.mono() - beganMono },
        ...(note === null ? {} : { note }),
      };
    },

    async entry(id) {
      const entry = await reader.entry(id);
      return entry === null ? null : toHistoryEntry(entry);
    },

    async search({ filter, text }, onEntry, signal) {
      const asked: EntryFilter = { ...filter, named: null, text: textOf(text) };
      for await (const { entries } of reader.pieces(asked, signal)) {
        for (const entry of entries) {
          if (signal.aborted) return;
          await onEntry(toHistoryEntry(entry));
        }
      }
    },

    async exportRows({ filter, text }, onRows, signal) {
      for await (const { entries } of reader.pieces(byNames(filter, text, site()), signal)) {
        if (entries.length > 0) await onRows(entries.map(toHistoryEntry));
      }
    },

    async trend(query) {
      const beganMono = clock.mono();
      const buckets = await reader.trend(query);
      return {
        point: query.point,
        buckets: buckets.map(([wall, least, largest, last]) => [wall, least, largest, last]),
        tookMs: clock.mono() - beganMono,
      };
    },
  };
}

function textOf(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text.trim();
}

/** A text of the page means places and devices that are called so. */
function byNames(filter: HistorySpan['filter'], text: string | null, site: SiteInfo | null): EntryFilter {
  const sought = textOf(text);
  const nothing = { zones: [], devices: [] };
  const named = sought === null ? null : site === null ? nothing : namedInSite(site, sought);
  return { ...filter, named, text: null };
}

function noteOf({ entries, next, unindexed }: EntriesFound, limit: number, { named }: EntryFilter): Words | null {
  if (named?.zones.length === 0 && named.devices.length === 0) {
    return {
      zh: '没有叫这个名字的地点或设备；可用全文查找',
      en: 'no place or device is called that; try a search of the full text',
    };
  }
  const isShort = next !== null && entries.length < limit;
  if (unindexed > unindexedMax) {
    return {
      zh: `历史索引正在建立，还有 ${unindexed} 条未编入，查询会慢一些${isShort ? '；较早的记录请点下一页' : ''}`,
      en: `the index of history is being built, ${unindexed} entries are still to come: this is slower than usual${isShort ? '; go on for older entries' : ''}`,
    };
  }
  if (!isShort) return null;
  return { zh: '只查找了一部分；较早的记录请点下一页', en: 'only a part was looked through; go on for older entries' };
}

function toHistoryEntry(entry: StoredEntry): HistoryEntry {
  const { position, epoch, sequence, id, lane, kind, subject, alarm, zone, wall, clock, boot, origin } = entry;
  return {
    ...{ position, epoch, sequence, id, lane, kind, subject, alarm, zone, wall, clock, boot, origin },
    ...{ class: entry.class, words: entry.words, detail: entry.detail },
  };
}
