import { codeOf } from './sqlite-errors.js';
import { type Db, openDb } from './sqlite-open.js';

/** `held` as long as this process lives; `taken`: another process has it; `unknown`: the disk did not let us find out. */
export type SiteLock = 'held' | 'taken' | 'unknown';

/** Keeps the connections that hold locks from being collected, which would let go of them. */
const heldLocks: Db[] = [];

/** One gateway per data folder: an exclusive transaction on an empty database that is never ended. Writes nothing. */
export function holdSiteLock(path: string): SiteLock {
  try {
    const db = openDb(path, { busyMs: 0 });
    try {
      db.exec('BEGIN EXCLUSIVE');
      heldLocks.push(db);
      return 'held';
    } catch (error) {
      db.close();
      return codeOf(error).startsWith('SQLITE_BUSY') ? 'taken' : 'unknown';
    }
  } catch {
    return 'unknown';
  }
}

export function letSiteLocksGo(): void {
  for (const db of heldLocks.splice(0)) db.close();
}
