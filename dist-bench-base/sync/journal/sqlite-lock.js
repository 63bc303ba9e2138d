import { codeOf } from './sqlite-errors.js';
import { openDb } from './sqlite-open.js';
/** Keeps the connections that hold locks from being collected, which would let go of them. */
const heldLocks = [];
/** One gateway per data folder: an exclusive transaction on an empty database that is never ended. Writes nothing. */
export function holdSiteLock(path) {
    try {
        const db = openDb(path, { busyMs: 0 });
        try {
            db.exec('BEGIN EXCLUSIVE');
            heldLocks.push(db);
            return 'held';
        }
        catch (error) {
            db.close();
            return codeOf(error).startsWith('SQLITE_BUSY') ? 'taken' : 'unknown';
        }
    }
    catch {
        return 'unknown';
    }
}
export function letSiteLocksGo() {
    for (const db of heldLocks.splice(0))
        db.close();
}
