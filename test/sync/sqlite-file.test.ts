import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type BootId, brandId } from '../../config/ids.js';
import { SystemClock } from '../../drivers/clock.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { keep } from '../../sync/journal/sqlite-keep.js';
import { holdSiteLock } from '../../sync/journal/sqlite-lock.js';
import { schemaVersion } from '../../sync/journal/sqlite-schema.js';
import { SqliteStore } from '../../sync/journal/sqlite-store.js';
import { entry, epochId, facet, positionRow, tempDir } from './rig.js';

const workerUrl = new URL('../../dist/sync/journal/sqlite-worker.js', import.meta.url);
const fileUrl = new URL('../../dist/sync/journal/sqlite-file.js', import.meta.url);
const lockUrl = new URL('../../dist/sync/journal/sqlite-lock.js', import.meta.url);

/** Everything in the folder: names, bytes and times of change. */
function snapshot(dir: string): unknown {
  return readdirSync(dir).map((name) => {
    const path = join(dir, name);
    return [name, readFileSync(path).toString('base64'), statSync(path).mtimeMs];
  });
}

function journal(dir: string, rows: number): string {
  const path = join(dir, 'journal.db');
  const file = new SqliteFile(path);
  file.open(epochId('e1'));
  for (let n = 1; n <= rows; n++) file.append({ entries: [entry('e1', n)], facets: [] });
  file.close();
  return path;
}

function other(path: string, sql: string): void {
  const db = keep(new Database(path));
  db.exec(sql);
  db.close();
}

const strangers: readonly (readonly [name: string, code: string, make: (dir: string) => void])[] = [
  ['a text file', 'STORE-001', (dir) => writeFileSync(join(dir, 'journal.db'), 'not a database at all'.repeat(20))],
  ['an empty file', 'STORE-001', (dir) => writeFileSync(join(dir, 'journal.db'), '')],
  ['a database of another program', 'STORE-001', (dir) => other(join(dir, 'journal.db'), 'CREATE TABLE t(a)')],
  [
    'a database of another program in WAL mode',
    'STORE-001',
    (dir) => other(join(dir, 'journal.db'), 'PRAGMA journal_mode=WAL; CREATE TABLE t(a)'),
  ],
  [
    'a journal of a newer release',
    'STORE-002',
    (dir) => other(journal(dir, 1), `PRAGMA user_version=${schemaVersion + 1}`),
  ],
  ['a log without its journal', 'STORE-001', (dir) => writeFileSync(join(dir, 'journal.db-wal'), 'frames')],
];

describe('a file that is not a journal of ours', () => {
  test.each(strangers)('%s is refused with %s and stays as it is, to the byte', (_name, code, make) => {
    const dir = tempDir();
    make(dir);
    const before = snapshot(dir);
    const file = new SqliteFile(join(dir, 'journal.db'));
    expect(() => file.open(epochId('e2'))).toThrowError(expect.objectContaining({ code }));
    expect(() => file.append({ entries: [entry('e2', 1)], facets: [] })).toThrowError(/STORE-006/);
    expect(snapshot(dir)).toEqual(before);
  });

  test('a newer version that stands only in the log is seen there', () => {
    const dir = tempDir();
    const path = journal(dir, 1);
    const script = `import D from 'better-sqlite3'; const d = new D(${JSON.stringify(path)});
      d.pragma('user_version=${schemaVersion + 1}'); process.kill(process.pid, 'SIGKILL');`;
    expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' })).toThrow();
    const before = [readFileSync(path), readFileSync(`${path}-wal`)];
    expect(() => new SqliteFile(path).open(epochId('e2'))).toThrowError(/STORE-002/);
    expect([readFileSync(path), readFileSync(`${path}-wal`)]).toEqual(before);
  });
});

