/**
 * One journal file, synchronously. The only file that imports better-sqlite3; it runs in the worker, and in-process in
 * tests and the simulation. Everything it throws is a StoreError.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { EpochId } from '../../config/ids.js';
import type { Lane } from '../../config/vocabulary.js';
import type { Entry, StoredEntry } from './entry.js';
import { codeOf, toStoreError } from './sqlite-errors.js';
import { inspectHeader, refuseNewer } from './sqlite-header.js';
import { keep } from './sqlite-keep.js';
import {
  entryFromColumns,
  entryToColumns,
  facetFromColumns,
  facetToColumns,
  positionFromColumns,
  positionToColumns,
} from './sqlite-rows.js';
import {
  applicationId,
  columnsBefore,
  createSchema,
  migrations,
  schemaColumns,
  schemaVersion,
  statements,
} from './sqlite-schema.js';
import {
  type Batch,
  type CommandRow,
  type MarkRow,
  type PositionRow,
  type Predecessor,
  type Store,
  type StoredTelemetryPack,
  StoreError,
  type StoreOpened,
  type TelemetryPack,
  type Tidied,
  type TidyOrder,
} from './store.js';

/** How long a call waits for another process (a person's sqlite3) to let go of the file. */
const busyTimeoutMs = 1_000;
/** The write-ahead log is cut back to this after a checkpoint. */
const walLimitBytes = 4 * 1024 * 1024;
/** Above this a full structure check at opening would eat the two seconds a start has (an SD card reads 20 MB/s). */
const quickCheckMaxBytes = 8 * 1024 * 1024;

const memoryPath = ':memory:';

type Prepared = { readonly [Name in keyof typeof statements]: Database.Statement<unknown[], unknown> };
interface Connection {
  readonly inode: number | null;
  readonly db: Database.Database;
  readonly sql: Prepared;
}

/** A command that expired so long ago would be refused anyway; a clock may be wrong by a day. */
const commandsKeptMs = 48 * 3_600_000;

export class SqliteFile {
  #connection: Connection | null = null;

  /** @param path the journal file; its folder must exist. `:memory:` keeps it until close(). */
  constructor(private readonly path: string) {}

  /** See Store.open; called while open, it lets go of the file first and looks at it anew. */
  open(newEpoch: EpochId): StoreOpened {
    return this.#guarded(() => {
      this.close();
      const isFresh = this.path === memoryPath || inspectHeader(this.path) === 'absent';
      if (!isFresh) check(this.path);
      else if (this.path !== memoryPath) create(this.path, newEpoch);
      const db = keep(new Database(this.path, { timeout: busyTimeoutMs }));
      try {
        if (this.path === memoryPath) makeSchema(db, newEpoch);
        // Reopening a WAL file falls back to NORMAL, which lost 439 to 682 rows per power cut: set on every open.
        for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', `journal_size_limit=${walLimitBytes}`]) {
          db.exec(`PRAGMA ${pragma}`);
        }
        migrate(db);
        this.#connection = { db, sql: prepareAll(db), inode: inodeOf(this.path) };
        return { ...readOpened(this.#connection.sql), fresh: isFresh };
      } catch (error) {
        db.close();
        this.#connection = null;
        throw error;
      }
    });
  }

  /** See Store.append. An entry whose id is already in the file is not written twice: its stored place is returned. */
  append(batch: Batch): readonly StoredEntry[] {
    return this.#guarded(() => {
      const { db, sql, inode } = this.#opened();
      // SQLite would go on writing into a file that has no name any more and is gone at the next start.
      if (inode !== inodeOf(this.path)) throw new StoreError('STORE-005', 'the journal was removed or replaced');
      return db.transaction(() => {
        const stored = insertEntries(sql, batch.entries);
        for (const { subject, row } of batch.facets) {
          if (row === null) sql.forgetFacet.run(subject);
          else sql.saveFacet.run(facetToColumns(row));
        }
        for (const { name, wall, detail } of batch.marks ?? []) sql.saveMark.run({ name, wall, detail });
        for (const pack of batch.telemetry ?? []) insertPack(sql, pack);
        for (const command of batch.commands ?? []) sql.saveCommand.run(command);
        return stored;
      })();
    });
  }

  readAfter(lane: Lane, after: number, limit: number): readonly StoredEntry[] {
    return this.#guarded(() => this.#opened().sql.readAfter.all(lane, after, limit).map(entryFromColumns));
  }

  readTelemetryAfter(after: number, limit: number): readonly StoredTelemetryPack[] {
    return this.#guarded(() => this.#opened().sql.readPacksAfter.all(after, limit) as StoredTelemetryPack[]);
  }

  backlogAfter(lane: Lane, after: number): Awaited<ReturnType<Store['backlogAfter']>> {
    return this.#guarded(() => {
      const { sql } = this.#opened();
      const found = lane === 'telemetry' ? sql.packBacklog.get({ after }) : sql.backlog.get({ lane, after });
      return found as Awaited<ReturnType<Store['backlogAfter']>>;
    });
  }

  placeAt(lane: Lane, position: number): Predecessor | null {
    return this.#guarded(() => {
      const { sql } = this.#opened();
      const found = lane === 'telemetry' ? sql.packAt.get(position) : sql.entryAt.get(position, lane);
      return (found as Predecessor | undefined) ?? null;
    });
  }

  tidy(order: TidyOrder): Tidied {
    return this.#guarded(() => {
      const { sql } = this.#opened();
      if (order.wall !== null) sql.forgetCommands.run(order.wall - commandsKeptMs);
      return { hasMore: false, bytes: sizeOf(this.path), droppedUntold: noneDropped };
    });
  }

  savePositions(rows: readonly PositionRow[]): void {
    this.#guarded(() => {
      const { db, sql } = this.#opened();
      db.transaction(() => {
        for (const row of rows) sql.savePosition.run(positionToColumns(row));
      })();
    });
  }

  close(): void {
    this.#connection?.db.close();
    this.#connection = null;
  }

  #opened(): Connection {
    if (this.#connection === null) throw new StoreError('STORE-006');
    return this.#connection;
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toStoreError(error);
    }
  }
}

