/** A timer that waits, or waited, in one queue. */
export interface QueuedTimer {
  readonly dueMono: number;
  readonly run: () => void;
}

interface Place extends QueuedTimer {
  /** Timers of one moment run as they were set. */
  readonly order: number;
  /** Where it stands in the heap; -1 = it waits no more. */
  at: number;
}

/**
 * The timers of a virtual clock, the earliest first: a binary heap in which each timer knows its place, so that setting and
 * cancelling cost O(log n) and a cancelled timer leaves nothing behind.
 */
export class TimerQueue {
  readonly #heap: Place[] = [];
  #order = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(dueMono: number, run: () => void): QueuedTimer {
    const timer: Place = { dueMono, run, order: this.#order++, at: -1 };
    this.#rise(timer, this.#heap.length);
    return timer;
  }

  /** When the first one is due; Infinity when none waits. */
  get firstMono(): number {
    return this.#heap[0]?.dueMono ?? Number.POSITIVE_INFINITY;
  }

  /** The first one if it is due by then; null if not. */
  takeDue(byMono: number): QueuedTimer | null {
    const first = this.#heap[0];
    if (first === undefined || first.dueMono > byMono) return null;
    this.remove(first);
    return first;
  }

  /** Nothing happens for a timer that waits no more. */
  remove(timer: QueuedTimer): void {
    const { at } = timer as Place;
    if (at < 0) return;
    (timer as Place).at = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === timer) return;
    const above = this.#heap[(at - 1) >> 1];
    if (at > 0 && above !== undefined && isSooner(last, above)) this.#rise(last, at);
    else this.#sink(last, at);
  }

  /** Puts a timer where `at` is free, or further up. */
  #rise(timer: Place, at: number): void {
    const heap = this.#heap;
    let free = at;
    while (free > 0) {
      const above = (free - 1) >> 1;
      const other = heap[above];
      if (other === undefined || !isSooner(timer, other)) break;
      heap[free] = other;
      other.at = free;
      free = above;
    }
    heap[free] = timer;
    timer.at = free;
  }

  /** Puts a timer where `at` is free, or further down. */
  #sink(timer: Place, at: number): void {
    const heap = this.#heap;
    let free = at;
    for (;;) {
      const left = 2 * free + 1;
      let below = left;
      let other = heap[left];
      const right = heap[left + 1];
      if (other !== undefined && right !== undefined && isSooner(right, other)) {
        below = left + 1;
        other = right;
      }
      if (other === undefined || !isSooner(other, timer)) break;
      heap[free] = other;
      other.at = free;
      free = below;
    }
    heap[free] = timer;
    timer.at = free;
  }
}

function isSooner(a: Place, b: Place): boolean {
  return a.dueMono < b.dueMono || (a.dueMono === b.dueMono && a.order < b.order);
}
