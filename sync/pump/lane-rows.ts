import { Backoff } from '../../drivers/backoff.js';
import type { Predecessor } from '../journal/store.js';
import type { Carriable } from './carriable.js';
import type { Row } from './row.js';
import { RowQueue } from './row-queue.js';

/** Refused rows of one lane in memory; above it they are let go of, and read again once half of these are through. */
const heldMax = 500;
/** One refused row at a time is tried again, at most this often, until one of them is carried: a centre that refuses a
 * whole topic must not cost a slow link more than a trickle. */
const heldTryEveryMs = 1_000;
const retryFirstMs = 1_000;
const retryCapMs = 60_000;
/** So many rows may be confirmed before an older one: fires of an outage go first no further than this, since what was told
 * behind an open row is told again after a crash. */
const aheadMax = 20;

/**
 * The rows of one lane that an uplink has read and that are not confirmed. Rows are confirmed in any order, but the
 * position moves only over a run of confirmed rows from the front: after a restart everything behind it is sent again.
 *
 * Each row names its predecessor among those that this centre is told. It is decided when the row is read, from what was
 * saved with the position, so that a report that is sent again always names the same one.
 *
 * Rows that the centre refuses are held apart and stop nobody. Of more than `heldMax` only the place of the first is
 * remembered (`#letGoFrom`): the position stays before it, and later everything from there on is read and sent again.
 */
export class LaneRows {
  #oldest: Row | null = null;
  #newest: Row | null = null;
  #count = 0;
  readonly #fires = new RowQueue();
  readonly #others = new RowQueue();
  readonly #held = new Set<Row>();
  #position: number;
  #told: Predecessor | null;
  #readUpTo: number;
  /** What the next row that is read names. */
  #chainEnd: Predecessor | null;
  #letGoFrom: { readonly position: number; readonly before: Predecessor | null } | null = null;
  #heldTryFromMono = 0;
  #isHeldPaced = false;
  #moved = 0;
  #ahead = 0;

  /** @param position all rows up to here are confirmed; `told` is the newest of them that this centre was told. */
  constructor(
    position: number,
    told: Predecessor | null,
    private readonly random: () => number,
  ) {
    this.#position = position;
    this.#readUpTo = position;
    this.#told = told;
    this.#chainEnd = told;
  }

  get position(): number {
    return this.#position;
  }

  get told(): Predecessor | null {
    return this.#told;
  }

  /** Where the next page begins. */
  get readUpTo(): number {
    return this.#readUpTo;
  }

  /** Rows that may be sent, as far as the centre has said. */
  get readyCount(): number {
    return this.#fires.size + this.#others.size;
  }

  /** Something that was read is not confirmed yet. */
  get isOwed(): boolean {
    return this.#oldest !== null || this.#letGoFrom !== null;
  }

  /** Read and not confirmed. */
  get count(): number {
    return this.#count;
  }

  /** The oldest row that is not confirmed. */
  get oldest(): Carriable | null {
    return this.#oldest?.item ?? null;
  }

  get heldCount(): number {
    return this.#held.size;
  }

  /** Rows of this start that the position has moved over. */
  get moved(): number {
    return this.#moved;
  }

  /** Rows that are confirmed, and the position is still before them. Those behind a row that the centre refuses do not count. */
  get ahead(): number {
    return this.#held.size > 0 || this.#letGoFrom !== null ? 0 : this.#ahead;
  }

  isOldest(row: Row): boolean {
    return row === this.#oldest;
  }

  /** A report of class fire waits that the centre has not refused. */
  get hasFireReady(): boolean {
    return this.#fires.size > 0 || this.#others.some((row) => row.item.isFire);
  }