const noneDropped: Tidied['droppedUntold'] = {
  ...{ fire: 0, warning: 0, supervisory: 0, fault: 0, technical: 0 },
  ...{ none: 0, telemetry: 0 },
};

/** Of the file, its log and the log's index. */
function sizeOf(path: string): number {
  const sizes = ['', '-wal', '-shm'].map((side) => statSync(`${path}${side}`, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Which file stands at the path; null for none, or for a journal in memory. */
function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}

/** `held` as long as this process lives; `taken`: another process has it; `unknown`: the disk did not let us find out. */
export type SiteLock = 'held' | 'taken' | 'unknown';

/** Keeps the connections that hold locks from being collected, which would let go of them. */
const heldLocks: Database.Database[] = [];

/** One gateway per data folder: an exclusive transaction on an empty database that is never ended. Writes nothing. */
export function holdSiteLock(path: string): SiteLock {
  try {
    const db = keep(new Database(path, { timeout: 0 }));
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

/** Made under another name and then renamed: a journal is there whole or not at all, also after a power cut. */
function create(path: string, epoch: EpochId): void {
  const draft = `${path}.new`;
  for (const left of [draft, `${draft}-journal`]) rmSync(left, { force: true });
  const db = keep(new Database(draft));
  try {
    db.exec('PRAGMA synchronous=FULL');
    makeSchema(db, epoch);
  } finally {
    db.close();
  }
  renameSync(draft, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function makeSchema(db: Database.Database, epoch: EpochId): void {
  db.exec('PRAGMA auto_vacuum=INCREMENTAL'); // only counts before the first table
  db.transaction(() => {
    db.exec(`PRAGMA application_id=${applicationId}`);
    db.exec(`PRAGMA user_version=${schemaVersion}`);
    db.exec(createSchema);
    keep(db.prepare(statements.beginEpoch)).run(epoch);
  })();
}

function versionOf(db: Database.Database): number {
  return Number(keep(db.prepare('PRAGMA user_version')).pluck().get());
}

/** Brings a file of an older release forward, a version at a time: a power cut leaves one version or the next. */
function migrate(db: Database.Database): void {
  for (let version = versionOf(db); version < schemaVersion; version++) {
    const step = migrations[version];
    if (step === undefined) throw new StoreError('STORE-001', `version ${version} is not known`);
    db.transaction(() => db.exec(`${step} PRAGMA user_version=${version + 1};`))();
  }
}

/** Reads what must be right before the file may be written to. Read-only, so that what is found wrong stays as it is. */
function check(path: string): void {
  const hadWal = existsSync(`${path}-wal`);
  const db = keep(new Database(path, { readonly: true, timeout: busyTimeoutMs }));
  let isGood = false;
  try {
    const version = versionOf(db);
    refuseNewer(version);
    for (const [table, newest] of Object.entries(schemaColumns)) {
      const wanted = newest.slice(0, columnsBefore[version]?.[table]);
      const found = keep(db.prepare('SELECT name FROM pragma_table_info(?)')).pluck().all(table);
      if (found.join() !== wanted.join()) throw new StoreError('STORE-001', `table ${table} is not as we write it`);
    }
    if (statSync(path).size <= quickCheckMaxBytes) {
      const verdict = String(keep(db.prepare('PRAGMA quick_check(1)')).pluck().get());
      if (verdict !== 'ok') throw new StoreError('STORE-001', verdict.slice(0, 60));
    }
    isGood = true;
  } finally {
    db.close();
    // A read-only look leaves an empty log and its index beside a file that had none.
    if (!isGood && !hadWal) for (const side of ['-wal', '-shm']) rmSync(`${path}${side}`, { force: true });
  }
}

function prepareAll(db: Database.Database): Prepared {
  const prepared = Object.entries(statements).map(([name, text]) => [name, keep(db.prepare(text))] as const);
  return Object.fromEntries(prepared) as unknown as Prepared;
}

function readOpened(sql: Prepared): Omit<StoreOpened, 'fresh'> {
  const epoch = sql.newestEpoch.get() as { epoch: EpochId } | undefined;
  if (epoch === undefined) throw new StoreError('STORE-001', 'no epoch');
  const newest = sql.newestEntry.get() as Pick<StoredEntry, 'position' | 'boot'> | undefined;
  return {
    epoch: epoch.epoch,
    facets: sql.facets.all().map(facetFromColumns),
    positions: sql.positions.all().map(positionFromColumns),
    marks: sql.marks.all() as MarkRow[],
    commands: sql.commands.all() as CommandRow[],
    begun: null,
    lastPosition: newest?.position ?? 0,
    lastBoot: newest?.boot ?? null,
  };
}

/** Numbers each epoch from 1 without holes: a number is used up only by a row that is really new. */
function insertEntries(sql: Prepared, entries: readonly Entry[]): StoredEntry[] {
  const lastOfEpoch = new Map<EpochId, number>();
  const stored = entries.map((entry): StoredEntry => {
    const sequence = (lastOfEpoch.get(entry.epoch) ?? lastSequence(sql, entry.epoch)) + 1;
    const written = sql.insertEntry.run(entryToColumns(entry, sequence));
    lastOfEpoch.set(entry.epoch, written.changes === 1 ? sequence : sequence - 1);
    if (written.changes === 1) return { ...entry, position: Number(written.lastInsertRowid), sequence };
    return { ...entry, ...(sql.placeOfId.get(entry.id) as Pick<StoredEntry, 'position' | 'sequence'>) };
  });
  for (const [epoch, last] of lastOfEpoch) sql.saveSequence.run(last, epoch);
  return stored;
}

/** Packs are numbered by themselves. One that comes again after a transaction that failed is new: nobody has seen it. */
function insertPack(sql: Prepared, pack: TelemetryPack): void {
  lastSequence(sql, pack.epoch);
  const sequence = Number((sql.lastPack.get(pack.epoch) as { last_pack: number }).last_pack) + 1;
  sql.insertPack.run({ ...pack, sequence });
  sql.savePack.run(sequence, pack.epoch);
}

/** The last number given in an epoch; an epoch the file does not know begins here. */
function lastSequence(sql: Prepared, epoch: EpochId): number {
  const row = sql.lastSequence.get(epoch) as { last_sequence: number } | undefined;
  if (row === undefined) sql.beginEpoch.run(epoch);
  return row?.last_sequence ?? 0;
}
