/**
 * A second worker thread, read-only, that reads every page of a journal that is too large to be checked while the start waits.
 * It runs at the lowest priority and ends by itself; in WAL mode no commit waits for a reader.
 */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { refuseDamaged } from './sqlite-create.js';
import { toStoreError } from './sqlite-errors.js';
import { openDb } from './sqlite-open.js';
/** Of this thread alone, on Linux. */
const lowest = 19;
parentPort?.postMessage(check(workerData.path));
/** What is wrong with it, or null: also when it could not be read for another reason, which is told by whoever writes to it. */
function check(path) {
    try {
        setPriority(lowest);
    }
    catch {
        // Then as one of many.
    }
    try {
        const db = openDb(path, { isReadOnly: true });
        try {
            refuseDamaged(db);
            return null;
        }
        finally {
            db.close();
        }
    }
    catch (cause) {
        const { code, got } = toStoreError(cause);
        return code === 'STORE-009' ? (got ?? 'it does not read') : null;
    }
}
