/** One step of the engine under way: collects what changes; nothing outside it is touched. */
import type { EntryId, PointId, ZoneId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import { latchesUntilReset, type Words } from '../../config/vocabulary.js';
import type { EntryDraft, JsonValue } from '../../sync/journal/entry.js';
import type { FacetChange } from '../../sync/journal/store.js';
import { wordsFor } from './alarm-words.js';
import { confirmationOf, type ZoneFire } from './coincidence.js';
import { type Delays, stepCondition } from './condition.js';
import {
  type Alarm,
  type AlarmState,
  type Confirmation,
  type Facets,
  fresh,
  noAlarm,
  rowOf,
  type WalkTest,
} from './facets.js';
import { isOnOtherSide, numberDetail } from './limits.js';
import { resoundMono } from './sounder.js';
import type { Now, StepResult } from './step.js';
import type { Subject } from './subject.js';
import { walkTestTickMono } from './walk-test-due.js';
import { isFaultOfOthers, severityOf, type WatchedPoint, type WatchedPoints, watchedOf } from './watched-point.js';

type Detail = Readonly<Record<string, JsonValue>>;

/** A quantity that jumps is looked at again before it is believed; only one that goes on jumping is at fault. */
const stepFaultMs = 15_000;
/** Of each alarm. */
const framesKept = 2;
const atOnce: Delays = { onDelayMs: 0, offDelayMs: 0 };

/** A reading of a point under test. */
export interface UnderTest {
  readonly watched: WatchedPoint;
  readonly isActive: boolean;
  /** Null: on a troubled line, to be looked at twice. */
  readonly frame: number | null;
  readonly detail: Detail;
}

export class Work {
  /** The state before, until something changes: most readings change nothing, and there are thousands a second. */
  #subjects: ReadonlyMap<string, Facets>;
  #own: Map<string, Facets> | null = null;
  readonly #changed = new Map<string, FacetChange>();
  readonly #drafts: EntryDraft[] = [];
  readonly #touched: string[] = [];
  readonly #stillActive: string[] = [];
  #lastOrder: number;
  #inSight: ReadonlySet<PointId>;
  #walkTests: ReadonlyMap<ZoneId, WalkTest>;
  #isChanged = false;
  /** What a point under test says in this step; `walk-test.ts` says what comes of it. */
  said: UnderTest | null = null;

  constructor(
    private readonly before: AlarmState,
    readonly now: Now,
    private readonly points: WatchedPoints,
    /** All that can be in alarm or at fault on this site, by key. */
    readonly known: ReadonlyMap<string, Subject>,
    readonly zoneNames: ReadonlyMap<ZoneId, Words>,
  ) {
    this.#subjects = before.subjects;
    this.#lastOrder = before.lastOrder;
    this.#inSight = before.inSight;
    this.#walkTests = before.walkTests;
  }

  get subjects(): ReadonlyMap<string, Facets> {
    return this.#subjects;
  }

  get walkTests(): ReadonlyMap<ZoneId, WalkTest> {
    return this.#walkTests;
  }

  get isChanged(): boolean {
    return this.#isChanged;
  }

  result(): StepResult {
    const nextTickMono = (): number | null => this.#nextTickMono();
    const [subjects, lastOrder, inSight, walkTests] = [this.#subjects, this.#lastOrder, this.#inSight, this.#walkTests];
    const state = { subjects, lastOrder, inSight, walkTests };
    return {
      state: this.#isChanged ? state : this.before,
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
    const watched = watchedOf(this.points, reading);
    const { point, subject, fault } = watched;
    if (point.class === 'fire') this.#see(point.id, subject, reading.quality === 'good');
    if (reading.quality === 'bad') {
      this.#setLost(subject, true);
      if (isFaultOfOthers(reading)) return;
      const onDelayMs = reading.reason === 'step' ? stepFaultMs : 0;
      this.condition(fault, true, { onDelayMs, offDelayMs: 0 }, { reason: reading.reason });
      return;
    }
    const { value, confirmed } = reading;
    const wasActive = this.#isActive(subject);
    const severity = severityOf(point, reading, wasActive);
    const isAtFault = severity === 'fault' && point.class !== 'fault';
    this.condition(fault, isAtFault, atOnce, { state: reading.value });
    // Of a point that raises no alarm any more nobody can see that an old one is over.
    this.#setLost(subject, isAtFault || point.class === null);
    if (point.class === null || isAtFault) return;
    const told = typeof value === 'number' ? numberDetail(point, value, wasActive) : { state: value };
    const detail = { ...told, confirmed, sampled_mono: reading.sampledMono };
    if (this.#subjects.get(subject.key)?.service?.is === 'under-test') {
      this.said = { watched, isActive: severity === point.class, frame: confirmed ? reading.frame : null, detail };
      return;
    }
    this.condition(subject, severity === point.class, point, detail);
    if (typeof value === 'number') this.#follow(watched, value, wasActive, detail);
    if (point.class === 'fire' && severity === 'fire' && confirmed) this.witness(subject, reading.frame);
  }

  condition(subject: Subject, isActive: boolean, delays: Delays, detail: Detail): void {
    const facets = this.#subjects.get(subject.key) ?? fresh(subject);
    const { state, event } = stepCondition(facets, isActive, delays, this.now.mono);
    if (event === 'raised') this.raise(facets, detail);
    else if (event === 'returned') this.#return(facets, detail);
    else if (state !== facets) this.put({ ...facets, ...state });
  }

  tick(): void {
    for (const { subject: key, condition, isLost, measured } of [...this.#subjects.values()]) {
      const entry = this.entryOf(key);
      if (entry === null) continue;
      const isPending = condition === 'pending';
      if (!isPending && (condition !== 'clearing' || isLost)) continue;
      const told = isPending && measured !== undefined ? numberDetail(entry.point, measured, false) : {};
      this.condition(entry.subject, isPending, entry.point, { reason: 'lasted', ...told });
    }
  }

  raise(facets: Facets, detail: Detail): void {
    const id = this.now.entryId(this.#drafts.length);
    const alarm: Alarm = {
      id: facets.alarm?.id ?? id,
      order: ++this.#lastOrder,
      raisedMono: this.now.mono,
      raisedWall: facets.alarm?.raisedWall ?? this.now.wall,
      waitingMono: waitingSince(facets, this.now.mono),
      frames: facets.alarm?.frames ?? [],
      confirmed: facets.alarm?.confirmed ?? null,
    };
    // A new raising is heard and must be acknowledged anew, whatever was silenced before.
    const { service } = facets;
    const sounder = service === null ? 'sounding' : 'quiet';
    this.put({ ...facets, condition: 'active', alarm, acknowledged: null, sounder, sounderMono: this.now.mono });
    const again = facets.alarm === null ? {} : { again: true };
    const unserved = service === null ? {} : { service: service.is };
    this.draft('alarm.raised', facets, alarm.id, null, { ...detail, ...again, ...unserved });
    if (facets.class === 'fire') this.weigh(facets.zone);
  }

  /** The stamp of something that nobody has seen before. */
  newest(): Pick<Alarm, 'order' | 'raisedMono'> {
    this.#lastOrder++;
    return { order: this.#lastOrder, raisedMono: this.now.mono };
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

  /** An order took effect on it, and no entry says so. */
  touch(subject: string): void {
    this.#touched.push(subject);
  }

  stillActive(subject: string): void {
    this.#stillActive.push(subject);
  }

  draft(
    kind: EntryDraft['kind'] & (`alarm.${string}` | 'service.changed'),
    facets: Facets,
    alarm: EntryId | null,
    origin: string | null,
    detail: Detail,
  ): void {
    if (origin !== null) this.#touched.push(facets.subject);
    this.#drafts.push({
      kind,
      // To take a detector out of service is an operation, and no fire.
      class: kind === 'service.changed' ? null : facets.class,
      subject: facets.subject,
      alarm,
      zone: facets.zone,
      words: wordsFor(kind, facets, detail),
      origin,
      detail,
    });
  }

  /** Begins or goes on with the walk test of a zone, or ends it. */
  putWalkTest(zone: ZoneId, test: WalkTest | null): void {
    this.#isChanged = true;
    const walkTests = new Map(this.#walkTests);
    this.#walkTests = walkTests;
    if (test === null) walkTests.delete(zone);
    else walkTests.set(zone, test);
  }

  /** An entry about something else than one alarm. */
  note(draft: EntryDraft): void {
    this.#drafts.push(draft);
  }

  /** The point that is this subject; null for faults and for what has left the config. */
  entryOf(key: string): WatchedPoint | null {
    return key.startsWith('point:') ? (this.points.get(key.slice('point:'.length) as PointId) ?? null) : null;
  }

  #isActive({ key }: Subject): boolean {
    const condition = this.#subjects.get(key)?.condition;
    return condition === 'active' || condition === 'clearing';
  }

  /** What a number is raised with is kept: a tick raises it without a look, and one that has gone over to the other side of
   * normal (a pool that ran over and is now empty) is raised anew. */
  #follow({ point, subject }: WatchedPoint, value: number, wasActive: boolean, detail: Detail): void {
    const facets = this.#subjects.get(subject.key);
    if (facets === undefined) return;
    const { condition, measured } = facets;
    const isNew = condition === 'pending' || (condition === 'active' && !wasActive);
    const hasCrossed = condition === 'active' && wasActive && isOnOtherSide(point, measured, value);
    if (hasCrossed) this.raise({ ...facets, measured: value }, detail);
    else if (isNew && measured !== value) this.put({ ...facets, measured: value }, false);
  }

  /** A point that can not be seen, or says itself that it is at fault, keeps its alarm; a person may reset it as lost. */
  #setLost(subject: Subject, isLost: boolean): void {
    const facets = this.#subjects.get(subject.key);
    if (facets !== undefined && facets.isLost !== isLost) this.put({ ...facets, isLost }, false);
  }

  /** A fire point came into sight or was lost. Lost beside a fire that nobody has acknowledged, it was perhaps burnt. */
  #see(id: PointId, subject: Subject, isSeen: boolean): void {
    if (this.#inSight.has(id) === isSeen) return;
    this.#isChanged = true;
    const inSight = new Set(this.#inSight);
    this.#inSight = inSight;
    if (isSeen) inSight.add(id);
    else inSight.delete(id);
    if (isSeen || (this.#subjects.get(subject.key)?.service ?? null) !== null) return;
    const others = this.#firesOf(subject.zone).filter(({ facets }) => facets.subject !== subject.key);
    for (const fire of others) if (fire.facets.acknowledged === null) this.#confirm(fire, 'second-lost');
  }

  /** This frame shows the fire. Two are remembered: of two detectors that always share a frame the next one counts. */
  witness({ key, zone }: Pick<Subject, 'key' | 'zone'>, frameOfBoot: number): void {
    const facets = this.#subjects.get(key);
    const frame = `${this.now.boot}/${frameOfBoot}`;
    if (facets === undefined || facets.alarm === null) return;
    const { alarm } = facets;
    if (alarm.frames.length >= framesKept || alarm.frames.includes(frame)) return;
    this.put({ ...facets, alarm: { ...alarm, frames: [...alarm.frames, frame] } });
    this.weigh(zone);
  }

  /** Are the fires of this zone more than one detector's word? */
  weigh(zone: ZoneId | null): void {
    const fires = this.#firesOf(zone);
    const by = confirmationOf(fires);
    if (by !== null) for (const fire of fires) this.#confirm(fire, by);
  }

  #confirm({ facets, alarm }: ZoneFire, confirmed: Confirmation): void {
    if (alarm.confirmed !== null) return;
    // What it wakes now sounds from the beginning, not in the middle of a rest.
    // A detector that burns away beside a silenced fire is no alarm of its own, and must be heard all the same.
    const isHeard = facets.sounder === 'sounding' || (facets.sounder === 'silenced' && confirmed === 'second-lost');
    const sounder = isHeard ? 'sounding' : facets.sounder;
    const sounderMono = isHeard ? this.now.mono : facets.sounderMono;
    this.put({ ...facets, sounder, sounderMono, alarm: { ...alarm, confirmed } });
    this.draft('alarm.confirmed', facets, alarm.id, null, { reason: confirmed });
  }

  #firesOf(zone: ZoneId | null): readonly ZoneFire[] {
    return [...this.#subjects.values()].flatMap((facets): ZoneFire[] => {
      const { alarm } = facets;
      if (facets.class !== 'fire' || facets.zone !== zone || alarm === null || facets.service !== null) return [];
      return [{ facets, alarm, role: this.entryOf(facets.subject)?.point.role ?? null }];
    });
  }

  #return(facets: Facets, detail: Detail): void {
    const alarm = facets.alarm;
    if (alarm === null) throw new Error(`${facets.subject} is active without an alarm`);
    const isKept = latchesUntilReset[facets.class];
    this.put(isKept ? { ...facets, condition: 'normal' } : { ...facets, ...noAlarm });
    this.draft('alarm.returned', facets, alarm.id, null, { ...detail, latched: isKept });
  }

  #nextTickMono(): number | null {
    let nextMono: number | null = walkTestTickMono(this.#walkTests, this.#subjects);
    for (const facets of this.#subjects.values()) {
      const { subject, condition, isLost, sinceMono, service } = facets;
      const otherMono = Math.min(
        // The end of a walk test is its own (`walk-test-due.ts`).
        (service?.is === 'under-test' ? null : service?.untilMono) ?? Number.POSITIVE_INFINITY,
        resoundMono(facets) ?? Number.POSITIVE_INFINITY,
      );
      if (otherMono < Number.POSITIVE_INFINITY) nextMono = Math.min(nextMono ?? Number.POSITIVE_INFINITY, otherMono);
      const isWaiting = condition === 'pending' || (condition === 'clearing' && !isLost);
      const point = isWaiting ? this.entryOf(subject)?.point : undefined;
      if (point === undefined) continue;
      const delayMs = condition === 'pending' ? point.onDelayMs : point.offDelayMs;
      nextMono = Math.min(nextMono ?? Number.POSITIVE_INFINITY, sinceMono + delayMs);
    }
    return nextMono;
  }
}

/** A detector that flickers must not put off those who wait for an acknowledgement: the time goes on where it stood. Only whoever
 * acknowledged and silenced begins anew. */
function waitingSince({ alarm, acknowledged, sounder }: Facets, nowMono: number): number {
  if (alarm === null) return nowMono;
  if (acknowledged === null) return alarm.waitingMono;
  return sounder === 'silenced' ? nowMono : nowMono - acknowledged.afterMs;
}
