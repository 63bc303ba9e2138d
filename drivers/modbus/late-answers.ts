import { findReply, looksAlike, type ReplyShape } from './frame.js';

/**
 * The ledger of answers that may still come.
 *
 * RTU answers carry no number, so a unit that answers after our time-out can answer the wrong question. A request that
 * timed out stays here as *late* until its answer was seen (and dropped) or can not come any more. While it is here:
 *  - a request whose answer could be taken for the late one is not sent, except the very same request again (its late
 *    answer is then the same registers, only older: the reading says how old);
 *  - after the first answer to such a repeat one more may follow, so the unit is left alone until it came or expired.
 * An answered request stays for a short while as *double*, for units that answer twice.
 */
export interface Unsettled {
  readonly key: string;
  readonly shape: ReplyShape;
  readonly sentMono: number;
  readonly untilMono: number;
  readonly kind: 'late' | 'double';
  /** False for a unit that has long proven to answer once: its questions are not held back for a second answer. */
  readonly holds: boolean;
  /** An answer to a repeat was taken while this one was open. */
  readonly isSettling: boolean;
}

export class LateAnswers {
  #open: Unsettled[] = [];
  /** Late and double answers that were recognised and dropped. */
  seen = 0;

  /** Nothing is expected any more, as far as was looked. */
  get isEmpty(): boolean {
    return this.#open.length === 0;
  }

  add(entry: Omit<Unsettled, 'isSettling'>): void {
    const { key, shape, sentMono, untilMono, kind, holds } = entry;
    this.#open.push({ key, shape, sentMono, untilMono, kind, holds, isSettling: false });
  }

  /** When a request of this key and shape may be sent: monotonic ms, 0 for now; and whether no more than a second answer
   * is feared. */
  notBefore(key: string, shape: ReplyShape, nowMono: number): { readonly mono: number; readonly isForDouble: boolean } {
    this.#expire(nowMono);
    let mono = 0;
    let isForDouble = false;
    for (const entry of this.#open) {
      if (!entry.holds || entry.shape.unit !== shape.unit || !looksAlike(entry.shape, shape)) continue;
      const isSameAgain = entry.key === key && !entry.isSettling;
      if (isSameAgain || entry.untilMono <= mono) continue;
      mono = entry.untilMono;
      isForDouble = entry.kind === 'double';
    }
    return { mono, isForDouble };
  }

  /** A refusal names no register: is it perhaps the late refusal of another question to this unit? */
  isAmbiguousRefusal(key: string, shape: ReplyShape, nowMono: number): boolean {
    this.#expire(nowMono);
    return this.#open.some(
      (entry) =>
        entry.kind === 'late' &&
        entry.key !== key &&
        entry.shape.unit === shape.unit &&
        entry.shape.refusals.some((code) => shape.refusals.includes(code)),
    );
  }

  /** The request was answered. Returns since when the unit may have held that answer ready: the oldest open sending. */
  answered(key: string, sentMono: number, nowMono: number): number {
    this.#expire(nowMono);
    let oldestMono = sentMono;
    this.#open.forEach((entry, i) => {
      if (entry.key !== key) return;
      oldestMono = Math.min(oldestMono, entry.sentMono);
      if (entry.kind === 'late') this.#open[i] = { ...entry, isSettling: true };
    });
    return oldestMono;
  }

  /** Bytes that belong to no request under way: an answer found in them is settled. Returns what it was, or null. */
  settle(stray: Uint8Array, nowMono: number): Unsettled | null {
    if (this.#open.length === 0 || stray.length === 0) return null;
    this.#expire(nowMono);
    const settled = this.#open.find((entry) => findReply(stray, entry.shape) !== null);
    if (settled === undefined) return null;
    this.seen++;
    this.#open = this.#open.map((entry) =>
      entry === settled ? { ...entry, kind: 'double', holds: true, isSettling: false } : entry,
    );
    return settled;
  }

  #expire(nowMono: number): void {
    if (this.#open.some((entry) => entry.untilMono <= nowMono)) {
      this.#open = this.#open.filter((entry) => entry.untilMono > nowMono);
    }
  }
}