describe('the journal file', () => {
  test('every connection that writes has synchronous=FULL, when the file is made and at each open after it', () => {
    const exec = vi.spyOn(Database.prototype, 'exec');
    onTestFinished(() => exec.mockRestore());
    const file = new SqliteFile(join(tempDir(), 'journal.db'));
    onTestFinished(() => file.close());
    for (const epoch of ['e1', 'e2']) {
      file.open(epochId(epoch));
      const open = new Set(exec.mock.contexts.filter((db) => db instanceof Database && db.open));
      const read = [...open].map((db) =>
        keep((db as Database.Database).prepare('PRAGMA synchronous'))
          .pluck()
          .get(),
      );
      expect(read).toEqual([2]);
    }
  });

  test('is in WAL mode, marked as ours, and can shrink', () => {
    const path = journal(tempDir(), 3);
    const db = keep(new Database(path, { readonly: true }));
    onTestFinished(() => void db.close());
    const read = (name: string): unknown =>
      keep(db.prepare(`PRAGMA ${name}`))
        .pluck()
        .get();
    expect([read('journal_mode'), read('auto_vacuum'), read('user_version')]).toEqual(['wal', 2, schemaVersion]);
    expect(read('application_id')).toBe(0x4746554a);
  });

  test('of release 1 is brought forward as it is opened: nothing of it is lost, and it takes new facets', () => {
    const path = join(tempDir(), 'journal.db');
    copyFileSync(new URL('old/journal-1.db', import.meta.url), path);
    const file = new SqliteFile(path);
    onTestFinished(() => file.close());
    const { epoch, facets, lastPosition, fresh } = file.open(epochId('e2'));
    expect({ epoch, lastPosition, fresh }).toEqual({ epoch: 'e1', lastPosition: 3, fresh: false });
    const old = { acknowledgedBy: 'panel', acknowledgedWall: 5 };
    expect(facets).toEqual([facet('point:a'), facet('point:b', old)]);
    const seen = facet('point:a', { frames: 'b1/7 b1/8', confirmed: 'call-point', acknowledgedAfterMs: 12.5 });
    file.append({ entries: [], facets: [{ subject: 'point:a', row: seen }] });
    expect(file.open(epochId('e2')).facets[0]).toEqual(seen);
    expect(file.readAfter('fire', 0, 10)).toHaveLength(3);
  });

  test('of release 2 is brought forward as it is opened: nothing of it is lost, and it takes silences and marks', () => {
    const path = join(tempDir(), 'journal.db');
    copyFileSync(new URL('old/journal-2.db', import.meta.url), path);
    const file = new SqliteFile(path);
    onTestFinished(() => file.close());
    const { epoch, facets, positions, marks, lastPosition } = file.open(epochId('e2'));
    expect({ epoch, lastPosition, marks }).toEqual({ epoch: 'e1', lastPosition: 3, marks: [] });
    expect(positions).toEqual([positionRow(2)]);
    const old = { acknowledgedBy: 'panel', acknowledgedWall: 5, acknowledgedAfterMs: 12.5 };
    expect(facets).toEqual([
      facet('point:a', { frames: 'boot1/7 boot1/8', confirmed: 'second-detector' }),
      facet('point:b', { ...old, sounder: 'silenced' }),
    ]);
    const silenced = facet('point:a', { silencedWall: 7, untold: brandId('e1-boot1-1') });
    const drill = { name: 'drill', wall: 8, detail: '' };
    file.append({ entries: [], facets: [{ subject: 'point:a', row: silenced }], marks: [drill] });
    const again = file.open(epochId('e2'));
    expect([again.facets[0], again.marks]).toEqual([silenced, [drill]]);
    expect(file.readAfter('fire', 0, 10)).toHaveLength(3);
  });

  test('of release 3 is brought forward as it is opened: nothing of it is lost, and it takes packs, commands and receipts', () => {
    const path = join(tempDir(), 'journal.db');
    copyFileSync(new URL('old/journal-3.db', import.meta.url), path);
    const file = new SqliteFile(path);
    onTestFinished(() => file.close());
    const { epoch, facets, positions, marks, lastPosition, commands, begun } = file.open(epochId('e2'));
    expect({ epoch, lastPosition, commands, begun }).toEqual({
      epoch: 'e1',
      lastPosition: 3,
      commands: [],
      begun: null,
    });
    expect([positions, marks]).toEqual([[positionRow(2)], [{ name: 'drill', wall: 8, detail: '{"seconds":90}' }]]);
    expect(facets[1]).toMatchObject({ subject: 'point:b', silencedWall: 7, untold: 'e1-boot1-1', sounder: 'silenced' });
    const command = { id: 'c1', keyId: 'k1', expiresWall: 9, state: 'accepted', answer: '{}' } as const;
    const samples = { boot: brandId<BootId>('boot1'), mono: 1, wall: 2, clock: 'trusted', samples: 1 } as const;
    const pack = { epoch, ...samples, body: Uint8Array.of(1, 2) };
    file.append({ entries: [entry('e1', 4)], facets: [], commands: [command], telemetry: [pack] });
    const kept = { ...positionRow(3), kept: 3, told: { epoch, sequence: 3 }, wall: 10 };
    file.savePositions([kept]);
    expect(file.open(epochId('e3'))).toMatchObject({
      epoch: 'e1',
      begun: null,
      commands: [command],
      positions: [kept],
    });
    expect(file.readAfter('fire', 3, 10)).toMatchObject([{ sequence: 4 }]);
    expect(file.readTelemetryAfter(0, 10)).toMatchObject([{ position: 1, sequence: 1, samples: 1 }]);
  });

  test('half a file from an interrupted creation is thrown away, and a whole one is made', () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'journal.db.new'), 'half');
    expect(new SqliteFile(join(dir, 'journal.db')).open(epochId('e1')).fresh).toBe(true);
    expect(existsSync(join(dir, 'journal.db.new'))).toBe(false);
  });

  test('keeps what was appended before a kill -9', () => {
    const path = join(tempDir(), 'journal.db');
    const script = `import { SqliteFile } from ${JSON.stringify(fileUrl.href)};
      const file = new SqliteFile(${JSON.stringify(path)}); file.open('e1');
      file.append({ entries: [${JSON.stringify(entry('e1', 1))}], facets: [] }); process.kill(process.pid, 'SIGKILL');`;
    expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' })).toThrow();
    const file = new SqliteFile(path);
    expect(file.open(epochId('e2'))).toMatchObject({ epoch: 'e1', lastPosition: 1, fresh: false });
    expect(file.readAfter('fire', 0, 10)).toHaveLength(1);
    file.close();
  });

  test('a folder without permission is told as can not be opened', () => {
    if (process.getuid?.() === 0) return; // root may do everything
    const dir = join(tempDir(), 'closed');
    mkdirSync(dir);
    chmodSync(dir, 0o500);
    expect(() => new SqliteFile(join(dir, 'journal.db')).open(epochId('e1'))).toThrowError(/STORE-004/);
  });
});

