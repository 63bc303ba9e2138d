import type { BootId, UplinkId } from '../../config/ids.js';
import type { Entry, StoredEntry } from '../journal/entry.js';
import type { PositionRow } from '../journal/store.js';
import type { AgeNow } from './age.js';
import { isNewFire } from './carriable.js';
import { LaneRows } from './lane-rows.js';
import type { CarriedLaneName, LanePage, LaneSource } from './lane-source.js';
import type { Row } from './row.js';
import { Unkept } from './unkept.js';

/** Nobody announces packs one by one: what lies behind those in memory is counted again, at most this often. */
const packsCountEveryMs = 60_000;
/** A fire behind more rows than this, all of them still on the disk, does not wait for them. */
const overtakenMin = 20;

export interface CarriedLaneOptions {
  readonly source: LaneSource;
  readonly boot: BootId;
  readonly row: PositionRow;
  readonly random: () => number;
  readonly wantsReceipts: boolean;
  /** Rows of the lane after a position; asked only when there is more than a page. */
  readonly countAfter: (position: number) => Promise<number>;
}

/** One lane of one uplink: its rows in memory, how many more there are, and how far it is carried and kept. */
export class CarriedLane {
  readonly rows: LaneRows;
  readonly unkept = new Unkept();
  /** What starts before this one have left unkept is known. */
  isRecalled = false;
  readonly #uplink: UplinkId;
  #kept: number;
  #wall: number;
  #mayHaveMore = true;
  #isReading = false;
  /** Rows behind what was read, as far as they are known. */
  #unread = 0;
  /** It is as many; else at least as many. */
  #isUnreadKnown = false;
  /** Of this start: rows up to here were announced, and are in `#unread` unless they were read before. */
  #announcedUpTo = 0;
  /** The count under way. */
  #counting: object | null = null;
  #countedMono: number | null = null;
  #readSinceAsked = 0;
  /** The furthest row that was carried, and up to where those are counted in `unkept` although they go again. */
  #carriedUpTo: number;
  #countedUpTo = 0;
  /** Of `rows.moved`, what a position says that is durable. */
  #savedRows = 0;

  constructor(private readonly options: CarriedLaneOptions) {
    const { row, random } = options;
    this.rows = new LaneRows(row.position, row.told, random);
    this.#uplink = row.uplink;
    this.#kept = Math.min(row.kept, row.position);
    this.#wall = row.wall;
    this.#carriedUpTo = row.position;
  }

  get name(): CarriedLaneName {
    return this.options.source.lane;
  }

  /** Everything up to here is carried. */
  get position(): number {
    return this.rows.position;
  }

  /** Everything up to here is kept by the district. */
  get kept(): number {
    return this.#kept;
  }

  /** Rows that are not carried: exact as soon as the lane was read to its end once, before that with rows that are nothing
   * for this centre. */
  get queued(): number {
    return this.rows.count + this.#unread;
  }

  /** Confirmed rows that no saved position covers: after a crash they are told again. Those ahead of the position
   * (`rows.ahead`) come on top. */
  get unsaved(): number {
    return this.rows.moved - this.#savedRows;
  }

  get moved(): number {
    return this.rows.moved;
  }

  /** A position is durable that was asked for when so many rows had been moved over. */
  saved(moved: number): void {
    this.#savedRows = moved;
  }

