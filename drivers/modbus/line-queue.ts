/** Who is asked next. Fixed order of classes, earliest deadline first inside one; no class starves. */

import { strict as assert } from 'node:assert';

/** Lower goes first: sounders, second looks at a first alarm, fire points, a person's writes, other states, analog values,
 * identity. */
export const priorities = {
  annunciator: 0,
  secondLook: 1,
  fire: 2,
  operator: 3,
  state: 4,
  analog: 5,
  identity: 6,
} as const;
export type Priority = (typeof priorities)[keyof typeof priorities];

/** Of so many requests one goes to whoever below class fire waits longest (≥ 10 % of the line). */
export const lowerTurnEvery = 10;
/** Each unit has a handful of questions open at most; more than this is a mistake of ours. */
const waitingMax = 20_000;

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
  /** The unit's address. */
  readonly unit: number;
  /** Nothing but a second answer to an earlier question of the same unit keeps it back. */
  readonly isHeld: boolean;
}

interface Waiting<T> {
  readonly priority: Priority;
  readonly order: number;
  /** All of a class may be equally old, so the one that was answered longest ago has the earliest deadline. */
  readonly lastMono: number;
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

  /** `lastMono` = when the same question was last answered, monotonic ms; -Infinity for never. */
  push(priority: Priority, lastMono: number, job: T): void {
    assert(this.#waiting.length < waitingMax, 'a line that is asked more than it can ever answer');
    this.#waiting.push({ priority, lastMono, order: this.#order++, job });
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
    const all = this.#waiting.map((waiting) => ({ waiting, standing: standingOf(waiting.job, waiting.priority) }));
    const held = isLowerTurn ? null : heldOf(all, nowMono);
    for (const { waiting, standing } of all) {
      const { readyMono, isProbe, unit } = standing;
      // Every other question to a unit keeps its held one back for longer: none of lesser rank is put before it.
      const heldHere = held?.get(unit);
      if (heldHere !== undefined && heldHere !== waiting && goesBefore(heldHere, waiting, false)) continue;
      if (!isProbe && waiting.order < this.#probedAtOrder) owesSound = true;
      if (readyMono > nowMono) earliestMono = Math.min(earliestMono, readyMono);
      else if (isProbe && waiting.priority === priorities.annunciator) order ??= waiting;
      else if (isProbe) look ??= waiting;
      else sound = better(waiting, sound, isLowerTurn);
    }
    // An order to a silent siren and a look at a silent unit alternate: many such sirens must not hide one detector.
    const probe = this.#wasOrderProbed ? (look ?? order) : (order ?? look);
    const mayProbe = !owesSound && (sound === null || sound.priority > priorities.secondLook);
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
    this.#waiting.splice(this.#waiting.indexOf(taken), 1);
    return { kind: 'job', job: taken.job };
  }

  /** Takes out and returns the jobs that fit. */
  remove(fits: (job: T) => boolean): readonly T[] {
    const [out, kept] = [this.#waiting.filter(({ job }) => fits(job)), this.#waiting.filter(({ job }) => !fits(job))];
    this.#waiting = kept;
    return out.map(({ job }) => job);
  }
}

/** The foremost question of each unit that only a feared second answer keeps back; null when there is none. */
function heldOf<T>(
  all: readonly { readonly waiting: Waiting<T>; readonly standing: Standing }[],
  nowMono: number,
): ReadonlyMap<number, Waiting<T>> | null {
  let held: Map<number, Waiting<T>> | null = null;
  for (const { waiting, standing } of all) {
    if (!standing.isHeld || standing.readyMono <= nowMono) continue;
    held ??= new Map();
    held.set(standing.unit, better(waiting, held.get(standing.unit) ?? null, false));
  }
  return held;
}

function better<T>(a: Waiting<T>, b: Waiting<T> | null, isLowerTurn: boolean): Waiting<T> {
  return b === null || goesBefore(a, b, isLowerTurn) ? a : b;
}

function goesBefore<T>(a: Waiting<T>, b: Waiting<T>, isLowerTurn: boolean): boolean {
  if (isLowerTurn && Math.min(a.priority, b.priority) >= priorities.fire) {
    const aIsLower = a.priority > priorities.fire;
    if (aIsLower !== b.priority > priorities.fire) return aIsLower;
    if (aIsLower) return a.order < b.order;
  }
  if (a.priority !== b.priority) return a.priority < b.priority;
  return a.lastMono !== b.lastMono ? a.lastMono < b.lastMono : a.order < b.order;
}
