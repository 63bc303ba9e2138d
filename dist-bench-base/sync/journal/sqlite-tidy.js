import { addDropped, commandsBefore, freedLanes, noneDropped, olderThan, pageLimits, untoldOrder, } from './retention.js';
import { numberOf, prepare } from './sqlite-open.js';
/** Rows looked at in one piece of work, and rows removed: about 20 ms (measured on x86-64). */
const windowRows = 2_000;
const removedMax = 500;
/** For each new row two old ones go while there is no room; a few more, so that a page becomes empty. */
const roomPerRow = 2;
const roomRows = 20;
/** No more goes than has to: so many rows are about two pages. */
const lookAgainRows = 8;
/** Pages given back to the disk at a time, and how many free ones are kept for what comes: at least a MB. */
const vacuumPages = 200;
const sparePagesMin = 256;
const spareShare = 0.1;
const texts = {
    // Oldest first; rows in between that a wrong clock stamped too young end it only when they fill a whole window.
    agedEntries: `DELETE FROM entries WHERE position IN (SELECT position FROM
    (SELECT position, wall FROM entries WHERE lane = @lane ORDER BY position LIMIT @removedMax)
    WHERE position <= @upTo AND wall < @beforeWall)`,
    agedPacks: `DELETE FROM telemetry WHERE position IN (SELECT position FROM
    (SELECT position, wall FROM telemetry ORDER BY position LIMIT @removedMax) WHERE position <= @upTo AND wall < @beforeWall)`,
    oldCommands: 'DELETE FROM commands WHERE expires_wall < ?',
    oldestPacks: 'SELECT position, wall FROM telemetry ORDER BY position LIMIT ?',
    removePacks: 'DELETE FROM telemetry WHERE position <= ?',
    window: 'SELECT position, lane, class, wall FROM entries WHERE position > ? ORDER BY position LIMIT ?',
    removeEntry: 'DELETE FROM entries WHERE position = ?',
    pages: 'PRAGMA page_count',
    freePages: 'PRAGMA freelist_count',
    pageBytes: 'PRAGMA page_size',
};
/** What goes in this order while the file is too full: entries that everybody has, then untold ones by class. */
const turns = [null, ...untoldOrder];
export class Tidier {
    db;
    logBytes;
    #sql;
    #pageBytes;
    #order = null;
    #limits = { hard: Number.MAX_SAFE_INTEGER, ordinary: Number.MAX_SAFE_INTEGER };
    #freed = null;
    /** Of each turn, up to where it has looked. Whatever comes later stands behind. */
    #looked = turns.map(() => 0);
    #dropped = noneDropped;
    constructor(db, 
    /** What the write-ahead log may take of the room. */
    logBytes) {
        this.db = db;
        this.logBytes = logBytes;
        const prepared = Object.entries(texts).map(([name, text]) => [name, prepare(db, text)]);
        this.#sql = Object.fromEntries(prepared);
        for (const name of ['pages', 'freePages', 'pageBytes'])
            this.#sql[name].pluck();
        this.#pageBytes = numberOf(this.#sql.pageBytes);
    }
    get fileBytes() {
        return numberOf(this.#sql.pages) * this.#pageBytes;
    }
    /** So full that old rows have to give way to new ones. */
    get isTight() {
        return numberOf(this.#sql.pages) - numberOf(this.#sql.freePages) > this.#limits.ordinary;
    }
    /** From now on by this order. */
    obey(order, positions) {
        if (order.maxBytes !== this.#order?.maxBytes) {
            this.#limits = pageLimits(order.maxBytes, this.#pageBytes, this.logBytes);
            // A file that is larger already only can not grow.
            this.db.exec(`PRAGMA max_page_count=${this.#limits.hard}`);
            // A small journal has a small log.
            const logBytes = Math.floor(Math.min(this.logBytes, order.maxBytes / 4));
            this.db.exec(`PRAGMA journal_size_limit=${logBytes}`);
            this.db.exec(`PRAGMA wal_autocheckpoint=${Math.floor(logBytes / this.#pageBytes)}`);
        }
        this.#order = order;
        this.#freed = freedLanes(order, positions);
    }
    /** Rows that everybody has have become more since they were looked at. */
    beginRound(positions) {
        this.#looked[0] = 0;
        if (this.#order !== null)
            this.#freed = freedLanes(this.#order, positions);
    }
    /** One piece of work; whether there is more. Only after obey(). */
    step() {
        const didRemove = this.db.transaction(() => {
            const aged = this.#removeAged();
            return this.isTight && this.#removeForRoom(removedMax) ? true : aged;
        })();
        return this.#giveBack() || didRemove;
    }
    /** Inside the transaction that brings them: the last tenth of the file is not for them. */
    makeRoomFor(rows) {
        if (this.#order !== null && this.isTight)
            this.#removeForRoom(rows * roomPerRow + roomRows);
    }
    /** What went untold since the last time this was asked. */
    takeDropped() {
        const dropped = this.#dropped;
        this.#dropped = noneDropped;
        return dropped;
    }
    #removeAged() {
        const { wall, keepMs, telemetryKeepMs } = this.#order ?? { wall: null, keepMs: 0, telemetryKeepMs: 0 };
        const before = commandsBefore(wall);
        if (before === null || this.#freed === null)
            return false;
        this.#sql.oldCommands.run(before);
        let removed = 0;
        for (const lane of ['fire', 'journal', 'local']) {
            removed += this.#sql.agedEntries.run({ lane, removedMax, ...olderThan(this.#freed[lane], wall, keepMs) }).changes;
        }
        const packs = olderThan(this.#freed.telemetry, wall, telemetryKeepMs);
        removed += this.#sql.agedPacks.run({ removedMax, ...packs }).changes;
        return removed > 0;
    }
    /** False when there is nothing left that may go. */
    #removeForRoom(most) {
        for (let left = most; this.isTight; left -= lookAgainRows) {
            if (left <= 0)
                return true;
            if (!this.#removePacks(lookAgainRows))
                break;
        }
        if (!this.isTight)
            return true;
        return turns.some((classes, turn) => this.#look(turn, classes, most));
    }
    #removePacks(most) {
        const packs = this.#sql.oldestPacks.all(most);
        const last = packs.at(-1);
        if (last === undefined)
            return false;
        this.#sql.removePacks.run(last.position);
        const untold = packs.filter((pack) => !this.#isFreed({ ...pack, lane: 'telemetry' }));
        this.#dropped = addDropped(this.#dropped, { telemetry: untold.length });
        return true;
    }
    /** One window of one turn. True when something was found, or more stands behind. */
    #look(turn, classes, most) {
        const rows = this.#sql.window.all(this.#looked[turn], windowRows);
        let removed = 0;
        for (const row of rows) {
            if (removed >= most || (removed % lookAgainRows === lookAgainRows - 1 && !this.isTight))
                return true;
            this.#looked[turn] = row.position;
            const name = row.class ?? 'none';
            const isFreed = this.#isFreed(row);
            const mayGo = classes === null ? isFreed : !isFreed && row.lane === 'journal' && classes.includes(name);
            if (!mayGo)
                continue;
            this.#sql.removeEntry.run(row.position);
            removed += 1;
            if (!isFreed)
                this.#dropped = addDropped(this.#dropped, { [name]: 1 });
        }
        return removed > 0 || rows.length === windowRows;
    }
    #isFreed({ lane, position, wall }) {
        const freed = this.#freed?.[lane];
        return freed !== undefined && position <= freed.upTo && wall < freed.beforeWall;
    }
    #giveBack() {
        const spare = Math.max(sparePagesMin, numberOf(this.#sql.pages) * spareShare);
        const free = numberOf(this.#sql.freePages);
        if (free <= spare)
            return false;
        this.db.exec(`PRAGMA incremental_vacuum(${vacuumPages})`);
        const left = numberOf(this.#sql.freePages);
        return left < free && left > spare;
    }
}
