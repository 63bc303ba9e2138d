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
 * `absent`: there is nothing, a journal may be made. `ours`: the header is right; the rest is still to be checked.
 * Throws STORE-001 (not ours), STORE-002 (newer) or what the file system says.
 */
export function inspectHeader(path: string): 'absent' | 'ours' {
  if (!existsSync(path)) {
    // The write-ahead log may hold the newest fires of a journal that somebody moved away: not ours to overwrite.
    if (existsSync(`${path}-wal`)) throw new StoreError('STORE-001', 'a -wal file without its journal');
    return 'absent';
  }
  if (statSync(path).size < headerBytes) throw new StoreError('STORE-001', 'shorter than any database');
  const header = readHeader(path);
  if (header.toString('latin1', 0, magic.length) !== magic) throw new StoreError('STORE-001', 'not a database');
  if (header.readUInt32BE(applicationIdOffset) !== applicationId) {
    throw new StoreError('STORE-001', 'a database of another program');
  }
  refuseNewer(header.readUInt32BE(userVersionOffset));
  return 'ours';
}

export function refuseNewer(version: number): void {
  if (version > schemaVersion) throw new StoreError('STORE-002', `version ${version}`);
}

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(headerBytes);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, headerBytes, 0);
  } finally {
    closeSync(file);
  }
  return header;
}
