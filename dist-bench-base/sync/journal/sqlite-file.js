/**
 * One journal file, synchronously; it runs in the worker, and in-process in tests and the simulation. Everything it throws is a
 * StoreError. A file of ours that is damaged is set aside: when it is opened, or when any statement meets what does not read.
 */
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { dropBallast, layBallast } from './ballast.js';
import { endsEveryRows, furthest, nobody, noEnds, readBeside, writeBeside, } from './journal-identity.js';
import { createWhereNoneIs, replaceDamaged, seal, takeOver } from './sqlite-birth.js';
import { checkFile, finishCreation, makeSchema, migrate } from './sqlite-create.js';
import { toStoreError } from './sqlite-errors.js';
import { inspectHeader } from './sqlite-header.js';
import { insertBatch } from './sqlite-insert.js';
import { openDb } from './sqlite-open.js';
import { prepareAll, readEnds, readIdentity, readOpened, readPositions } from './sqlite-prepared.js';
import { entryFromColumns, positionToColumns } from './sqlite-rows.js';
import { Salvager } from './sqlite-salvage.js';
import { Tidier } from './sqlite-tidy.js';
import { StoreError, } from './store.js';
/** The write-ahead log goes into the file after so many pages, and is cut back to this afterwards. */
const checkpointPages = 1_000;
const walLimitBytes = 4 * 1024 * 1024;
/** Pieces of work that one append may need before it has room. */
const roomSteps = 8;
const memoryPath = ':memory:';
export class SqliteFile {
    path;
    owner;
    #connection = null;
    /** A statement met what does not read: the next open() sets the file aside. */
    #isDamaged = false;
    /** How far it has come, as far as this process has seen. */
    #ends = noEnds;
    #endsBeside = noEnds;
    #epoch = null;
    /**
     * @param path the journal file; its folder must exist. `:memory:` keeps it until close().
     * @param owner whose journal it is; one of another owner begins a new epoch.
     */
    constructor(path, owner = nobody) {
        this.path = path;
        this.owner = owner;
    }
    /** See Store.open; called while open, it lets go of the file first and looks at it anew. `wall`: null while the clock is not trusted. */
    open(newEpoch, wall = null) {
        return this.#guarded(() => {
            this.#letGo();
            const isFresh = this.path === memoryPath ? this.#makeInMemory(newEpoch) : this.#findOrMake(newEpoch, wall);
            const { sql, begun, epoch } = this.#opened();
            this.#isDamaged = false;
            this.#epoch = epoch;
            this.#ends = furthest(this.#ends, readEnds(sql));
            this.#endsBeside = this.#ends;
            return { ...readOpened(sql), begun, fresh: isFresh };
        });
    }
    /** See Store.append. An entry whose id is already in the file is not written twice: its stored place is returned. */
    append(batch) {
        return this.#guarded(() => {
            const { inode } = this.#opened();
            if (this.#isDamaged)
                throw new StoreError('STORE-009', 'met while it was read');
            // SQLite would go on writing into a file that has no name any more and is gone at the next start.
            if (inode !== inodeOf(this.path))
                throw new StoreError('STORE-005', 'the journal was removed or replaced');
            try {
                return this.#insert(batch);
            }
            catch (error) {
                if (toStoreError(error).code !== 'STORE-003' || !this.#makeRoomNow())
                    throw error;
                return this.#insert(batch);
            }
        });
    }
    readAfter(lane, after, limit) {
        return this.#guarded(() => {
            const { sql } = this.#readable(lane, after);
            return sql.readAfter.all(lane, after, limit).map(entryFromColumns);
        });
    }
    readTelemetryAfter(after, limit) {
        return this.#guarded(() => this.#readable('telemetry', after).sql.readPacksAfter.all(after, limit));
    }
    backlogAfter(lane, after) {
        return this.#guarded(() => {
            const { sql } = this.#opened();
            const found = lane === 'telemetry' ? sql.packBacklog.get({ after }) : sql.backlog.get({ lane, after });
            return found;
        });
    }
    placeAt(lane, position) {
        return this.#guarded(() => {
            const { sql } = this.#opened();
            const found = lane === 'telemetry' ? sql.packAt.get(position) : sql.entryAt.get(position, lane);
            return found ?? null;
        });
    }
    /** One piece of work. What a damaged file still has comes first. */
    tidy(order, isFirst = false) {
        return this.#guarded(() => {
            const { sql, tidier } = this.#opened();
            const positions = readPositions(sql);
            tidier.obey(order, positions);
            if (isFirst)
                tidier.beginRound(positions);
            if (this.path !== memoryPath)
                layBallast(this.path);
            const salvaged = this.#salvage();
            const hasMore = this.#opened().salvager !== null || tidier.step();
            const bytes = tidier.fileBytes + (statSync(`${this.path}-wal`, { throwIfNoEntry: false })?.size ?? 0);
            return { hasMore, bytes, droppedUntold: tidier.takeDropped(), ...(salvaged === null ? {} : { salvaged }) };
        });
    }
    savePositions(rows) {
        this.#guarded(() => {
            const { db, sql } = this.#opened();
            db.transaction(() => {
                for (const row of rows)
                    sql.savePosition.run(positionToColumns(row));
            })();
        });
    }
    /** Somebody else found out (the full check): the file is set aside as if a statement had met it. */
    markDamaged() {
        this.#isDamaged = true;
    }
    close() {
        const connection = this.#connection;
        if (connection !== null &&
            !this.#isDamaged &&
            connection.inode === inodeOf(this.path) &&
            this.path !== memoryPath) {
            try {
                seal(connection.db, connection.sql, this.path, connection.token);
            }
            catch {
                // A disk that takes nothing more: the token of the opening stands.
            }
        }
        this.#letGo();
        if (this.path !== memoryPath)
            return;
        this.#ends = noEnds;
        this.#epoch = null;
    }
    #letGo() {
        this.#connection?.salvager?.close();
        this.#connection?.db.close();
        this.#connection = null;
    }
    #makeInMemory(newEpoch) {
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
    #findOrMake(newEpoch, wall) {
        const beside = readBeside(this.path);
        const { path, owner } = this;
        const known = { path, owner, newEpoch, beside, ends: this.#ends, epoch: this.#epoch, wall };
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
            }
            catch (error) {
                if (toStoreError(error).code !== 'STORE-009')
                    throw error;
                this.#letGo();
            }
        }
        this.#replace(known);
        this.#take({ ...known, beside: readBeside(path) });
        return true;
    }
    #replace(known) {
        try {
            replaceDamaged(known);
        }
        catch (error) {
            if (toStoreError(error).code !== 'STORE-003' || !dropBallast(this.path))
                throw error;
            replaceDamaged(known);
        }
    }
    #take(known) {
        const db = openDb(this.path);
        try {
            // Reopening a WAL file falls back to NORMAL, which lost 439 to 682 rows per power cut: set on every open.
            const pragmas = ['journal_mode=WAL', 'synchronous=FULL', `journal_size_limit=${walLimitBytes}`];
            for (const pragma of [...pragmas, `wal_autocheckpoint=${checkpointPages}`])
                db.exec(`PRAGMA ${pragma}`);
            migrate(db);
            const sql = prepareAll(db);
            takeOver(db, sql, known);
            this.#connect(db, sql, known.newEpoch);
        }
        catch (error) {
            this.#connection = null;
            db.close();
            throw error;
        }
    }
    #connect(db, sql, token) {
        const { begun = null, salvage = null } = readIdentity(sql);
        const opened = readOpened(sql);
        this.#connection = {
            ...{ db, sql, token, epoch: opened.epoch },
            inode: inodeOf(this.path),
            tidier: new Tidier(db, walLimitBytes),
            begun: begun === null ? null : JSON.parse(begun),
            salvager: salvage === null ? null : this.#salvagerOf(db, JSON.parse(salvage)),
        };
    }
    #insert(batch) {
        const { db, sql, tidier } = this.#opened();
        const stored = db.transaction(() => {
            tidier.makeRoomFor(batch.entries.length + (batch.telemetry?.length ?? 0));
            if (this.#opened().begun !== null && batch.entries.length > 0)
                sql.forgetIdentity.run('begun');
            return insertBatch(sql, batch);
        })();
        if (batch.entries.length > 0)
            this.#opened().begun = null;
        this.#noteEnds({ entries: stored.at(-1)?.position ?? 0, packs: this.#ends.packs + (batch.telemetry?.length ?? 0) });
        return stored;
    }
    #noteEnds(ends) {
        this.#ends = furthest(this.#ends, ends);
        const { entries, packs } = this.#endsBeside;
        const isFar = this.#ends.entries - entries >= endsEveryRows || this.#ends.packs - packs >= endsEveryRows;
        const { token, inode, epoch } = this.#opened();
        if (!isFar || inode === null)
            return;
        this.#endsBeside = this.#ends;
        writeBeside(this.path, { token, inode, epoch, ends: this.#ends });
    }
    /** After "full": the file's own limit gives way to rows that go, a full disk to the ballast. False when there is neither. */
    #makeRoomNow() {
        const { db, sql, tidier } = this.#opened();
        if (tidier.isTight) {
            tidier.beginRound(readPositions(sql));
            for (let n = 0; n < roomSteps && tidier.step(); n++)
                ;
            if (!tidier.isTight)
                return true;
        }
        if (this.path === memoryPath || !dropBallast(this.path))
            return false;
        db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        return true;
    }
    /** One piece of salvage; what it came to once it is over. */
    #salvage() {
        const connection = this.#opened();
        const { salvager } = connection;
        if (salvager === null)
            return null;
        try {
            salvager.step();
        }
        catch (error) {
            if (toStoreError(error).code !== 'STORE-003')
                throw error;
            salvager.giveUp();
        }
        if (!salvager.isDone)
            return null;
        connection.salvager = null;
        const { entries, packs, lost, file } = salvager.plan;
        return { entries, packs, lost, file };
    }
    #salvagerOf(db, plan) {
        try {
            return new Salvager(db, dirname(this.path), plan);
        }
        catch {
            // Nothing of it can be read, or somebody took it away.
            return null;
        }
    }
    /** Nobody may read past rows that are still to come: they would never be told. */
    #readable(lane, after) {
        const connection = this.#opened();
        if (connection.salvager?.isMissing(lane, after) === true) {
            throw new StoreError('STORE-006', 'rows of the damaged journal are still being taken over');
        }
        return connection;
    }
    #opened() {
        if (this.#connection === null)
            throw new StoreError('STORE-006');
        return this.#connection;
    }
    #guarded(work) {
        try {
            return work();
        }
        catch (cause) {
            const error = toStoreError(cause);
            if (error.code === 'STORE-009' && this.#connection !== null)
                this.#isDamaged = true;
            throw error;
        }
    }
}
/** Which file stands at the path; null for none, or for a journal in memory. */
function inodeOf(path) {
    return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}
