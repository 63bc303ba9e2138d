/** A journal with history in it, for its reader. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { JournalFile } from '../../sync/journal/reader/journal-file.js';
import {
  anyEntry,
  type EntriesAsked,
  type EntriesFound,
  type EntryFilter,
  type ReaderCalls,
} from '../../sync/journal/reader/reading.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { HistoryIndexer } from '../../sync/journal/sqlite-history-index.js';
import { keep } from '../../sync/journal/sqlite-keep.js';
import { fillHistory } from '../bench/history-rows.js';
import { epochId } from './rig.js';

/** With a gap of six behind each, so that they reach over more than one span of level 2, and some of level 1. */
export const historyRows = 10_500;
export const gap = 7;

export function sparseJournal(dir: string): string {
  const path = historyJournal(dir, historyRows);
  withDb(path, (db) => {
    db.exec('DROP TABLE history_keys; DROP TABLE history_spans');
    db.exec(`UPDATE entries SET position = -${gap} * position; UPDATE entries SET position = -position;`);
    db.exec(`UPDATE sqlite_sequence SET seq = ${gap * historyRows} WHERE name = 'entries'`);
    buildIndex(db);
  });
  return path;
}

export function historyJournal(dir: string, rows: number): string {
  const path = join(dir, 'journal.db');
  const file = new SqliteFile(path);
  file.open(epochId('benchold'));
  file.close();
  withDb(path, (db) => {
    fillHistory(db, rows);
    buildIndex(db);
  });
  return path;
}

/** As a writer that has no disk to wait for. */
export function withDb<T>(path: string, work: (db: Database.Database) => T): T {
  const db = keep(new Database(path));
  try {
    db.exec('PRAGMA synchronous=OFF');
    return work(db);
  } finally {
    db.close();
  }
}

export function buildIndex(db: Database.Database): void {
  const indexer = new HistoryIndexer(db);
  while (indexer.step());
}

export function readerOf(path: string): JournalFile {
  return new JournalFile(path, () => performance.now());
}

export function entriesOf(
  file: JournalFile,
  filter: Partial<EntryFilter> = {},
  over: Partial<EntriesAsked> = {},
): EntriesFound {
  const asked: EntriesAsked = {
    filter: { ...anyEntry, ...filter },
    before: null,
    limit: 50,
    budgetMs: 60_000,
    ...over,
  };
  return file.answer({ id: 1, call: 'entries', args: asked }) as ReaderCalls['entries']['result'];
}

/** Positions of all of it, page by page. */
export function allOf(
  file: JournalFile,
  filter: Partial<EntryFilter>,
  over: Partial<EntriesAsked> = {},
): readonly number[] {
  const positions: number[] = [];
  for (let before: number | null = null, isDone = false; !isDone; isDone = before === null) {
    const { entries, next } = entriesOf(file, filter, { before, ...over });
    positions.push(...entries.map(({ position }) => position));
    before = next;
  }
  return positions;
}
