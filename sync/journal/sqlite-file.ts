/**
 * One journal file, synchronously; it runs in the worker, and in-process in tests and the simulation. Everything it throws is a
 * StoreError. A file of ours that is damaged is set aside: when it is opened, or when any statement meets what does not read.
 */

import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EpochId } from '../../config/ids.js';
import type { Lane } from '../../config/vocabulary.js';
import { dropBallast, layBallast } from './ballast.js';
import type { StoredEntry } from './entry.js';
import {
  type Ends,
  endsEveryRows,
  furthest,
  nobody,
  noEnds,
  type Owner,
  readBeside,
  writeBeside,
} from './journal-identity.js';
import { type Begun, createWhereNoneIs, type Known, replaceDamaged, seal, takeOver } from './sqlite-birth.js';
import { checkFile, finishCreation, makeSchema, migrate } from './sqlite-create.js';
import { toStoreError } from './sqlite-errors.js';
import { inspectHeader } from './sqlite-header.js';
import { HistoryIndexer } from './sqlite-history-index.js';
import { insertBatch } from './sqlite-insert.js';
import { type Db, openDb } from './sqlite-open.js';
import { type Prepared, prepareAll, readEnds, readIdentity, readOpened, readPositions } from './sqlite-prepared.js';
import { entryFromColumns, positionToColumns } from './sqlite-rows.js';
import { type SalvagePlan, Salvager } from './sqlite-salvage.js';
import { Tidier } from './sqlite-tidy.js';
import {
  type Batch,
  type PositionRow,
  type Predecessor,
  type Store,
  type StoredTelemetryPack,
  StoreError,
  type StoreOpened,
  type Tidied,
  type TidyOrder,
} from './store.js';

/** The write-ahead log goes into the file after so many pages, and is cut back to this afterwards. */
const checkpointPages = 1_000;
const walLimitBytes = 4 * 1024 * 1024;

/** Pieces of work that one append may need before it has room. */
const roomSteps = 8;

const memoryPath = ':memory:';

interface Connection {
  readonly inode: number | null;
  readonly db: Db;
  readonly sql: Prepared;
  readonly tidier: Tidier;
  readonly indexer: HistoryIndexer;
  readonly token: string;
  readonly epoch: EpochId;
  begun: Begun | null;
  /** The rows of a damaged file that still come. */
  salvager: Salvager | null;
}

export class SqliteFile {
  #connection: Connection | null = null;
  /** A statement met what does not read: the next open() sets the file aside. */
  #isDamaged = false;
  /** How far it has come, as far as this process has seen. */
  #ends: Ends = noEnds;
  #endsBeside: Ends = noEnds;
  #epoch: EpochId | null = null;

  /**
   * @param path the journal file; its folder must exist. `:memory:` keeps it until close().
   * @param owner whose journal it is; one of another owner begins a new epoch.
   */
  constructor(
    private readonly path: string,
    private readonly owner: Owner = nobody,
  ) {}

