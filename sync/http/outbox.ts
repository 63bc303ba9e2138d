/** What waits for the next request, in the order in which it goes: new fires by themselves, the fire lane, then all else. */
import type { HttpPart } from './http-preset.js';

/** Of the body of one request; a single message that is larger is told before it comes here. */
export const bodyMaxBytes = 256 * 1024;

export interface OutboxItem {
  /** Of the entry, or of the pack; the same whenever it is sent again. */
  readonly id: string;
  readonly part: HttpPart;
  readonly bytes: number;
  readonly rank: 'new-fire' | 'fire' | 'other';
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export type Group = readonly OutboxItem[];

export class Outbox {
  #fires: OutboxItem[] = [];
  /** Put back, or halves of what was refused: each goes as it is. */
  #groups: Group[] = [];
  #fireLane: OutboxItem[] = [];
  #others: OutboxItem[] = [];

  /** @param batchMax values in one list */
  constructor(private readonly batchMax: number) {}

  get hasNewFire(): boolean {
    return this.#fires.length > 0 || this.#groups.some(isNewFire);
  }

  add(item: OutboxItem): void {
    if (item.rank === 'new-fire') this.#fires.push(item);
    else (item.rank === 'fire' ? this.#fireLane : this.#others).push(item);
  }

  /** To the front, in this order. */
  putBack(groups: readonly Group[]): void {
    this.#groups.unshift(...groups.filter((group) => group.length > 0));
  }

  /** What goes next. @param isAlone this one shares its request with nobody. */
  next(isAlone: (item: OutboxItem) => boolean): Group | null {
    const fireGroup = this.#groups.findIndex(isNewFire);
    if (fireGroup !== -1) return this.#groups.splice(fireGroup, 1)[0] ?? null;
    if (this.#fires.length > 0) return this.#take(this.#fires, isAlone);
    const group = this.#groups.shift();
    if (group !== undefined) return group;
    if (this.#fireLane.length > 0) return this.#take(this.#fireLane, isAlone);
    return this.#others.length > 0 ? this.#take(this.#others, isAlone) : null;
  }

  /** All that waits. */
  empty(): Group {
    const all = [...this.#groups.flat(), ...this.#fires, ...this.#fireLane, ...this.#others];
    this.#groups = [];
    this.#fires = [];
    this.#fireLane = [];
    this.#others = [];
    return all;
  }

  /** The first, and what may share a list with it: same path, same type, no more than so many and so large. */
  #take(queue: OutboxItem[], isAlone: (item: OutboxItem) => boolean): Group {
    const [first] = queue;
    if (first === undefined) return [];
    let bytes = 2;
    let count = 0;
    for (const item of queue) {
      bytes += item.bytes + 1;
      const fits = count < this.batchMax && bytes <= bodyMaxBytes;
      const joins = item.part.listType !== null && item.part.listType === first.part.listType;
      const isOne = count > 0 && (isAlone(first) || isAlone(item));
      if (count > 0 && (!fits || !joins || isOne || item.part.path !== first.part.path)) break;
      count += 1;
    }
    return queue.splice(0, count);
  }
}

function isNewFire(group: Group): boolean {
  return group.some(({ rank }) => rank === 'new-fire');
}
