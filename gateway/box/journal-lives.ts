/** The newest starts and ends of the gateway, of its journal. */
import { entryKinds } from '../../config/vocabulary.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import type { ReaderCaller } from '../../sync/journal/reader/reader-thread.js';
import { anyEntry } from '../../sync/journal/reader/reading.js';

const livesMax = 24;
const budgetMs = 500;

/** Newest first; none where the journal can not be read. */
export async function readLives(caller: ReaderCaller): Promise<readonly StoredEntry[]> {
  const kinds = entryKinds.filter((kind) => kind.startsWith('gateway.'));
  const asked = { filter: { ...anyEntry, kinds }, before: null, limit: livesMax, budgetMs };
  return caller.call('entries', asked).then(
    ({ entries }) => entries,
    () => [],
  );
}