  /** See Store.open; called while open, it lets go of the file first (not of one in memory, which would be gone) and looks at it anew.
   * `wall`: null while the clock is not trusted. */
  open(newEpoch: EpochId, wall: number | null = null): StoreOpened {
    return this.#guarded(() => {
      const isFresh = this.path === memoryPath ? this.#openMemory(newEpoch) : this.#openFile(newEpoch, wall);
      const { sql, begun, epoch } = this.#opened();
      this.#isDamaged = false;
      this.#epoch = epoch;
      this.#ends = furthest(this.#ends, readEnds(sql));
      this.#endsBeside = this.#ends;
      return { ...readOpened(sql), begun, fresh: isFresh };
    });
  }

  /** See Store.append. An entry whose id is already in the file is not written twice: its stored place is returned. */
  append(batch: Batch): readonly StoredEntry[] {
    return this.#guarded(() => {
      const { inode } = this.#opened();
      if (this.#isDamaged) throw new StoreError('STORE-009', 'met while it was read');
      // SQLite would go on writing into a file that has no name any more and is gone at the next start.
      if (inode !== inodeOf(this.path)) throw new StoreError('STORE-005', 'the journal was removed or replaced');
      try {
        return this.#insert(batch);
      } catch (error) {
        if (toStoreError(error).code !== 'STORE-003' || !this.#makeRoomNow()) throw error;
        return this.#insert(batch);
      }
    });
  }

  readAfter(lane: Lane, after: number, limit: number): readonly StoredEntry[] {
    return this.#guarded(() => {
      const { sql } = this.#readable(lane, after);
      return sql.readAfter.all(lane, after, limit).map(entryFromColumns);
    });
  }

  readTelemetryAfter(after: number, limit: number): readonly StoredTelemetryPack[] {
    return this.#guarded(
      () => this.#readable('telemetry', after).sql.readPacksAfter.all(after, limit) as StoredTelemetryPack[],
    );
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

  /** One piece of work. What a damaged file still has comes first. */
  tidy(order: TidyOrder, isFirst = false): Tidied {
    return this.#guarded(() => {
      const { sql, tidier } = this.#opened();
      const positions = readPositions(sql);
      tidier.obey(order, positions);
      if (isFirst) tidier.beginRound(positions);
      if (this.path !== memoryPath) layBallast(this.path);
      const salvaged = this.#salvage();
      const hasMore = this.#opened().salvager !== null || tidier.step() || this.#index();
      const bytes = tidier.fileBytes + (statSync(`${this.path}-wal`, { throwIfNoEntry: false })?.size ?? 0);
      return { hasMore, bytes, droppedUntold: tidier.takeDropped(), ...(salvaged === null ? {} : { salvaged }) };
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

  /** Somebody else found out (the full check): the file is set aside as if a statement had met it. */
  markDamaged(): void {
    this.#isDamaged = true;
  }

  close(): void {
    const connection = this.#connection;
    if (
      connection !== null &&
      !this.#isDamaged &&
      connection.inode === inodeOf(this.path) &&
      this.path !== memoryPath
    ) {
      try {
        seal(connection.db, connection.sql, this.path, connection.token);
      } catch {
        // A disk that takes nothing more: the token of the opening stands.
      }
    }
    this.#letGo();
    if (this.path !== memoryPath) return;
    this.#ends = noEnds;
    this.#epoch = null;
  }

  #letGo(): void {
    this.#connection?.salvager?.close();
    this.#connection?.db.close();
    this.#connection = null;
  }

  #openFile(newEpoch: EpochId, wall: number | null): boolean {
    this.#letGo();
    return this.#findOrMake(newEpoch, wall);
  }

  /** It lives as long as its connection: one that is sound is looked at anew without letting go of it. */
  #openMemory(newEpoch: EpochId): boolean {
    const connection = this.#connection;
    if (connection === null || this.#isDamaged) {
      this.#letGo();
      return this.#makeInMemory(newEpoch);
    }
    this.#connect(connection.db, connection.sql, newEpoch);
    return false;
  }

  #makeInMemory(newEpoch: EpochId): boolean {
    const db = openDb(memoryPath);
    const wasThere = this.#epoch;
    makeSchema(db, { epoch: newEpoch, owner: this.owner, ends: this.#ends }, () => undefined);
    this.#connect(db, prepareAll(db), newEpoch);
    if (wasThere !== null) {
      const salvaged = { entries: 0, packs: 0, facets: 0 };
      this.#opened().begun = { why: 'damaged', previous: wasThere, setAside: null, salvaged };
    }
    return true;
  }

  /** Returns whether the file had to be made. */
  #findOrMake(newEpoch: EpochId, wall: number | null): boolean {
    const beside = readBeside(this.path);
    const { path, owner } = this;
    const known: Known = { path, owner, newEpoch, beside, ends: this.#ends, epoch: this.#epoch, wall };
    const state = inspectHeader(path, beside !== null);
    if (state === 'absent' && !finishCreation(path, beside)) {
      createWhereNoneIs(known);
      this.#take({ ...known, beside: readBeside(path) });
      return true;
    }
    if (state !== 'damaged' && !this.#isDamaged) {
      try {
        checkFile(path);
        this.#take(known);
        return false;
      } catch (error) {
        if (toStoreError(error).code !== 'STORE-009') throw error;
        this.#letGo();
      }
    }
    this.#replace(known);
    this.#take({ ...known, beside: readBeside(path) });
    return true;
  }

  #replace(known: Known): void {
    try {
      replaceDamaged(known);
    } catch (error) {
      if (toStoreError(error).code !== 'STORE-003' || !dropBallast(this.path)) throw error;
      replaceDamaged(known);
    }
  }

  #take(known: Known): void {
    const db = openDb(this.path);
    try {
      // Reopening a WAL file falls back to NORMAL, which lost 439 to 682 rows per power cut: set on every open.
      const pragmas = ['journal_mode=WAL', 'synchronous=FULL', `journal_size_limit=${walLimitBytes}`];
      for (const pragma of [...pragmas, `wal_autocheckpoint=${checkpointPages}`]) db.exec(`PRAGMA ${pragma}`);
      migrate(db);
      const sql = prepareAll(db);
      takeOver(db, sql, known);
      this.#connect(db, sql, known.newEpoch);
    } catch (error) {
      this.#connection = null;
      db.close();
      throw error;
    }
  }

  #connect(db: Db, sql: Prepared, token: string): void {
    const { begun = null, salvage = null } = readIdentity(sql);
    const opened = readOpened(sql);
    this.#connection = {
      ...{ db, sql, token, epoch: opened.epoch },
      inode: inodeOf(this.path),
      tidier: new Tidier(db, walLimitBytes),
      indexer: new HistoryIndexer(db),
      begun: begun === null ? null : (JSON.parse(begun) as Begun),
      salvager: salvage === null ? null : this.#salvagerOf(db, JSON.parse(salvage) as SalvagePlan),
    };
  }

  #insert(batch: Batch): readonly StoredEntry[] {
    const { db, sql, tidier } = this.#opened();
    const stored = db.transaction(() => {
      tidier.makeRoomFor(batch.entries.length + (batch.telemetry?.length ?? 0));
      if (this.#opened().begun !== null && batch.entries.length > 0) sql.forgetIdentity.run('begun');
      return insertBatch(sql, batch);
    })();
    if (batch.entries.length > 0) this.#opened().begun = null;
    this.#noteEnds({ entries: stored.at(-1)?.position ?? 0, packs: this.#ends.packs + (batch.telemetry?.length ?? 0) });
    return stored;
  }

  #noteEnds(ends: Ends): void {
    this.#ends = furthest(this.#ends, ends);
    const { entries, packs } = this.#endsBeside;
    const isFar = this.#ends.entries - entries >= endsEveryRows || this.#ends.packs - packs >= endsEveryRows;
    const { token, inode, epoch } = this.#opened();
    if (!isFar || inode === null) return;
    this.#endsBeside = this.#ends;
    writeBeside(this.path, { token, inode, epoch, ends: this.#ends });
  }

  /** After "full": the file's own limit gives way to rows that go, a full disk to the ballast. False when there is neither. */
  #makeRoomNow(): boolean {
    const { db, sql, tidier } = this.#opened();
    if (tidier.isTight) {
      tidier.beginRound(readPositions(sql));
      for (let n = 0; n < roomSteps && tidier.step(); n++);
      if (!tidier.isTight) return true;
    }
    if (this.path === memoryPath || !dropBallast(this.path)) return false;
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return true;
  }

  /** One piece of the index by which history is found. In memory there is nobody else to read; on a full disk it has to wait. */
  #index(): boolean {
    if (this.path === memoryPath) return false;
    try {
      return this.#opened().indexer.step();
    } catch (error) {
      if (toStoreError(error).code !== 'STORE-003') throw error;
      return false;
    }
  }

  /** One piece of salvage; what it came to once it is over. */
  #salvage(): NonNullable<Tidied['salvaged']> | null {
    const connection = this.#opened();
    const { salvager } = connection;
    if (salvager === null) return null;
    try {
      salvager.step();
    } catch (error) {
      if (toStoreError(error).code !== 'STORE-003') throw error;
      salvager.giveUp();
    }
    if (!salvager.isDone) return null;
    connection.salvager = null;
    connection.indexer.drop();
    const { entries, packs, lost, file } = salvager.plan;
    return { entries, packs, lost, file };
  }

  #salvagerOf(db: Db, plan: SalvagePlan): Salvager | null {
    try {
      return new Salvager(db, dirname(this.path), plan);
    } catch {
      // Nothing of it can be read, or somebody took it away.
      return null;
    }
  }

  /** Nobody may read past rows that are still to come: they would never be told. */
  #readable(lane: Lane, after: number): Connection {
    const connection = this.#opened();
    if (connection.salvager?.isMissing(lane, after) === true) {
      throw new StoreError('STORE-006', 'rows of the damaged journal are still being taken over');
    }
    return connection;
  }

  #opened(): Connection {
    if (this.#connection === null) throw new StoreError('STORE-006');
    return this.#connection;
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      const error = toStoreError(cause);
      if (error.code === 'STORE-009' && this.#connection !== null) this.#isDamaged = true;
      throw error;
    }
  }
}

/** Which file stands at the path; null for none, or for a journal in memory. */
function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}
