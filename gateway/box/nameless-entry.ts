/** An entry of the journal without names and notes of people: for the help desk, and for whoever has not asked for names. Pure. */
import type { StoredEntry } from '../../sync/journal/entry.js';
import { withoutNames } from '../../sync/private-fields.js';
import { entryWithoutWritten } from '../panel/server/written-words.js';

/** What is said on the loudspeakers by order was typed by somebody, and may name people. */
const typedKeys: ReadonlySet<string> = new Set(['text', 'said', 'by', 'from', 'who']);

export function namelessEntry(entry: StoredEntry): StoredEntry {
  const { words, detail } = entryWithoutWritten(entry);
  const kept = Object.fromEntries(
    Object.entries(detail as StoredEntry['detail']).filter(([key]) => !typedKeys.has(key)),
  );
  return withoutNames({ ...entry, words, detail: kept });
}
