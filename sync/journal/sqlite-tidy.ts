/** Makes room in one open journal file by the rules of retention.ts, a bounded piece of work at a time. */
import type { AlarmClass, Lane } from '../../config/vocabulary.js';
import {
  addDropped,
  commandsBefore,
  commandsForgotten,
  type DroppedCounts,
  type FreedLanes,
  freedLanes,
  noneDropped,
  olderThan,
  pageLimits,
  untoldOrder,
} from './retention.js';
import { type Db, numberOf, prepare, type Statement } from './sqlite-open.js';
import type { PositionRow, TidyOrder } from './store.js';

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

interface Candidate {
  readonly position: number;
  readonly lane: Lane;
  readonly class: AlarmClass | null;
  readonly wall: number;
}

const texts = {
  // Oldest first; rows in between that a wrong clock stamped too young end it only when they fill a whole window.
  agedEntries: `DELETE FROM entries WHERE position IN (SELECT position FROM
    (SELECT position, wall FROM entries WHERE lane = @lane ORDER BY position LIMIT @removedMax)
    WHERE position <= @upTo AND wall < @beforeWall)`,
  agedPacks: `DELETE FROM telemetry WHERE position IN (SELECT position FROM
    (SELECT position, wall FROM telemetry ORDER BY position LIMIT @removedMax) WHERE position <= @upTo AND wall < @beforeWall)`,
  // In the same transaction: a clock that is set back must not bring one to life of which nobody knows any more that it was used.
  forgottenCommands: `INSERT INTO marks (name, wall, detail) SELECT @mark, expires_wall, '' FROM commands
    WHERE expires_wall < @before ORDER BY expires_wall DESC LIMIT 1
    ON CONFLICT (name) DO UPDATE SET wall = max(wall, excluded.wall)`,
  oldCommands: 'DELETE FROM commands WHERE expires_wall < ?',
  oldestPacks: 'SELECT position, wall FROM telemetry ORDER BY position LIMIT ?',
  removePacks: 'DELETE FROM telemetry WHERE position <= ?',
  window: 'SELECT position, lane, class, wall FROM entries WHERE position > ? ORDER BY position LIMIT ?',
  removeEntry: 'DELETE FROM entries WHERE position = ?',
  pages: 'PRAGMA page_count',
  freePages: 'PRAGMA freelist_count',
  pageBytes: 'PRAGMA page_size',
} as const;

/** What goes in this order while the file is too full: entries that everybody has, then untold ones by class. */
const turns = [null, ...untoldOrder];

export class Tidier {
  readonly #sql: { readonly [Name in keyof typeof texts]: Statement };
  readonly #pageBytes: number;
  #order: TidyOrder | null = null;
  #limits = { hard: Number.MAX_SAFE_INTEGER, ordinary: Number.MAX_SAFE_INTEGER };
  #freed: FreedLanes | null = null;
  /** Of each turn, up to where it has looked. Whatever comes later stands behind. */
  readonly #looked = turns.map(() => 0);
  #dropped: DroppedCounts = noneDropped;

  constructor(
    private readonly db: Db,
    /** What the write-ahead log may take of the room. */
    private readonly logBytes: number,
  ) {
    const prepared = Object.entries(texts).map(([name, text]) => [name, prepare(db, text)] as const);
    this.#sql = Object.fromEntries(prepared) as { [Name in keyof typeof texts]: Statement };
    for (const name of ['pages', 'freePages', 'pageBytes'] as const) this.#sql[name].pluck();
    this.#pageBytes = numberOf(this.#sql.pageBytes);
  }

