/** What is durable now, read from the file by a second process, as a person with sqlite3 would. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { StoredEntry } from '../../sync/journal/entry.js';
import { entryFromColumns } from '../../sync/journal/sqlite-rows.js';

/** A gateway that writes, or one that was killed in the middle of it, holds the file up at most so long. */
const busyMs = 5_000;

export function readJournal(dataDir: string, after = 0): readonly StoredEntry[] {
  const path = join(dataDir, 'journal.db');
  if (!existsSync(path)) return [];
  const db = new Database(path, { readonly: true, timeout: busyMs });
  try {
    const isMade = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'entries'").get() !== undefined;
    if (!isMade) return [];
    return db.prepare('SELECT * FROM entries WHERE position > ? ORDER BY position').all(after).map(entryFromColumns);
  } finally {
    db.close();
  }
}