  /** As it is to be saved. Rows that are nothing for this centre wait for no receipt: behind all that it has kept they are let go of. */
  toPositionRow(): PositionRow {
    const { position, told } = this.rows;
    const owesNone = this.options.wantsReceipts && this.isRecalled && this.unkept.rows === 0;
    const kept = owesNone ? Math.max(position, this.#kept) : this.#kept;
    return { uplink: this.#uplink, lane: this.name, position, kept, told, wall: this.#wall };
  }

  /**
   * These rows of the lane, rising, have just become durable; null: perhaps some have. Where everything before them was read they are
   * taken as they are, without asking the disk; returned is what was taken.
   */
  wake(written: readonly StoredEntry[] | null, nowMono: number): LanePage | null {
    const { source } = this.options;
    const isAtEnd = !this.#mayHaveMore && !this.#isReading && this.rows.readyCount < source.pageMax / 2;
    const rows = (written ?? []).filter(({ position }) => position > this.rows.readUpTo);
    for (const { position } of rows) if (position > this.#announcedUpTo) this.#unread += 1;
    this.#announcedUpTo = Math.max(this.#announcedUpTo, written?.at(-1)?.position ?? 0);
    if (written === null) this.#mayHaveMore = true;
    else if (rows.length > 0) {
      if (isAtEnd) {
        const page = { ...source.pageOf(rows), isFull: false };
        this.#take(this.rows.readUpTo, page, nowMono);
        return page;
      }
      this.#mayHaveMore = true;
    }
    const isOfPacks = this.name === 'telemetry' && this.#countedMono !== null && this.#unread > 0;
    if (isOfPacks && nowMono - (this.#countedMono ?? 0) >= packsCountEveryMs) this.#countRest(nowMono);
    return null;
  }

  /**
   * Of these rows, which have just become durable, the new fires that a backlog of their own lane would keep waiting: told as from memory
   * before it, and again in their turn. While the link is down, all that were not read: they are what it hurries for.
   */
  overtaking(written: readonly StoredEntry[], isUp: boolean): readonly Entry[] {
    if (this.name !== 'fire') return [];
    const { readUpTo } = this.rows;
    const isFar = ({ position }: StoredEntry): boolean =>
      !isUp || (this.#isUnreadKnown ? this.#unread : position - readUpTo) > overtakenMin;
    const fires = written.filter((row) => isNewFire(row) && row.position > readUpTo && isFar(row));
    return fires.map(({ position: _, sequence: _none, ...entry }) => entry);
  }

  /** The row is confirmed at this moment; null: it is passed over. */
  finish(row: Row, now: AgeNow | null): void {
    const { position } = row.item.place;
    const goesAgain = !row.isIn;
    if (this.rows.finish(row)) {
      this.#haveGoneBack();
      this.#countRest(now?.mono ?? 0);
    }
    if (now === null) return;
    if (now.trust !== 'untrusted') this.#wall = now.wall;
    if (goesAgain || !this.options.wantsReceipts) return;
    this.#carriedUpTo = Math.max(this.#carriedUpTo, position);
    if (position > this.#countedUpTo) this.unkept.carried(position);
  }

  /** What is not kept is read and sent again. Rejects as the journal does. */
  async goBackToKept(): Promise<void> {
    const kept = this.#kept;
    // A row that is gone, or nothing for this centre, can not be named as a predecessor: then none is.
    const place = kept === 0 ? undefined : (await this.options.source.read(kept - 1)).items[0]?.place;
    if (this.#kept !== kept || kept >= this.rows.position) return;
    const isThere = place !== undefined && place.position === kept;
    this.rows.goBackTo(kept, isThere ? { epoch: place.epoch, sequence: place.sequence } : null);
    this.#countedUpTo = this.#carriedUpTo;
    this.#unread = 0;
    this.#haveGoneBack();
  }

  /** Rows behind `readUpTo` that were read before are unread again: a count from before that is worth nothing. */
  #haveGoneBack(): void {
    this.#mayHaveMore = true;
    this.#isUnreadKnown = false;
    this.#countedMono = null;
    this.#counting = null;
  }

  /** Of a start before this one: rows that were carried and not kept. */
  recallUnkept(rows: number): void {
    const { position } = this.options.row;
    if (this.#kept < position) this.unkept.recall(position, rows);
  }

  /** Never back. */
  keepUpTo(position: number): void {
    this.#kept = Math.max(this.#kept, position);
    this.unkept.keptUpTo(this.#kept);
  }

  /** There is something to read, and room for it; it is being read from now on. Rejects as the journal does. */
  read(nowMono: number): Promise<LanePage> | null {
    const { source } = this.options;
    if (this.#isReading || !this.#mayHaveMore || this.rows.readyCount >= source.pageMax / 2) return null;
    this.#isReading = true;
    this.#mayHaveMore = false;
    const after = this.rows.readUpTo;
    return source.read(after).then(
      (page) => {
        this.#isReading = false;
        this.#take(after, page, nowMono);
        return page;
      },
      (cause: unknown) => {
        this.#isReading = false;
        this.#mayHaveMore = true;
        throw cause;
      },
    );
  }

  #take(after: number, { rows, items, isFull }: LanePage, nowMono: number): void {
    const through = rows.at(-1)?.position ?? after;
    if (!this.rows.add(after, items, through)) {
      this.#mayHaveMore = true;
      return;
    }
    if (this.#counting !== null) this.#readSinceAsked += rows.length;
    for (const { boot, position } of rows) {
      const isCounted = boot !== this.options.boot || position <= this.#announcedUpTo;
      if (isCounted && this.#unread > 0) this.#unread -= 1;
    }
    if (isFull) {
      this.#mayHaveMore = true;
      if (this.#countedMono === null) this.#countRest(nowMono);
    } else if (!this.#mayHaveMore) {
      this.#unread = 0;
      this.#isUnreadKnown = true;
    }
  }

  #countRest(nowMono: number): void {
    if (this.#counting !== null) return;
    const counting = {};
    this.#counting = counting;
    this.#readSinceAsked = 0;
    this.options.countAfter(this.rows.readUpTo).then(
      (rows) => {
        if (this.#counting !== counting) return;
        this.#counting = null;
        this.#countedMono = nowMono;
        this.#unread = Math.max(0, rows - this.#readSinceAsked);
        this.#isUnreadKnown = true;
      },
      () => {
        if (this.#counting === counting) this.#counting = null;
      },
    );
  }
}
