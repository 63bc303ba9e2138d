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

/** What the line knows about a waiting job. */
export interface Standing {
  /** From when it may be sent, monotonic ms. */
  readonly readyMono: number;
  /** Its unit did not answer of late: asking it will probably cost a whole time-out. */
  readonly isProbe: boolean;
}

interface Waiting<T> {
  readonly priority: Priority;
  readonly order: number;
  readonly job: T;
}

export class LineQueue<T> {
  #waiting: Waiting<T>[] = [];
  #order = 0;
  #sinceLower = 0;
  /** Jobs of a lower order were waiting when the last probe was sent. */
  #probedAtOrder = 0;
  #wasOrderProbed = false;

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  push(priority: Priority, job: T): void {
    this.#waiting.push({ priority, order: this.#order++, job });
  }

  /**
   * Takes the next job that is ready; none ready: when to look again. Units that do not answer never take the line from
   * those that do, whatever they are asked: after one probe everybody sound who waited then is served before the next.
   */
  take(standingOf: (job: T, priority: Priority) => Standing, nowMono: number): Taken<T> {
    let sound: Waiting<T> | null = null;
    // Probes take turns in the order of asking, whatever their class; #waiting stands in that order.
    let order: Waiting<T> | null = null;
    let look: Waiting<T> | null = null;
    let owesSound = false;
    let earliestMono = Number.POSITIVE_INFINITY;
    const isLowerTurn = this.#sinceLower >= lowerTurnEvery - 1;
    for (const waiting of this.#waiting) {
      const { readyMono, isProbe } = standingOf(waiting.job, waiting.priority);
      if (!isProbe && waiting.order < this.#probedAtOrder) owesSound = true;
      if (readyMono > nowMono) earliestMono = Math.min(earliestMono, readyMono);
      else if (isProbe && waiting.priority === priorities.annunciator) order ??= waiting;
      else if (isProbe) look ??= waiting;
      else sound = better(waiting, sound, isLowerTurn);
    }
    // An order to a silent siren and a look at a silent unit alternate: many such sirens must not hide one detector.
    const probe = this.#wasOrderProbed ? (look ?? order) : (order ?? look);
    const mayProbe = !owesSound && sound?.priority !== priorities.annunciator;
    const taken = probe !== null && mayProbe ? probe : sound;
    if (taken === null) {
      if (this.isEmpty) return { kind: 'empty' };
      // Owed a sound job that still pauses: rather than stand idle, probe.
      return probe === null ? { kind: 'wait', untilMono: earliestMono } : this.#give(probe, true);
    }
    return this.#give(taken, taken === probe);
  }

  #give(taken: Waiting<T>, isProbe: boolean): Taken<T> {
    if (isProbe) {
      this.#probedAtOrder = this.#order;
      this.#wasOrderProbed = taken.priority === priorities.annunciator;
    }
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

function better<T>(a: Waiting<T>, b: Waiting<T> | null, isLowerTurn: boolean): Waiting<T> {
  return b === null || goesBefore(a, b, isLowerTurn) ? a : b;
}

function goesBefore<T>(a: Waiting<T>, b: Waiting<T>, isLowerTurn: boolean): boolean {
  if (isLowerTurn && a.priority !== priorities.annunciator && b.priority !== priorities.annunciator) {
    const aIsLower = a.priority > priorities.fire;
    if (aIsLower !== b.priority > priorities.fire) return aIsLower;
    if (aIsLower) return a.order < b.order;
  }
  return a.priority !== b.priority ? a.priority < b.priority : a.order < b.order;
}
