import type { Backoff } from '../drivers/backoff.js';
import type { StoredEntry } from './journal/entry.js';

/** One journal row between "read" and "confirmed in its turn". */
export interface Row {
  readonly entry: StoredEntry;
  state: 'waiting' | 'sending' | 'done';
  /** Not to be sent again before this; raised when the centre refuses just this row. */
  notBeforeMono: number;
  backoff: Backoff | null;
}

/**
 * The rows of one lane that an uplink has read and not yet left behind. Rows are confirmed in any order, but the position
 * moves only over a run of confirmed rows from the front: after a restart everything behind it is sent again.
 */
export class LaneRows {
  readonly #rows: Row[] = [];
  #position: number;
  #readUpTo: number;

  /** @param position all rows up to here are confirmed. */
  constructor(position: number) {
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

  get count(): number {
    return this.#rows.length;
  }

  get waitingCount(): number {
    return this.#rows.reduce((count, row) => count + (row.state === 'waiting' ? 1 : 0), 0);
  }

  add(entries: readonly StoredEntry[]): void {
    for (const entry of entries) this.#rows.push({ entry, state: 'waiting', notBeforeMono: 0, backoff: null });
    this.#readUpTo = entries.at(-1)?.position ?? this.#readUpTo;
  }

  /** The oldest row that may be sent now. */
  next(nowMono: number): Row | null {
    return this.#rows.find((row) => row.state === 'waiting' && row.notBeforeMono <= nowMono) ?? null;
  }

  /** When the first row that is held back may be tried again, or null. */
  nextTryMono(): number | null {
    const held = this.#rows.filter((row) => row.state === 'waiting').map((row) => row.notBeforeMono);
    return held.length === 0 ? null : Math.min(...held);
  }

  /** The row is confirmed or passed over. */
  finish(row: Row): void {
    row.state = 'done';
    const firstOpen = this.#rows.findIndex((other) => other.state !== 'done');
    const finished = this.#rows.splice(0, firstOpen === -1 ? this.#rows.length : firstOpen);
    this.#position = finished.at(-1)?.entry.position ?? this.#position;
  }

  /** The connection is new: everything that waits may go at once. */
  releaseHeld(): void {
    for (const row of this.#rows) row.notBeforeMono = 0;
  }
}
