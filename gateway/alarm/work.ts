/** One step of the engine under way: collects what changes; nothing outside it is touched. */
import type { EntryId, PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import { latchesUntilReset } from '../../config/vocabulary.js';
import type { EntryDraft, JsonValue } from '../../sync/journal/entry.js';
import type { FacetChange } from '../../sync/journal/store.js';
import { wordsFor } from './alarm-words.js';
import { type Delays, stepCondition } from './condition.js';
import { type Alarm, type AlarmState, type Facets, fresh, noAlarm, rowOf } from './facets.js';
import type { Now, StepResult } from './step.js';
import type { Subject } from './subject.js';
import { isFaultOfOthers, severityOf, type WatchedPoint, type WatchedPoints, watchedOf } from './watched-point.js';

type Detail = Readonly<Record<string, JsonValue>>;

/** A quantity that jumps is looked at again before it is believed; only one that goes on jumping is at fault. */
const stepFaultMs = 15_000;
const atOnce: Delays = { onDelayMs: 0, offDelayMs: 0 };

export class Work {
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
    readonly now: Now,
    private readonly points: WatchedPoints,
    /** Keys of all that can be at fault on this site. */
    readonly known: ReadonlySet<string>,
  ) {
    this.#subjects = before.subjects;
    this.#lastOrder = before.lastOrder;
  }

  get subjects(): ReadonlyMap<string, Facets> {
    return this.#subjects;
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
      const onDelayMs = reading.reason === 'step' ? stepFaultMs : 0;
      this.condition(fault, true, { onDelayMs, offDelayMs: 0 }, { reason: reading.reason });
      return;
    }
    const severity = severityOf(point, reading);
    const isAtFault = severity === 'fault' && point.class !== 'fault';
    this.condition(fault, isAtFault, atOnce, { state: reading.value });
    this.#setLost(subject, isAtFault);
    if (point.class === null || isAtFault) return;
    const detail = { state: reading.value, confirmed: reading.confirmed, sampled_mono: reading.sampledMono };
    this.condition(subject, severity === point.class, point, detail);
  }

  condition(subject: Subject, isActive: boolean, delays: Delays, detail: Detail): void {
    const facets = this.#subjects.get(subject.key) ?? fresh(subject);
    const { state, event } = stepCondition(facets, isActive, delays, this.now.mono);
    if (event === 'raised') this.raise(facets, detail);
    else if (event === 'returned') this.#return(facets, detail);
    else if (state !== facets) this.put({ ...facets, ...state });
  }

  tick(): void {
    for (const { subject: key, condition, isLost } of [...this.#subjects.values()]) {
      const entry = this.entryOf(key);
      if (entry === null) continue;
      const isPending = condition === 'pending';
      if (!isPending && (condition !== 'clearing' || isLost)) continue;
      this.condition(entry.subject, isPending, entry.point, { reason: 'lasted' });
    }
  }

  raise(facets: Facets, detail: Detail): void {
    const id = this.now.entryId(this.#drafts.length);
    const alarm: Alarm = {
      id: facets.alarm?.id ?? id,
      order: ++this.#lastOrder,
      raisedMono: this.now.mono,
      raisedWall: facets.alarm?.raisedWall ?? this.now.wall,
    };
    // A new raising is heard and must be acknowledged anew, whatever was silenced before.
    this.put({ ...facets, condition: 'active', alarm, acknowledged: null, sounder: 'sounding' });
    const again = facets.alarm === null ? {} : { again: true };
    this.draft('alarm.raised', facets, alarm.id, null, { ...detail, ...again });
  }

  /** Takes over how a subject stands now. `isSaved` false: a restart need not know. */
  put(facets: Facets, isSaved = true): void {
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

  /** What was saved about this subject is not wanted any more. */
  forget(subject: string): void {
    this.#changed.set(subject, { subject, row: null });
  }

  stillActive(subject: string): void {
    this.#stillActive.push(subject);
  }

  draft(
    kind: EntryDraft['kind'] & `alarm.${string}`,
    facets: Facets,
    alarm: EntryId,
    origin: string | null,
    detail: Detail,
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

  /** The point that is this subject; null for faults and for what has left the config. */
  entryOf(key: string): WatchedPoint | null {
    return key.startsWith('point:') ? (this.points.get(key.slice('point:'.length) as PointId) ?? null) : null;
  }

  /** A point that can not be seen, or says itself that it is at fault, keeps its alarm; a person may reset it as lost. */
  #setLost(subject: Subject, isLost: boolean): void {
    const facets = this.#subjects.get(subject.key);
    if (facets !== undefined && facets.isLost !== isLost) this.put({ ...facets, isLost }, false);
  }

  #return(facets: Facets, detail: Detail): void {
    const alarm = facets.alarm;
    if (alarm === null) throw new Error(`${facets.subject} is active without an alarm`);
    const isKept = latchesUntilReset[facets.class];
    this.put(isKept ? { ...facets, condition: 'normal' } : { ...facets, ...noAlarm });
    this.draft('alarm.returned', facets, alarm.id, null, { ...detail, latched: isKept });
  }

  #nextTickMono(): number | null {
    let nextMono: number | null = null;
    for (const { subject, condition, isLost, sinceMono } of this.#subjects.values()) {
      const isWaiting = condition === 'pending' || (condition === 'clearing' && !isLost);
      const point = isWaiting ? this.entryOf(subject)?.point : undefined;
      if (point === undefined) continue;
      const delayMs = condition === 'pending' ? point.onDelayMs : point.offDelayMs;
      nextMono = Math.min(nextMono ?? Number.POSITIVE_INFINITY, sinceMono + delayMs);
    }
    return nextMono;
  }
}
