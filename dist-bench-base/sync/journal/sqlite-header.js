/**
 * Looks at a journal file without SQLite, so that a file of somebody else is not even given a `-shm` beside it.
 * Must only run while this process has no connection to the file: closing any descriptor of a file drops all POSIX
 * locks this process holds on it.
 */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { applicationId, schemaVersion } from './sqlite-schema.js';
import { StoreError } from './store.js';
const headerBytes = 100;
const magic = 'SQLite format 3\u0000';
const userVersionOffset = 60;
const applicationIdOffset = 68;
/**
 * `absent`: there is nothing, a journal may be made. `ours`: the header is right; the rest is still to be checked. `damaged`: it is no
 * database any more, and was ours: `hasBeside`, our own `journal.id` stands beside it. A database of another program is never ours.
 * Throws STORE-001 (not ours), STORE-002 (newer) or what the file system says.
 */
export function inspectHeader(path, hasBeside) {
    if (!existsSync(path)) {
        // The write-ahead log may hold the newest fires of a journal that somebody moved away: not ours to overwrite.
        if (!existsSync(`${path}-wal`))
            return 'absent';
        return hasBeside ? 'damaged' : refuse('a -wal file without its journal');
    }
    if (statSync(path).size < headerBytes)
        return hasBeside ? 'damaged' : refuse('shorter than any database');
    const header = readHeader(path);
    if (header.toString('latin1', 0, magic.length) !== magic)
        return hasBeside ? 'damaged' : refuse('not a database');
    if (header.readUInt32BE(applicationIdOffset) !== applicationId) {
        return refuse('a database of another program');
    }
    refuseNewer(header.readUInt32BE(userVersionOffset));
    return 'ours';
}
function refuse(what) {
    throw new StoreError('STORE-001', what);
}
export function refuseNewer(version) {
    if (version > schemaVersion)
        throw new StoreError('STORE-002', `version ${version}`);
}
function readHeader(path) {
    const header = Buffer.alloc(headerBytes);
    const file = openSync(path, 'r');
    try {
        readSync(file, header, 0, headerBytes, 0);
    }
    finally {
        closeSync(file);
    }
    return header;
}