  get fileBytes(): number {
    return numberOf(this.#sql.pages) * this.#pageBytes;
  }

  /** So full that old rows have to give way to new ones. */
  get isTight(): boolean {
    return numberOf(this.#sql.pages) - numberOf(this.#sql.freePages) > this.#limits.ordinary;
  }

  /** From now on by this order. */
  obey(order: TidyOrder, positions: readonly PositionRow[]): void {
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
  beginRound(positions: readonly PositionRow[]): void {
    this.#looked[0] = 0;
    if (this.#order !== null) this.#freed = freedLanes(this.#order, positions);
  }

  /** One piece of work; whether there is more. Only after obey(). */
  step(): boolean {
    const didRemove = this.db.transaction(() => {
      const aged = this.#removeAged();
      return this.isTight && this.#removeForRoom(removedMax) ? true : aged;
    })();
    return this.#giveBack() || didRemove;
  }

  /** Inside the transaction that brings them: the last tenth of the file is not for them. */
  makeRoomFor(rows: number): void {
    if (this.#order !== null && this.isTight) this.#removeForRoom(rows * roomPerRow + roomRows);
  }

  /** What went untold since the last time this was asked. */
  takeDropped(): DroppedCounts {
    const dropped = this.#dropped;
    this.#dropped = noneDropped;
    return dropped;
  }

  #removeAged(): boolean {
    const { wall, keepMs, telemetryKeepMs } = this.#order ?? { wall: null, keepMs: 0, telemetryKeepMs: 0 };
    const before = commandsBefore(wall);
    if (before === null || this.#freed === null) return false;
    this.#sql.forgottenCommands.run({ mark: commandsForgotten, before });
    this.#sql.oldCommands.run(before);
    let removed = 0;
    for (const lane of ['fire', 'journal', 'local'] as const) {
      removed += this.#sql.agedEntries.run({ lane, removedMax, ...olderThan(this.#freed[lane], wall, keepMs) }).changes;
    }
    const packs = olderThan(this.#freed.telemetry, wall, telemetryKeepMs);
    removed += this.#sql.agedPacks.run({ removedMax, ...packs }).changes;
    return removed > 0;
  }

  /** False when there is nothing left that may go. */
  #removeForRoom(most: number): boolean {
    for (let left = most; this.isTight; left -= lookAgainRows) {
      if (left <= 0) return true;
      if (!this.#removePacks(lookAgainRows)) break;
    }
    if (!this.isTight) return true;
    return turns.some((classes, turn) => this.#look(turn, classes, most));
  }

  #removePacks(most: number): boolean {
    const packs = this.#sql.oldestPacks.all(most) as Pick<Candidate, 'position' | 'wall'>[];
    const last = packs.at(-1);
    if (last === undefined) return false;
    this.#sql.removePacks.run(last.position);
    const untold = packs.filter((pack) => !this.#isFreed({ ...pack, lane: 'telemetry' }));
    this.#dropped = addDropped(this.#dropped, { telemetry: untold.length });
    return true;
  }

  /** One window of one turn. True when something was found, or more stands behind. */
  #look(turn: number, classes: readonly string[] | null, most: number): boolean {
    const rows = this.#sql.window.all(this.#looked[turn], windowRows) as Candidate[];
    let removed = 0;
    for (const row of rows) {
      if (removed >= most || (removed % lookAgainRows === lookAgainRows - 1 && !this.isTight)) return true;
      this.#looked[turn] = row.position;
      const name = row.class ?? 'none';
      const isFreed = this.#isFreed(row);
      const mayGo = classes === null ? isFreed : !isFreed && row.lane === 'journal' && classes.includes(name);
      if (!mayGo) continue;
      this.#sql.removeEntry.run(row.position);
      removed += 1;
      if (!isFreed) this.#dropped = addDropped(this.#dropped, { [name]: 1 });
    }
    return removed > 0 || rows.length === windowRows;
  }

  #isFreed({ lane, position, wall }: Omit<Candidate, 'class'>): boolean {
    const freed = this.#freed?.[lane];
    return freed !== undefined && position <= freed.upTo && wall < freed.beforeWall;
  }

  #giveBack(): boolean {
    const spare = Math.max(sparePagesMin, numberOf(this.#sql.pages) * spareShare);
    const free = numberOf(this.#sql.freePages);
    if (free <= spare) return false;
    this.db.exec(`PRAGMA incremental_vacuum(${vacuumPages})`);
    const left = numberOf(this.#sql.freePages);
    return left < free && left > spare;
  }
}
