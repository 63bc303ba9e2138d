import { Backoff } from '../drivers/backoff.js';
import type { StoredEntry } from './journal/entry.js';

/** Refused rows of one lane in memory; above it they are let go of, and read again once half of these are through. */
const heldMax = 500;
/** One refused row at a time is tried again, at most this often, until one of them is carried: a centre that refuses a
 * whole topic must not cost a slow link more than a trickle. */
const heldTryEveryMs = 1_000;
const retryFirstMs = 1_000;
const retryCapMs = 60_000;

/** One journal row between "read" and "confirmed in its turn". */
export interface Row {
  readonly entry: StoredEntry;
  state: 'waiting' | 'sending';
  /** The centre refused it: it waits apart, behind all that was not refused. */
  isHeld: boolean;
  /** Not to be sent again before this; raised when the row could not be sent. */
  notBeforeMono: number;
  /** Everything up to here, between this row and the next one in memory, is confirmed. */
  doneThrough: number;
  backoff: Backoff | null;
}

/**
 * The rows of one lane that an uplink has read and that are not confirmed. Rows are confirmed in any order, but the
 * position moves only over a run of confirmed rows from the front: after a restart everything behind it is sent again.
 *
 * Rows that the centre refuses are held apart and stop nobody. Of more than `heldMax` only the place of the first is
 * remembered (`#letGoFrom`): the position stays before it, and later everything from there on is read and sent again.
 */
export class LaneRows {
  /** In the order of their positions. */
  #rows: Row[] = [];
  #position: number;
  #readUpTo: number;
  #letGoFrom: number | null = null;
  #heldTryFromMono = 0;
  #isHeldPaced = false;

  /** @param position all rows up to here are confirmed. */
  constructor(
    position: number,
    private readonly random: () => number,
  ) {
    this.#position = position;
    this.#readUpTo = position;
  }

  get position(): number {
    return this.#position;
  }

  /** Where the next page begins. */
  get readUpTo(): number {
    return this.#readUpTo;
  }

  /** Rows that may be sent, as far as the centre has said. */
  get readyCount(): number {
    return this.#rows.filter(isReady).length;
  }

  /** Something that was read is not confirmed yet. */
  get isOwed(): boolean {
    return this.#rows.length > 0 || this.#letGoFrom !== null;
  }

  get heldCount(): number {
    return this.#rows.filter((row) => row.isHeld).length;
  }

  /** A report of class fire waits that the centre has not refused. */
  get hasFireReady(): boolean {
    return this.#rows.some((row) => isReady(row) && row.entry.class === 'fire');
  }

  /** Adds the page that follows `after`. False: meanwhile reading has gone back, and the page is of no use. */
  add(after: number, entries: readonly StoredEntry[]): boolean {
    if (after !== this.#readUpTo) return false;
    for (const entry of entries) {
      const doneThrough = entry.position;
      this.#rows.push({ entry, state: 'waiting', isHeld: false, notBeforeMono: 0, doneThrough, backoff: null });
    }
    this.#readUpTo = entries.at(-1)?.position ?? after;
    return true;
  }

  /** The row that goes next, if one may go now: a new fire, then the oldest, then what was refused before. */
  next(nowMono: number): Row | null {
    const ready = this.#rows.filter((row) => isReady(row) && row.notBeforeMono <= nowMono);
    const fresh = ready.find((row) => isNewFire(row.entry)) ?? ready[0];
    if (fresh !== undefined) return fresh;
    if (this.#heldFromMono > nowMono) return null;
    const held = this.#rows.filter((row) => row.isHeld && row.state === 'waiting' && row.notBeforeMono <= nowMono);
    // The one that waits longest, so that a row that is refused for ever does not keep the others from their try.
    return held.reduce<Row | null>(
      (first, row) => (first === null || row.notBeforeMono < first.notBeforeMono ? row : first),
      null,
    );
  }

  /** When the first row that waits for its time may be tried, or null. */
  nextTryMono(): number | null {
    const waiting = this.#rows.filter((row) => row.state === 'waiting');
    const times = waiting.map((row) =>
      row.isHeld ? Math.max(row.notBeforeMono, this.#heldFromMono) : row.notBeforeMono,
    );
    return times.length === 0 ? null : Math.min(...times);
  }

  markSending(row: Row, nowMono: number): void {
    row.state = 'sending';
    if (row.isHeld) this.#heldTryFromMono = nowMono + heldTryEveryMs;
  }

  /** The link went, or was not there: the row keeps its turn. */
  putBack(row: Row, nowMono: number): void {
    row.state = 'waiting';
    row.backoff ??= new Backoff(retryFirstMs, retryCapMs, this.random);
    row.notBeforeMono = nowMono + row.backoff.nextMs();
  }

  /** The centre refused it. */
  hold(row: Row, nowMono: number): void {
    this.#isHeldPaced = true;
    if (!row.isHeld && this.heldCount >= heldMax) {
      this.#letGo(row);
      return;
    }
    row.isHeld = true;
    this.putBack(row, nowMono);
  }

  /** A held row was carried: the others may go as fast as the window lets them, until one is refused again. */
  hurryHeld(): void {
    this.#isHeldPaced = false;
    for (const row of this.#rows) if (row.isHeld) row.notBeforeMono = 0;
  }

  /** The row is confirmed or passed over. True: rows that were let go of are to be read again. */
  finish(row: Row): boolean {
    const index = this.#rows.indexOf(row);
    if (index === -1) return false; // let go of while it was on its way; it is read, and sent, again
    const previous = this.#rows[index - 1];
    if (previous !== undefined) previous.doneThrough = row.doneThrough;
    else this.#moveTo(row.doneThrough);
    this.#rows.splice(index, 1);
    return this.#goBackIfThereIsRoom();
  }

  /** The connection is new: everything that waits may go at once; what was refused, still one at a time. */
  releaseHeld(): void {
    for (const row of this.#rows) row.notBeforeMono = 0;
  }

  get #heldFromMono(): number {
    return this.#isHeldPaced ? this.#heldTryFromMono : 0;
  }

  #moveTo(doneThrough: number): void {
    const limit = this.#letGoFrom === null ? doneThrough : Math.min(doneThrough, this.#letGoFrom - 1);
    this.#position = Math.max(this.#position, limit);
  }

  #letGo(row: Row): void {
    const index = this.#rows.indexOf(row);
    if (index === -1) return;
    this.#rows.splice(index, 1);
    this.#letGoFrom = Math.min(this.#letGoFrom ?? row.entry.position, row.entry.position);
  }

  #goBackIfThereIsRoom(): boolean {
    const from = this.#letGoFrom;
    if (from === null || this.heldCount > heldMax / 2) return false;
    this.#rows = this.#rows.filter((row) => row.entry.position < from);
    for (const row of this.#rows) row.doneThrough = Math.min(row.doneThrough, from - 1);
    if (this.#rows.length === 0) this.#moveTo(from - 1);
    this.#readUpTo = from - 1;
    this.#letGoFrom = null;
    return true;
  }
}

function isReady(row: Row): boolean {
  return row.state === 'waiting' && !row.isHeld;
}

/** What the district waits for most. */
export function isNewFire(entry: Pick<StoredEntry, 'class' | 'kind'>): boolean {
  return entry.class === 'fire' && entry.kind === 'alarm.raised';
}
