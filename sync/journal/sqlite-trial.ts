/** How long durable commits take on a disk, in a file of its own beside the journal, which is not touched. For `gengfu selftest --box`. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDb, prepare } from './sqlite-open.js';

/** As long as a small entry, characters. */
const rowChars = 300;

/** ms of each commit, at most `count` of them and no new one after `maxMs`. Synchronous. Throws when the folder can not be written. */
export function trialCommits(folder: string, count: number, mono: () => number, maxMs: number): readonly number[] {
  const path = join(folder, `.selftest-${process.pid}.db`);
  const times: number[] = [];
  try {
    const db = openDb(path);
    // As the journal: kept on the disk before the commit is over.
    db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE rows (at INTEGER PRIMARY KEY, body TEXT)');
    const insert = prepare(db, 'INSERT INTO rows (body) VALUES (?)');
    const endMono = mono() + maxMs;
    while (times.length < count && mono() < endMono) {
      const beganMono = mono();
      insert.run('g'.repeat(rowChars));
      times.push(mono() - beganMono);
    }
    db.close();
  } finally {
    for (const side of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${side}`, { force: true });
  }
  return times;
}