  /**
   * Adds what is to be told of the page that follows `after` and ends with `through`. False: meanwhile reading has gone back,
   * and the page is of no use.
   */
  add(after: number, items: readonly Carriable[], through: number): boolean {
    if (after !== this.#readUpTo) return false;
    for (const item of items) {
      this.#passOverUpTo(item.place.position - 1);
      this.#append(item);
    }
    this.#passOverUpTo(through);
    this.#readUpTo = through;
    return true;
  }

  /**
   * The row that goes next, if one may go now: the oldest fire, then the oldest, then what was refused before. Where too many are ahead of
   * the position, the oldest comes before old fires. Fires keep their order among themselves: it is promised to the centre.
   */
  next(nowMono: number, isNow: (item: Carriable) => boolean = () => false): Row | null {
    const fresh = this.#nextFresh(nowMono, isNow);
    if (fresh !== null || this.#held.size === 0 || this.#heldFromMono > nowMono) return fresh;
    // The one that waits longest, so that a row that is refused for ever does not keep the others from their try.
    let first: Row | null = null;
    for (const row of this.#held) {
      if (row.state !== 'waiting' || row.notBeforeMono > nowMono) continue;
      if (first === null || row.notBeforeMono < first.notBeforeMono) first = row;
    }
    return first;
  }

  #nextFresh(nowMono: number, isNow: (item: Carriable) => boolean): Row | null {
    const fire = this.#fires.peek(nowMono);
    const other = this.#others.peek(nowMono);
    if (fire === null) return other;
    if (isNow(fire.item) || other === null) return fire;
    return this.ahead < aheadMax || fire.item.place.position < other.item.place.position ? fire : other;
  }

  /** When the first row that waits for its time may be tried; Infinity when none waits. */
  nextTryMono(nowMono: number): number {
    let first = Math.min(this.#fires.nextMono(nowMono), this.#others.nextMono(nowMono));
    for (const row of this.#held) {
      if (row.state !== 'waiting') continue;
      const dueMono = Math.max(row.notBeforeMono, this.#heldFromMono);
      if (dueMono > nowMono) first = Math.min(first, dueMono);
    }
    return first;
  }

  markSending(row: Row, nowMono: number): void {
    row.state = 'sending';
    if (row.isHeld) this.#heldTryFromMono = nowMono + heldTryEveryMs;
    else this.#queueOf(row).remove(row);
  }

  /** The link went, or was not there: the row keeps its turn. */
  putBack(row: Row, nowMono: number): void {
    this.#rest(row, nowMono);
    if (row.isIn && !row.isHeld) this.#queueOf(row).putBack(row);
  }

  /** The centre refused it. */
  hold(row: Row, nowMono: number): void {
    this.#isHeldPaced = true;
    if (!row.isIn) return;
    if (!row.isHeld && this.heldCount >= heldMax) {
      this.#letGo(row);
      return;
    }
    row.isHeld = true;
    this.#held.add(row);
    this.#rest(row, nowMono);
  }

  /** A held row was carried: the others may go as fast as the window lets them, until one is refused again. */
  hurryHeld(): void {
    this.#isHeldPaced = false;
    for (const row of this.#held) row.notBeforeMono = 0;
  }

  /** The row is confirmed or passed over. True: rows that were let go of are to be read again. */
  finish(row: Row): boolean {
    if (!row.isIn) return false; // let go of while it was on its way; it is read, and sent, again
    const { older } = row;
    this.#takeOut(row);
    const rows = row.doneRows + 1;
    if (older === null) {
      this.#moved += rows;
      this.#moveTo(row.doneThrough, row.toldThrough);
    } else {
      older.doneThrough = row.doneThrough;
      older.toldThrough = row.toldThrough;
      older.doneRows += rows;
      this.#ahead += rows;
    }
    return this.#goBackIfThereIsRoom();
  }

  /** Everything behind this place is read and sent again; `told`: the newest row up to it that this centre was told. */
  goBackTo(position: number, told: Predecessor | null): void {
    if (position >= this.#position) return;
    while (this.#newest !== null) this.#takeOut(this.#newest);
    for (const queue of [this.#fires, this.#others]) queue.dropFrom(0);
    this.#position = position;
    this.#told = told;
    this.#readUpTo = position;
    this.#chainEnd = told;
    this.#letGoFrom = null;
  }

  /** The connection is new: everything that waits may go at once; what was refused, still one at a time. */
  releaseHeld(): void {
    this.#fires.release();
    this.#others.release();
    for (const row of this.#held) row.notBeforeMono = 0;
  }

  get #heldFromMono(): number {
    return this.#isHeldPaced ? this.#heldTryFromMono : 0;
  }

  #queueOf({ item }: Row): RowQueue {
    return item.isNewFire ? this.#fires : this.#others;
  }

  #rest(row: Row, nowMono: number): void {
    row.state = 'waiting';
    row.backoff ??= new Backoff(retryFirstMs, retryCapMs, this.random);
    row.notBeforeMono = nowMono + row.backoff.nextMs();
  }

  #append(item: Carriable): void {
    const { epoch, sequence, position } = item.place;
    // Written out, as everything here runs for each row of a drain.
    const row: Row = {
      item,
      before: this.#chainEnd,
      state: 'waiting',
      isHeld: false,
      notBeforeMono: 0,
      doneThrough: position,
      toldThrough: { epoch, sequence },
      doneRows: 0,
      backoff: null,
      older: this.#newest,
      newer: null,
      isIn: true,
    };
    this.#chainEnd = row.toldThrough;
    if (this.#newest === null) this.#oldest = row;
    else this.#newest.newer = row;
    this.#newest = row;
    this.#count += 1;
    this.#queueOf(row).push(row);
  }

  #takeOut(row: Row): void {
    const { older, newer } = row;
    if (older === null) this.#oldest = newer;
    else older.newer = newer;
    if (newer === null) this.#newest = older;
    else newer.older = older;
    row.isIn = false;
    row.older = null;
    row.newer = null;
    this.#count -= 1;
    this.#ahead -= row.doneRows;
    if (row.isHeld) this.#held.delete(row);
  }

  /** Rows that are nothing for this centre. */
  #passOverUpTo(position: number): void {
    if (this.#newest !== null) this.#newest.doneThrough = Math.max(this.#newest.doneThrough, position);
    else this.#moveTo(position, this.#told);
  }

  #moveTo(doneThrough: number, told: Predecessor | null): void {
    const letGo = this.#letGoFrom;
    const isCut = letGo !== null && doneThrough >= letGo.position;
    const to = isCut ? letGo.position - 1 : doneThrough;
    if (to < this.#position) return;
    this.#position = to;
    this.#told = isCut ? letGo.before : told;
  }

  #letGo(row: Row): void {
    const { position } = row.item.place;
    this.#takeOut(row);
    if (this.#letGoFrom === null || position < this.#letGoFrom.position) {
      this.#letGoFrom = { position, before: row.before };
    }
  }

  #goBackIfThereIsRoom(): boolean {
    if (this.#letGoFrom === null || this.heldCount > heldMax / 2) return false;
    const { position: from, before } = this.#letGoFrom;
    while (this.#newest !== null && this.#newest.item.place.position >= from) this.#takeOut(this.#newest);
    for (const queue of [this.#fires, this.#others]) queue.dropFrom(from);
    if (this.#newest !== null && this.#newest.doneThrough >= from) {
      this.#newest.doneThrough = from - 1;
      if (before !== null) this.#newest.toldThrough = before;
    } else if (this.#newest === null) this.#moveTo(from - 1, before);
    this.#readUpTo = from - 1;
    this.#chainEnd = before;
    this.#letGoFrom = null;
    return true;
  }
}