describe('the site lock', () => {
  test('is held by one process, refused to a second, and free when the first is gone', async () => {
    const path = join(tempDir(), 'lock.db');
    const script = `import { holdSiteLock } from ${JSON.stringify(lockUrl.href)};
      console.log(holdSiteLock(${JSON.stringify(path)})); process.stdin.resume();`;
    const first = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void first.kill('SIGKILL'));
    const [said] = (await once(first.stdout, 'data')) as [Buffer];
    expect(said.toString().trim()).toBe('held');
    expect(holdSiteLock(path)).toBe('taken');
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(holdSiteLock(path)).toBe('held');
  });

  test('on a folder that is not there is unknown, which never stops a start', async () => {
    expect(holdSiteLock(join(tempDir(), 'nowhere', 'lock.db'))).toBe('unknown');
    const path = join(tempDir(), 'nowhere', 'journal.db');
    const store = new SqliteStore({ path, clock: new SystemClock(), workerUrl });
    onTestFinished(() => store.close());
    expect(await store.lock()).toBe('unknown');
  });

  test('is let go with the store that took it', async () => {
    const path = join(tempDir(), 'journal.db');
    const first = new SqliteStore({ path, clock: new SystemClock(), workerUrl });
    expect(await first.lock()).toBe('held');
    const second = new SqliteStore({ path, clock: new SystemClock(), workerUrl });
    onTestFinished(() => second.close());
    expect(await second.lock()).toBe('taken');
    await first.close();
    expect(await second.lock()).toBe('held');
  });
});
