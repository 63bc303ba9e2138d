/** The worker thread: one request after the other, in the order they came. A card may stall here for seconds. */
import { parentPort, workerData } from 'node:worker_threads';
import { boxIdentity } from './box-identity.js';
import { isLarge } from './large-file.js';
import { toStoreError } from './sqlite-errors.js';
import { SqliteFile } from './sqlite-file.js';
import { holdSiteLock, letSiteLocksGo } from './sqlite-lock.js';
const setup = workerData;
const file = new SqliteFile(setup.path, { box: boxIdentity(), site: setup.site });
parentPort?.on('message', (request) => {
    parentPort?.postMessage(answer(request));
});
function answer(request) {
    try {
        return { id: request.id, ok: true, result: run(request) };
    }
    catch (cause) {
        const error = toStoreError(cause);
        return { id: request.id, ok: false, code: error.code, got: error.got };
    }
}
function run(request) {
    switch (request.call) {
        case 'open':
            return file.open(...request.args);
        case 'append':
            return file.append(...request.args);
        case 'readAfter':
            return file.readAfter(...request.args);
        case 'readTelemetryAfter':
            return file.readTelemetryAfter(...request.args);
        case 'backlogAfter':
            return file.backlogAfter(...request.args);
        case 'placeAt':
            return file.placeAt(...request.args);
        case 'tidy':
            return file.tidy(...request.args);
        case 'savePositions':
            return file.savePositions(...request.args);
        case 'isLarge':
            return isLarge(setup.path);
        case 'markDamaged':
            return file.markDamaged();
        case 'close':
            file.close();
            return letSiteLocksGo();
        case 'lock':
            return holdSiteLock(setup.lockPath);
        default:
            return unknownRequest(request);
    }
}
function unknownRequest(request) {
    throw new Error(`unknown request ${JSON.stringify(request)}`);
}
