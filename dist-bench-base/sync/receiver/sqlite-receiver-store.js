/** A receiver's store in one SQLite file, synchronously: a receiver has no siren that could wait for its disk. */
import { quoteOutside } from '../../config/problem.js';
import { codeOf } from '../journal/sqlite-errors.js';
import { keep as keepForLife } from '../journal/sqlite-keep.js';
import Database from '../sqlite.js';
import { emptyChain } from './chain.js';
import { ReceiverError, } from './receiver-store.js';
import { applicationId, createSchema, schemaVersion, statements } from './sqlite-schema.js';
/** How long to wait for another process to let go of the file. */
const busyTimeoutMs = 250;
const walLimitBytes = 16 * 1024 * 1024;
/** Of a message that is not ours. */
const invalidMaxBytes = 16 * 1024;
/** Sites and chains whose numbers are remembered; beyond it they are looked up again. */
const rememberedMax = 20_000;
export class SqliteReceiverStore {
    path;
    newName;
    #db = null;
    #sql = null;
    #sites = new Map();
    #chains = new Map();
    /** @param path its folder must exist; `:memory:` keeps it until close(). @param newName a random name for a new store. */
    constructor(path, newName) {
        this.path = path;
        this.newName = newName;
    }
    open() {
        return this.#guarded(() => {
            const db = keepForLife(new Database(this.path, { timeout: busyTimeoutMs }));
            try {
                // Held from the first statement to close(): two receivers would each hand on everything.
                db.exec('PRAGMA locking_mode=EXCLUSIVE');
                if (isNew(db))
                    makeSchema(db, this.newName);
                for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', `journal_size_limit=${walLimitBytes}`]) {
                    db.exec(`PRAGMA ${pragma}`);
                }
                db.exec('BEGIN EXCLUSIVE; COMMIT');
                const prepared = Object.entries(statements).map(([name, sql]) => [name, keepForLife(db.prepare(sql))]);
                this.#sql = Object.fromEntries(prepared);
                this.#db = db;
                return this.#opened(this.#sql);
            }
            catch (error) {
                db.close();
                this.#db = null;
                throw error;
            }
        });
    }
    keep(batch) {
        return this.#transaction((sql) => {
            const again = [];
            const newChains = [];
            let added = 0;
            for (const row of batch.rows) {
                const site = this.#siteOf(sql, row);
                if (row.uplink !== null)
                    saveUplink(sql, site, row.uplink);
                if (site.joined === null)
                    saveJoined(sql, site, batch.joins ? row.epoch : '');
                const chain = row.place === null ? null : this.#chainOf(sql, site, row, row.place, newChains);
                const found = addRow(sql, row, site.site, chain, batch.wall);
                if (found === null)
                    added += 1;
                else if (row.place !== null && chain !== null)
                    again.push({ ...row.place, chain: chain.chain, number: found });
                if (found === null && row.correction !== null)
                    added += correct(sql, site.site, row.correction, batch.wall);
            }
            for (const named of batch.uplinks)
                saveUplink(sql, this.#siteOf(sql, named), named.uplink);
            for (const { topic, why, bytes } of batch.invalid) {
                sql.addInvalid.run(batch.wall, topic.slice(0, 200), why, Buffer.from(bytes.subarray(0, invalidMaxBytes)));
            }
            if (batch.invalid.length > 0)
                sql.trimInvalid.run();
            return { added, again, newChains };
        });
    }
    readAfter(number, limit) {
        return this.#guarded(() => this.#open().all('after', number, limit).map(rowFromColumns));
    }
    settle(handed, chains) {
        return this.#transaction((sql) => {
            sql.saveState.run('handed', handed);
            for (const { chain, state } of chains) {
                const islands = state.islands.map(({ after, upTo, position }) => [after, upTo, position]);
                sql.saveChain.run(state.head, state.position, JSON.stringify(islands), chain);
            }
        });
    }
    forget(beforeWall, limit) {
        return this.#transaction((sql) => {
            const handed = Number(pluck(sql.state.get('handed'), 'value'));
            const old = sql.old.all({ handed, before: beforeWall, limit });
            for (const { number, chain, sequence } of old) {
                sql.forget.run(number);
                if (chain !== null && sequence !== null)
                    sql.forgotten.run(sequence, chain);
            }
            this.#chains.clear();
            return old.length;
        });
    }
    async close() {
        this.#db?.close();
        this.#db = null;
        this.#sql = null;
        this.#sites.clear();
        this.#chains.clear();
    }
    #opened(sql) {
        return {
            receiver: String(pluck(sql.state.get('receiver'), 'value')),
            handed: Number(pluck(sql.state.get('handed'), 'value')),
            chains: sql.chains.all().map(chainFromColumns),
            uplinks: sql.uplinks.all(),
        };
    }
    #siteOf(sql, { district, site }) {
        const name = `${district}/${site}`;
        const known = this.#sites.get(name) ?? sql.site.get(district, site);
        const key = known ?? {
            site: Number(sql.addSite.run(district, site).lastInsertRowid),
            joined: null,
            uplink: null,
        };
        remember(this.#sites, name, key);
        return key;
    }
    #chainOf(sql, site, row, place, newChains) {
        const name = `${site.site}/${row.epoch}/${place.lane}`;
        const known = this.#chains.get(name) ?? sql.chain.get(site.site, row.epoch, place.lane);
        if (known !== undefined) {
            remember(this.#chains, name, known);
            return known;
        }
        const head = site.joined === row.epoch ? place.previous : 0;
        const chain = Number(sql.addChain.run(site.site, row.epoch, place.lane, head).lastInsertRowid);
        const { district, site: siteName, epoch } = row;
        newChains.push({ chain, district, site: siteName, epoch, lane: place.lane, state: emptyChain(head) });
        const key = { chain, forgotten: 0 };
        remember(this.#chains, name, key);
        return key;
    }
    #open() {
        const sql = this.#sql;
        if (sql === null)
            throw new ReceiverError('RECEIVER-006');
        return { all: (name, ...values) => sql[name].all(...values) };
    }
    #transaction(work) {
        return this.#guarded(() => {
            const db = this.#db;
            const sql = this.#sql;
            if (db === null || sql === null)
                throw new ReceiverError('RECEIVER-006');
            try {
                return db.transaction(() => work(sql))();
            }
            catch (error) {
                // What was remembered may have been rolled back.
                this.#sites.clear();
                this.#chains.clear();
                throw error;
            }
        });
    }
    async #guarded(work) {
        try {
            return work();
        }
        catch (cause) {
            throw toReceiverError(cause);
        }
    }
}
/** Null: it is new and written (as itself, or as the news that it is durable). Else the number of what is here. */
function addRow(sql, row, site, chain, wall) {
    const { epoch, id, what, place, boot, mono, doubtfulWall, body } = row;
    const known = sql.row.get(site, epoch, id, what);
    const isUpgrade = known !== undefined && known.sequence === null && place !== null;
    if (known !== undefined && !isUpgrade)
        return known.number;
    if (isUpgrade) {
        const upgraded = sql.row.get(site, epoch, id, 'durable');
        if (upgraded !== undefined)
            return upgraded.number;
    }
    else if (place !== null && chain !== null && place.sequence <= chain.forgotten)
        return 0;
    const correctedWall = isUpgrade ? null : correctedWallOf(sql, site, row);
    sql.addRow.run({
        ...{ what: isUpgrade ? 'durable' : what, site, epoch, id, received: wall },
        ...{ chain: chain?.chain ?? null, sequence: place?.sequence ?? null },
        ...{ previous: place?.previous ?? null, position: place?.position ?? null },
        ...(isUpgrade
            ? { boot: null, mono: null, doubtfulWall: null, correctedWall: null, body: '' }
            : { boot, mono, doubtfulWall, correctedWall, body }),
    });
    return null;
}
function correctedWallOf(sql, site, { boot, mono, doubtfulWall }) {
    if (boot === null || mono === null || doubtfulWall === null)
        return null;
    const found = sql.correction.get(site, boot, mono);
    return found === undefined ? null : doubtfulWall + found.correction_ms;
}
/** How many events have got a better time by it. */
function correct(sql, site, { boot, untilMono, correctionMs }, wall) {
    sql.addCorrection.run(site, boot, untilMono, correctionMs);
    return sql.addTimes.run({ site, boot, untilMono, correctionMs, received: wall }).changes;
}
function saveUplink(sql, site, uplink) {
    if (site.uplink === uplink)
        return;
    site.uplink = uplink;
    sql.saveUplink.run(uplink, site.site);
}
function saveJoined(sql, site, joined) {
    site.joined = joined;
    sql.saveJoined.run(joined, site.site);
}
function remember(map, name, value) {
    if (map.size >= rememberedMax)
        map.clear();
    map.set(name, value);
}
/** True for an empty file. Throws for a file that is not ours. */
function isNew(db) {
    const read = (pragma) => Number(keepForLife(db.prepare(`PRAGMA ${pragma}`))
        .pluck()
        .get());
    const version = read('user_version');
    const owner = read('application_id');
    const tables = Number(keepForLife(db.prepare('SELECT count(*) FROM sqlite_schema')).pluck().get());
    if (owner === 0 && version === 0 && tables === 0)
        return true;
    if (owner !== applicationId)
        throw new ReceiverError('RECEIVER-001');
    if (version > schemaVersion)
        throw new ReceiverError('RECEIVER-002', `version ${version}`);
    return false;
}
function makeSchema(db, name) {
    db.exec('PRAGMA auto_vacuum=INCREMENTAL; PRAGMA synchronous=FULL');
    db.transaction(() => {
        db.exec(`PRAGMA application_id=${applicationId}; PRAGMA user_version=${schemaVersion}`);
        db.exec(createSchema);
        const save = keepForLife(db.prepare(statements.saveState));
        save.run('receiver', name);
        save.run('handed', 0);
    })();
}
function chainFromColumns(columns) {
    const { chain, district, name, epoch, lane, head, position, islands } = columns;
    const list = JSON.parse(islands);
    const state = { head, position, islands: list.map(([after, upTo, at]) => ({ after, upTo, position: at })) };
    return { chain, district, site: name, epoch, lane, state };
}
function rowFromColumns(columns) {
    const row = columns;
    const { number, what, district, name, epoch, id, chain, sequence, previous, position, body } = row;
    const isPlaced = chain !== null && sequence !== null && previous !== null && position !== null;
    const place = isPlaced ? { chain, sequence, previous, position } : null;
    return { number, what, district, site: name, epoch, id, place, correctedWall: row.corrected_wall, body };
}
function pluck(row, name) {
    return row?.[name];
}
function toReceiverError(cause) {
    if (cause instanceof ReceiverError)
        return cause;
    const code = codeOf(cause);
    const got = quoteOutside(code === '' && cause instanceof Error ? cause.message : code);
    if (code.startsWith('SQLITE_BUSY'))
        return new ReceiverError('RECEIVER-003', got, cause);
    if (code.startsWith('SQLITE_NOTADB'))
        return new ReceiverError('RECEIVER-001', got, cause);
    return new ReceiverError('RECEIVER-004', got, cause);
}
