import type { Row } from './row.js';

/** How many places at the front may stand empty before the list is cut. */
const emptyMax = 256;

/** Rows that wait for their turn, by position. Taking the first and adding at the end cost the same however many wait. */
export class RowQueue {
  #rows: Row[] = [];
  #head = 0;
  /** Some were put back, and may have to wait for their time. */
  #hasDelayed = false;

  get size(): number {
    return this.#rows.length - this.#head;
  }

  /** The row is behind all others. */
  push(row: Row): void {
    this.#rows.push(row);
  }

  /** The first whose time has come. */
  peek(nowMono: number): Row | null {
    for (let at = this.#head; at < this.#rows.length; at++) {
      const row = this.#rows[at];
      if (row !== undefined && row.notBeforeMono <= nowMono) return row;
    }
    return null;
  }

  some(isWanted: (row: Row) => boolean): boolean {
    return this.find(isWanted) !== null;
  }

  find(isWanted: (row: Row) => boolean): Row | null {
    for (let at = this.#head; at < this.#rows.length; at++) {
      const row = this.#rows[at];
      if (row !== undefined && isWanted(row)) return row;
    }
    return null;
  }

  remove(row: Row): void {
    if (this.#rows[this.#head] === row) {
      this.#head += 1;
      if (this.#head >= emptyMax) this.#cut();
      return;
    }
    const at = this.#rows.indexOf(row, this.#head);
    if (at !== -1) this.#rows.splice(at, 1);
  }

  /** Back to its place among the others. */
  putBack(row: Row): void {
    this.#cut();
    this.#hasDelayed = true;
    const at = this.#rows.findIndex((each) => each.item.place.position > row.item.place.position);
    if (at === -1) this.#rows.push(row);
    else this.#rows.splice(at, 0, row);
  }

  dropFrom(position: number): void {
    this.#cut();
    this.#rows = this.#rows.filter((row) => row.item.place.position < position);
  }

  /** All may go at once. */
  release(): void {
    this.#hasDelayed = false;
    for (const row of this.#rows) row.notBeforeMono = 0;
  }

  /** When the first of those that wait for their time may go; Infinity when none waits. */
  nextMono(nowMono: number): number {
    if (!this.#hasDelayed) return Infinity;
    let first = Infinity;
    for (let at = this.#head; at < this.#rows.length; at++) {
      const dueMono = this.#rows[at]?.notBeforeMono ?? 0;
      if (dueMono > nowMono) first = Math.min(first, dueMono);
    }
    this.#hasDelayed = first !== Infinity;
    return first;
  }

  #cut(): void {
    this.#rows.splice(0, this.#head);
    this.#head = 0;
  }
}
