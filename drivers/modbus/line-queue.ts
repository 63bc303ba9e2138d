/** Who is asked next. Fixed order of classes, first come first served inside one; no class starves. */

/** Lower goes first: sounders, fire points, a person's writes, other states, analog values, identity. */
export const priorities = {
  annunciator: 0,
  fire: 1,
  operator: 2,
  state: 3,
  analog: 4,
  identity: 5,
} as const;
export type Priority = (typeof priorities)[keyof typeof priorities];

/** Of so many requests one goes to whoever below class fire waits longest (≥ 10 % of the line). */
const lowerTurnEvery = 10;

export type Taken<T> =
  | { readonly kind: 'job'; readonly job: T }
  | { readonly kind: 'wait'; readonly untilMono: number }
  | { readonly kind: 'empty' };

interface Waiting<T> {
  readonly priority: Priority;
  readonly order: number;
  readonly job: T;
}

export class LineQueue<T> {
  #waiting: Waiting<T>[] = [];
  #order = 0;
  #sinceLower = 0;

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  push(priority: Priority, job: T): void {
    this.#waiting.push({ priority, order: this.#order++, job });
  }

  /** Takes the next job that is ready. `readyMono` = from when a job may be sent; none ready: when to look again. */
  take(readyMono: (job: T) => number, nowMono: number): Taken<T> {
    let best: Waiting<T> | null = null;
    let earliestMono = Number.POSITIVE_INFINITY;
    const isLowerTurn = this.#sinceLower >= lowerTurnEvery - 1;
    for (const waiting of this.#waiting) {
      const mono = readyMono(waiting.job);
      if (mono > nowMono) earliestMono = Math.min(earliestMono, mono);
      else if (best === null || goesBefore(waiting, best, isLowerTurn)) best = waiting;
    }
    if (best === null) {
      return this.isEmpty ? { kind: 'empty' } : { kind: 'wait', untilMono: earliestMono };
    }
    const taken = best;
    this.#sinceLower = taken.priority > priorities.fire ? 0 : this.#sinceLower + 1;
    this.#waiting = this.#waiting.filter((waiting) => waiting !== taken);
    return { kind: 'job', job: taken.job };
  }

  /** Takes out and returns the jobs that fit. */
  remove(fits: (job: T) => boolean): readonly T[] {
    const [out, kept] = [this.#waiting.filter(({ job }) => fits(job)), this.#waiting.filter(({ job }) => !fits(job))];
    this.#waiting = kept;
    return out.map(({ job }) => job);
  }
}

function goesBefore<T>(a: Waiting<T>, b: Waiting<T>, isLowerTurn: boolean): boolean {
  if (isLowerTurn && a.priority !== priorities.annunciator && b.priority !== priorities.annunciator) {
    const aIsLower = a.priority > priorities.fire;
    if (aIsLower !== b.priority > priorities.fire) return aIsLower;
    if (aIsLower) return a.order < b.order;
  }
  return a.priority !== b.priority ? a.priority < b.priority : a.order < b.order;
}
