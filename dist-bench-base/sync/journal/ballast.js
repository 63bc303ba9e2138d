import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
/** On a disk that is full to the last byte not even removing rows works. */
const ballastBytes = 2 * 1024 * 1024;
/** It is laid down only where this is free: it must not be what fills the disk. */
const freeMinBytes = 16 * ballastBytes;
function ballastPath(journalPath) {
    return `${journalPath.replace(/\.db$/, '')}.ballast`;
}
/** Room that nobody else can take. Laid down where there is none and the disk has plenty; whatever fails is tried the next time. */
export function layBallast(journalPath) {
    const path = ballastPath(journalPath);
    try {
        if (existsSync(path) || freeBytesBeside(journalPath) < freeMinBytes)
            return;
        const file = openSync(path, 'w');
        try {
            writeSync(file, Buffer.alloc(ballastBytes));
            fsyncSync(file);
        }
        finally {
            closeSync(file);
        }
    }
    catch {
        dropBallast(journalPath);
    }
}
/** True when there was some, and so there is room now. */
export function dropBallast(journalPath) {
    const path = ballastPath(journalPath);
    if (!existsSync(path))
        return false;
    rmSync(path, { force: true });
    return true;
}
export function freeBytesBeside(path) {
    const { bavail, bsize } = statfsSync(path.replace(/[^/]*$/, '') || '.');
    return bavail * bsize;
}
