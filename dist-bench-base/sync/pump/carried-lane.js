import { LaneRows } from './lane-rows.js';
import { Unkept } from './unkept.js';
/** Nobody announces packs one by one: what lies behind those in memory is counted again, at most this often. */
const packsCountEveryMs = 60_000;
/** One lane of one uplink: its rows in memory, how many more there are, and how far it is carried and kept. */
export class CarriedLane {
    options;
    rows;
    unkept = new Unkept();
    #uplink;
    #kept;
    #wall;
    #mayHaveMore = true;
    #isReading = false;
    /** Rows behind what was read, as far as they are known. */
    #unread = 0;
    /** Of this start: rows up to here were announced, and are in `#unread` unless they were read before. */
    #announcedUpTo = 0;
    #isCounting = false;
    #countedMono = null;
    #readSinceAsked = 0;
    constructor(options) {
        this.options = options;
        const { row, random } = options;
        this.rows = new LaneRows(row.position, row.told, random);
        this.#uplink = row.uplink;
        this.#kept = Math.min(row.kept, row.position);
        this.#wall = row.wall;
    }
    get name() {
        return this.options.source.lane;
    }
    /** Everything up to here is carried. */
    get position() {
        return this.rows.position;
    }
    /** Everything up to here is kept by the district. */
    get kept() {
        return this.#kept;
    }
    /** Rows that are not carried: exact as soon as the lane was read to its end once, before that with rows that are nothing
     * for this centre. */
    get queued() {
        return this.rows.count + this.#unread;
    }
    /** As it is to be saved. */
    toPositionRow() {
        const { position, told } = this.rows;
        return { uplink: this.#uplink, lane: this.name, position, kept: this.#kept, told, wall: this.#wall };
    }
    /**
     * These rows of the lane, rising, have just become durable; null: perhaps some have. Where everything before them was read they are
     * taken as they are, without asking the disk; returned is what was taken.
     */
    wake(written, nowMono) {
        const { source } = this.options;
        const isAtEnd = !this.#mayHaveMore && !this.#isReading && this.rows.readyCount < source.pageMax / 2;
        const rows = (written ?? []).filter(({ position }) => position > this.rows.readUpTo);
        for (const { position } of rows)
            if (position > this.#announcedUpTo)
                this.#unread += 1;
        this.#announcedUpTo = Math.max(this.#announcedUpTo, written?.at(-1)?.position ?? 0);
        if (written === null)
            this.#mayHaveMore = true;
        else if (rows.length > 0) {
            if (isAtEnd) {
                const page = { ...source.pageOf(rows), isFull: false };
                this.#take(this.rows.readUpTo, page, nowMono);
                return page;
            }
            this.#mayHaveMore = true;
        }
        const isOfPacks = this.name === 'telemetry' && this.#countedMono !== null && this.#unread > 0;
        if (isOfPacks && nowMono - (this.#countedMono ?? 0) >= packsCountEveryMs)
            this.#countRest(nowMono);
        return null;
    }
    /** The row is confirmed at this moment; null: it is passed over. */
    finish(row, now) {
        if (this.rows.finish(row))
            this.#mayHaveMore = true;
        if (now === null)
            return;
        if (now.trust !== 'untrusted')
            this.#wall = now.wall;
        if (this.options.wantsReceipts)
            this.unkept.carried(row.item.place.position);
    }
    /** Of a start before this one: rows that were carried and not kept. */
    recallUnkept(rows) {
        const { position } = this.options.row;
        if (this.#kept < position)
            this.unkept.recall(position, rows);
    }
    /** Never back. */
    keepUpTo(position) {
        this.#kept = Math.max(this.#kept, position);
        this.unkept.keptUpTo(this.#kept);
    }
    /** There is something to read, and room for it; it is being read from now on. Rejects as the journal does. */
    read(nowMono) {
        const { source } = this.options;
        if (this.#isReading || !this.#mayHaveMore || this.rows.readyCount >= source.pageMax / 2)
            return null;
        this.#isReading = true;
        this.#mayHaveMore = false;
        const after = this.rows.readUpTo;
        return source.read(after).then((page) => {
            this.#isReading = false;
            this.#take(after, page, nowMono);
            return page;
        }, (cause) => {
            this.#isReading = false;
            this.#mayHaveMore = true;
            throw cause;
        });
    }
    #take(after, { rows, items, isFull }, nowMono) {
        const through = rows.at(-1)?.position ?? after;
        if (!this.rows.add(after, items, through)) {
            this.#mayHaveMore = true;
            return;
        }
        if (this.#isCounting)
            this.#readSinceAsked += rows.length;
        for (const { boot, position } of rows) {
            const isCounted = boot !== this.options.boot || position <= this.#announcedUpTo;
            if (isCounted && this.#unread > 0)
                this.#unread -= 1;
        }
        if (isFull) {
            this.#mayHaveMore = true;
            if (this.#countedMono === null)
                this.#countRest(nowMono);
        }
        else if (!this.#mayHaveMore)
            this.#unread = 0;
    }
    #countRest(nowMono) {
        if (this.#isCounting)
            return;
        this.#isCounting = true;
        this.#readSinceAsked = 0;
        this.options.countAfter(this.rows.readUpTo).then((rows) => {
            this.#isCounting = false;
            this.#countedMono = nowMono;
            this.#unread = Math.max(0, rows - this.#readSinceAsked);
        }, () => {
            this.#isCounting = false;
        });
    }
}
