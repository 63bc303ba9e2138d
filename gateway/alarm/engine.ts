/**
 * The alarm engine: `step(state, input, now) → {state, drafts, facets}`. Pure: no clock, no disk, no wire.
 *
 * Condition of a subject:      normal ─▶ pending ─▶ active ─▶ clearing ─▶ normal
 *                                 ▲─────────┘          ▲───────────┘
 * Entering active raises. Classes that latch (config/vocabulary.ts) keep their alarm after the return until a person
 * resets it; the others lose it with the return. A bad reading changes no condition: losing sight is never an all-clear.
 */
import type { EntryId, PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { PointConfig } from '../../config/site.js';
import { type AlarmClass, alarmClasses, latchesUntilReset } from '../../config/vocabulary.js';
import type { EntryDraft, JsonValue } from '../../sync/journal/entry.js';
import type { FacetChange, FacetRow } from '../../sync/journal/store.js';
import { wordsFor } from './alarm-words.js';
import { type Alarm, type AlarmState, type Facets, facetsOf, rowOf, type UpTo } from './facets.js';
import type { Subject } from './subject.js';
import {
  isFaultOfOthers,
  isNoNews,
  severityOf,
  type WatchedPoint,
  type WatchedPoints,
  watchedOf,
  watchPoints,
} from './watched-point.js';

export interface Now {
  readonly mono: number;
  readonly wall: number;
  /** Id that the n-th draft of this step will get in the journal. */
  readonly entryId: (n: number) => EntryId;
}

export interface EngineCommand {
  readonly kind: 'acknowledge' | 'silence' | 'reset';
  readonly upTo: UpTo;
  readonly origin: string;
}

export type EngineInput =
  | { readonly kind: 'reading'; readonly reading: Reading }
  /** Something of the gateway's own that is at fault or sound again: a unit, a line, an output, an uplink, the disk. */
  | {
      readonly kind: 'condition';
      readonly subject: Subject;
      readonly isActive: boolean;
      readonly detail: Readonly<Record<string, JsonValue>>;
    }
  | { readonly kind: 'command'; readonly command: EngineCommand }
  | { readonly kind: 'restore'; readonly rows: readonly FacetRow[] }
  | { readonly kind: 'tick' };

export interface StepResult {
  readonly state: AlarmState;
  readonly drafts: readonly EntryDraft[];
  readonly facets: readonly FacetChange[];
  /** Answer to a command: alarms it took effect on, and those a reset had to leave because they are still active. */
  readonly touched: readonly string[];
  readonly stillActive: readonly string[];
  /** When the next tick is needed, or null. */
  readonly nextTickMono: number | null;
}

export type Step = (state: AlarmState, input: EngineInput, now: Now) => StepResult;

/** The engine of one site. `faultSubjects` = what can be at fault here; saved faults of anything else are dropped. */
export function makeStep(points: readonly PointConfig[], faultSubjects: ReadonlySet<string>): Step {
  const byId = watchPoints(points);
  const known = new Set(faultSubjects);
  for (const { subject, fault } of byId.values()) known.add(subject.key).add(fault.key);
  let idle: StepResult | null = null;
  return (state, input, now) => {
    if (input.kind === 'reading' && isNoNews(state, watchedOf(byId, input.reading), input.reading)) {
      // One result for all of them, until the state is another one.
      if (idle?.state !== state) idle = new Work(state, now, byId, known).result();
      return idle;
    }
    const work = new Work(state, now, byId, known);
    switch (input.kind) {
      case 'reading':
        work.read(input.reading);
        break;
      case 'condition':
        work.condition(input.subject, input.isActive, 0, 0, input.detail);
        break;
      case 'command':
        work.obey(input.command);
        break;
      case 'restore':
        work.restore(input.rows);
        break;
      case 'tick':
        work.tick();
        break;
      default: {
        const impossible: never = input;
        throw new Error(`impossible input ${String(impossible)}`);
      }
    }
    return work.result();
  };
}

/** A quantity that jumps is looked at again before it is believed; only one that goes on jumping is at fault. */
const stepFaultMs = 15_000;

/** One step under way: collects what changes; nothing outside it is touched. */
class Work {
  /** The state before, until something changes: most readings change nothing, and there are thousands a second. */
  #subjects: ReadonlyMap<string, Facets>;
  #own: Map<string, Facets> | null = null;
  readonly #changed = new Map<string, FacetChange>();
  readonly #drafts: EntryDraft[] = [];
  readonly #touched: string[] = [];
  readonly #stillActive: string[] = [];
  #lastOrder: number;
  #isChanged = false;

  constructor(
    private readonly before: AlarmState,
    private readonly now: Now,
    private readonly points: WatchedPoints,
    private readonly known: ReadonlySet<string>,
  ) {
    this.#subjects = before.subjects;
    this.#lastOrder = before.lastOrder;
  }

  result(): StepResult {
    const nextTickMono = (): number | null => this.#nextTickMono();
    return {
      state: this.#isChanged ? { subjects: this.#subjects, lastOrder: this.#lastOrder } : this.before,
      drafts: this.#drafts,
      facets: [...this.#changed.values()],
      touched: this.#touched,
      stillActive: this.#stillActive,
      // Read only when something changed: thousands of readings a second change nothing.
      get nextTickMono() {
        return nextTickMono();
      },
    };
  }

  read(reading: Reading): void {
    const { point, subject, fault } = watchedOf(this.points, reading);
    if (reading.quality === 'bad') {
      this.#setLost(subject, true);
      if (isFaultOfOthers(reading)) return;
      this.condition(fault, true, reading.reason === 'step' ? stepFaultMs : 0, 0, { reason: reading.reason });
      return;
    }
    const severity = severityOf(point, reading);
    const isAtFault = severity === 'fault' && point.class !== 'fault';
    this.condition(fault, isAtFault, 0, 0, { state: reading.value });
    this.#setLost(subject, isAtFault);
    if (point.class === null || isAtFault) return;
    const detail = { state: reading.value, confirmed: reading.confirmed, sampled_mono: reading.sampledMono };
    this.condition(subject, severity === point.class, point.onDelayMs, point.offDelayMs, detail);
  }

  /** A point that can not be seen, or says itself that it is at fault, keeps its alarm; a person may reset it as lost. */
  #setLost(subject: Subject, isLost: boolean): void {
    const facets = this.#subjects.get(subject.key);
    if (facets !== undefined && facets.isLost !== isLost) this.#put({ ...facets, isLost }, false);
  }

  condition(
    subject: Subject,
    isActive: boolean,
    onDelayMs: number,
    offDelayMs: number,
    detail: Readonly<Record<string, JsonValue>>,
  ): void {
    const facets = this.#subjects.get(subject.key);
    const condition = facets?.condition ?? 'normal';
    // The same sum as the planned tick's: a difference of fractions could fall a hair short of the delay.
    const hasLasted = (delayMs: number): boolean => this.now.mono >= (facets?.sinceMono ?? this.now.mono) + delayMs;
    switch (condition) {
      case 'normal':
        if (!isActive) return;
        if (onDelayMs > 0) this.#put({ ...(facets ?? fresh(subject)), condition: 'pending', sinceMono: this.now.mono });
        else this.#raise(facets ?? fresh(subject), detail);
        return;
      case 'pending':
        if (!isActive) this.#put({ ...(facets ?? fresh(subject)), condition: 'normal' });
        else if (hasLasted(onDelayMs)) this.#raise(facets ?? fresh(subject), detail);
        return;
      case 'active':
        if (isActive || facets === undefined) return;
        if (offDelayMs > 0) this.#put({ ...facets, condition: 'clearing', sinceMono: this.now.mono });
        else this.#return(facets, detail);
        return;
      case 'clearing':
        if (facets === undefined) return;
        if (isActive) this.#put({ ...facets, condition: 'active' });
        else if (hasLasted(offDelayMs)) this.#return(facets, detail);
        return;
    }
  }

  obey(command: EngineCommand): void {
    for (const facets of [...this.#subjects.values()].sort(byClassThenOrder)) {
      const alarm = facets.alarm;
      if (alarm === null || !isCovered(alarm, command.upTo)) continue;
      switch (command.kind) {
        case 'acknowledge':
          if (facets.acknowledged !== null) break;
          this.#put({ ...facets, acknowledged: { by: command.origin, wall: this.now.wall } });
          this.#draft('alarm.acknowledged', facets, alarm.id, command.origin, {});
          break;
        case 'silence':
          if (facets.sounder !== 'sounding') break;
          this.#put({ ...facets, sounder: 'silenced' });
          this.#draft('alarm.silenced', facets, alarm.id, command.origin, {});
          break;
        case 'reset':
          this.#reset(facets, alarm, command.origin);
          break;
      }
    }
  }

  /** Latched = restored ∪ current, never less. A fire that was pending counts as due (design.md §3). */
  restore(rows: readonly FacetRow[]): void {
    for (const row of rows) {
      const saved = this.#asToday(facetsOf(row));
      const present = this.#subjects.get(row.subject);
      if (present !== undefined && present.alarm !== null) {
        // Raised again before the disk answered: the present alarm stays, and its row replaces the saved one.
        this.#put(present);
        if (saved.alarm !== null) this.#end(saved, saved.alarm, { reason: 'superseded', by: present.alarm.id });
      } else if (this.#hasLeft(row)) {
        if (saved.alarm !== null) this.#end(saved, saved.alarm, { reason: 'left-config' });
        this.#changed.set(row.subject, { subject: row.subject, row: null });
      } else if (row.condition === 'pending' && row.class === 'fire') this.#raise(saved, { reason: 'restart' });
      else if (present?.condition === 'pending') {
        // What is waiting now goes on waiting, on top of what was latched.
        this.#put({ ...saved, condition: 'pending', sinceMono: present.sinceMono, isLost: false }, false);
      } else this.#put(saved, false);
    }
  }

  /** Saved facets under today's name and zone. What has left the config can never be seen again: lost, so that a person can
   * reset it. */
  #asToday(saved: Facets): Facets {
    const entry = this.#entryOf(saved.subject);
    if (entry === null) return { ...saved, isLost: !this.known.has(saved.subject) };
    const { zone, name } = entry.subject;
    return { ...saved, zone, name };
  }

  /** Nothing here can be in that alarm any more: a fault of something that is gone, or a point that is now of another class.
   * A fire stays whatever the config says, until a person resets it. */
  #hasLeft(row: FacetRow): boolean {
    if (row.class === 'fire') return false;
    const entry = this.#entryOf(row.subject);
    if (entry !== null) return entry.point.class !== row.class;
    return !this.known.has(row.subject) && !latchesUntilReset[row.class];
  }

  #end(facets: Facets, alarm: Alarm, detail: Readonly<Record<string, JsonValue>>): void {
    this.#draft('alarm.returned', facets, alarm.id, null, detail);
  }

  tick(): void {
    for (const facets of [...this.#subjects.values()]) {
      const entry = this.#entryOf(facets.subject);
      if (entry === null) continue;
      const { point, subject } = entry;
      if (facets.condition === 'pending') {
        this.condition(subject, true, point.onDelayMs, 0, { reason: 'lasted' });
      } else if (facets.condition === 'clearing' && !facets.isLost) {
        this.condition(subject, false, 0, point.offDelayMs, { reason: 'lasted' });
      }
    }
  }

  #raise(facets: Facets, detail: Readonly<Record<string, JsonValue>>): void {
    const id = this.now.entryId(this.#drafts.length);
    const alarm: Alarm = {
      id: facets.alarm?.id ?? id,
      order: ++this.#lastOrder,
      raisedMono: this.now.mono,
      raisedWall: facets.alarm?.raisedWall ?? this.now.wall,
    };
    // A new raising is heard and must be acknowledged anew, whatever was silenced before.
    this.#put({ ...facets, condition: 'active', alarm, acknowledged: null, sounder: 'sounding' });
    const again = facets.alarm === null ? {} : { again: true };
    this.#draft('alarm.raised', facets, alarm.id, null, { ...detail, ...again });
  }

  #return(facets: Facets, detail: Readonly<Record<string, JsonValue>>): void {
    const alarm = facets.alarm;
    if (alarm === null) throw new Error(`${facets.subject} is active without an alarm`);
    const isKept = latchesUntilReset[facets.class];
    this.#put(isKept ? { ...facets, condition: 'normal' } : { ...facets, ...noAlarm });
    this.#draft('alarm.returned', facets, alarm.id, null, { ...detail, latched: isKept });
  }

  #reset(facets: Facets, alarm: Alarm, origin: string): void {
    if (!latchesUntilReset[facets.class]) return;
    const isActive = facets.condition !== 'normal';
    if (isActive && !facets.isLost) {
      this.#stillActive.push(facets.subject);
      return;
    }
    this.#put({ ...facets, ...noAlarm });
    this.#draft('alarm.reset', facets, alarm.id, origin, isActive ? { as: 'detector-lost' } : {});
  }

  #put(facets: Facets, isSaved = true): void {
    this.#isChanged = true;
    const row = rowOf(facets);
    this.#own ??= new Map(this.#subjects);
    this.#subjects = this.#own;
    if (row === null && facets.condition === 'normal') this.#own.delete(facets.subject);
    else this.#own.set(facets.subject, facets);
    const hadRow = rowOf(this.before.subjects.get(facets.subject) ?? facets) !== null;
    if (isSaved && (row !== null || hadRow || this.#changed.has(facets.subject))) {
      this.#changed.set(facets.subject, { subject: facets.subject, row });
    }
  }

  #draft(
    kind: EntryDraft['kind'] & `alarm.${string}`,
    facets: Facets,
    alarm: EntryId,
    origin: string | null,
    detail: Readonly<Record<string, JsonValue>>,
  ): void {
    if (origin !== null) this.#touched.push(facets.subject);
    this.#drafts.push({
      kind,
      class: facets.class,
      subject: facets.subject,
      alarm,
      zone: facets.zone,
      words: wordsFor(kind, facets, detail),
      origin,
      detail,
    });
  }

  #entryOf(key: string): WatchedPoint | null {
    return key.startsWith('point:') ? (this.points.get(key.slice('point:'.length) as PointId) ?? null) : null;
  }

  #nextTickMono(): number | null {
    let nextMono: number | null = null;
    for (const facets of this.#subjects.values()) {
      const isWaiting = facets.condition === 'pending' || (facets.condition === 'clearing' && !facets.isLost);
      if (!isWaiting) continue;
      const point = this.#entryOf(facets.subject)?.point;
      const delayMs = facets.condition === 'pending' ? point?.onDelayMs : point?.offDelayMs;
      if (delayMs === undefined) continue;
      nextMono = Math.min(nextMono ?? Number.POSITIVE_INFINITY, facets.sinceMono + delayMs);
    }
    return nextMono;
  }
}

const noAlarm = { condition: 'normal', alarm: null, acknowledged: null, sounder: 'quiet' } as const;

function fresh(subject: Subject): Facets {
  return {
    subject: subject.key,
    class: subject.class,
    zone: subject.zone,
    name: subject.name,
    ...noAlarm,
    sinceMono: Number.NEGATIVE_INFINITY,
    service: 'in-service',
    isLost: false,
  };
}

function isCovered(alarm: Alarm, upTo: UpTo): boolean {
  return 'order' in upTo ? alarm.order <= upTo.order : alarm.raisedMono <= upTo.raisedBeforeMono;
}

function rank(alarmClass: AlarmClass): number {
  return alarmClasses.indexOf(alarmClass);
}

function byClassThenOrder(a: Facets, b: Facets): number {
  return rank(a.class) - rank(b.class) || (a.alarm?.order ?? 0) - (b.alarm?.order ?? 0);
}
