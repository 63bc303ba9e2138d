/**
 * How late it is, for whoever judges whether an order of the district is still good (design.md §3): never earlier than the last moment
 * at which the clock could be believed, plus the time since. A clock that steps back brings no old order to life.
 */
import type { Clock } from '../../../drivers/clock.js';
import type { KnownTime } from '../../../sync/command-envelope.js';
import type { MarkRow } from '../../../sync/journal/store.js';

/** Saved this often while the clock can be believed, and at the end: a write an hour. */
export const savedEveryMs = 3_600_000;
const markName = 'clock.trusted';

export class TrustedNow {
  /** A moment of this start at which the clock could be believed. */
  #last: { readonly wall: number; readonly mono: number } | null = null;
  /** Of an earlier start: it is later than that by now. */
  #savedWall: number | null = null;

  constructor(private readonly clock: Clock) {}

  /** What an earlier start has saved. */
  restore(mark: MarkRow | null): void {
    this.#savedWall = mark?.name === markName ? mark.wall : null;
  }

  static readonly mark = markName;

  read(): KnownTime {
    const [wall, mono] = [this.clock.wall(), this.clock.mono()];
    const isTrusted = this.clock.trust() === 'trusted';
    if (this.#last === null && !isTrusted) {
      return { isSure: false, atLeastWall: this.#savedWall === null ? null : this.#savedWall + mono };
    }
    const sinceLast = this.#last === null ? wall : this.#last.wall + mono - this.#last.mono;
    const now = Math.max(wall, sinceLast);
    if (isTrusted) this.#last = { wall: now, mono };
    return { isSure: true, wall: now };
  }

  /** What is to be saved; null while nothing is known for sure. */
  toSave(): MarkRow | null {
    const time = this.read();
    return time.isSure ? { name: markName, wall: time.wall, detail: '' } : null;
  }

  /** An earlier start believed a later time than this one does: one of both clocks was wrong. Said once. */
  foundBehindSaved(byMs: number): boolean {
    const time = this.read();
    const isBehind = time.isSure && this.#savedWall !== null && time.wall + byMs < this.#savedWall;
    if (isBehind) this.#savedWall = null;
    return isBehind;
  }
}
