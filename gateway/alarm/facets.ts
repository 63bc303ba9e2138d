import type { BootId, EntryId, PointId, ZoneId } from '../../config/ids.js';
import type { AlarmClass, Words } from '../../config/vocabulary.js';
import type { JsonValue } from '../../sync/journal/entry.js';
import type { FacetRow } from '../../sync/journal/store.js';
import { type ChatterState, noChatter } from './chatter.js';
import type { Condition, ConditionState } from './condition.js';
import type { Subject } from './subject.js';

/** A present or latched alarm. */
export interface Alarm {
  /** Id of the entry that first raised it: the same until it is reset or gone. */
  readonly id: EntryId;
  /** Counts every raising of this boot; a person's `upTo` names one. A restored alarm has 0. */
  readonly order: number;
  /** -Infinity when it was raised before this boot. */
  readonly raisedMono: number;
  readonly raisedWall: number;
  /** Since when it has waited for somebody to acknowledge it, over all its raisings; -Infinity: since an earlier boot. */
  readonly waitingMono: number;
  /** Confirmed frames that showed it, the first two: a second detector counts only when another frame showed it. */
  readonly frames: readonly string[];
  /** Why it is more than the word of one detector; null while it is not. Held as long as the alarm. */
  readonly confirmed: Confirmation | null;
}

export interface Acknowledgement {
  readonly by: string;
  readonly wall: number;
  /** How long it had waited, ms; Infinity for an alarm of an earlier boot. What had begun by then goes on. */
  readonly afterMs: number;
}

/** Out of the watch for a while, by somebody. */
export interface Service {
  readonly is: 'shelved' | 'out-of-service' | 'under-test';
  readonly by: string;
  readonly untilMono: number;
  readonly untilWall: number;
  /** The wall clock could be believed when this was ordered: else nothing can be said about its end after a restart. */
  readonly isWallSure: boolean;
  /** Of a point under test that has shown an alarm: how it stands. Its alarm is none yet, so its condition stays normal. */
  readonly trial?: Trial;
}

/** An alarm shown under test, which a person may have made or a fire (`walk-test.ts`). */
export interface Trial extends ConditionState {
  /** When time alone changes it, monotonic ms: a delay is over, or it has lasted too long. */
  readonly dueMono: number;
  /** When it came into alarm (while pending: when it was first seen): from here it is counted whether it lasts too long to be a test. */
  readonly alarmMono: number;
  /** What it is raised with if it turns out to be a fire. */
  readonly detail: Readonly<Record<string, JsonValue>>;
  /** Confirmed frames that showed it, the first two. */
  readonly frames: readonly number[];
}

/** A zone whose detectors a person tries out one by one. */
export interface WalkTest {
  readonly zone: ZoneId;
  readonly by: string;
  readonly beganMono: number;
  readonly untilMono: number;
  /** When a detector was last seen; at first: when it began. */
  readonly lastSeenMono: number;
  /** Keys of the points that were put under test. */
  readonly subjects: readonly string[];
  /** Those of them that were seen, each once, in order. */
  readonly seen: readonly string[];
  /** Why it is over but for detectors that are still in alarm; null: it goes on. */
  readonly ending: 'ordered' | 'time' | 'quiet' | null;
}

/** A second detector of the zone, a manual call point, or a fire point of the zone that was lost while nobody had
 * acknowledged (design.md §5). */
export const confirmations = ['second-detector', 'call-point', 'second-lost'] as const;
export type Confirmation = (typeof confirmations)[number];

/** Everything the engine knows about one subject (a point, or something that can be at fault). Facets are kept apart. */
export interface Facets {
  readonly subject: string;
  readonly class: AlarmClass;
  readonly zone: ZoneId | null;
  readonly name: Words;
  readonly condition: Condition;
  /** When `pending` or `clearing` began. */
  readonly sinceMono: number;
  readonly alarm: Alarm | null;
  readonly acknowledged: Acknowledgement | null;
  readonly sounder: 'quiet' | 'sounding' | 'silenced';
  /** Since when it sounds or is silenced, on this boot; restarted when the fire is confirmed. */
  readonly sounderMono: number;
  /** When it was silenced, by a wall clock that could be believed; null: by one that could not. */
  readonly silencedWall?: number | null;
  /** Null: in service. */
  readonly service: Service | null;
  /** The point can not be seen now; its alarm, if any, is kept. */
  readonly isLost: boolean;
  /** Of a number beyond its limit: what it is raised with, or will be when it has lasted. Not saved. */
  readonly measured?: number;
  /** While its fire waited for its delay, or was a trial of a walk test, another fire point of the zone was lost: it counts as soon as this one is raised. */
  readonly isLossBeside?: boolean;
}

export interface AlarmState {
  readonly subjects: ReadonlyMap<string, Facets>;
  /** Order of the newest raising. */
  readonly lastOrder: number;
  /** Points of class fire that can be seen now. */
  readonly inSight: ReadonlyMap<PointId, true>;
  /** Of what flickers: which of its entries were counted. */
  readonly chatter: ChatterState;
  readonly walkTests: ReadonlyMap<ZoneId, WalkTest>;
}

export const emptyAlarmState: AlarmState = {
  ...{ subjects: new Map(), lastOrder: 0, inSight: new Map() },
  ...{ chatter: noChatter, walkTests: new Map() },
};

/** Which alarms a person's order is about: the newest one they saw on this boot, or all raised before a moment. */
export type UpTo =
  | { readonly boot: BootId; readonly order: number }
  /** A wired key has no screen: it means what was there one second before. */
  | { readonly raisedBeforeMono: number };

export const noAlarm = {
  condition: 'normal',
  alarm: null,
  acknowledged: null,
  sounder: 'quiet',
  sounderMono: Number.NEGATIVE_INFINITY,
} as const;

export function fresh(subject: Subject): Facets {
  return {
    subject: subject.key,
    class: subject.class,
    zone: subject.zone,
    name: subject.name,
    ...noAlarm,
    sinceMono: Number.NEGATIVE_INFINITY,
    service: null,
    isLost: false,
  };
}

/** In the place of a confirmation: what will confirm the fire as soon as it is raised. */
const lossBeside = 'loss-beside';

/** The row that restores these facets after a restart; null when there is nothing to remember. `untold`: the alarm with changes that
 * were counted and are not told yet. */
export function rowOf(facets: Facets, untold: EntryId | null = null): FacetRow | null {
  const isPendingFire = facets.condition === 'pending' && facets.class === 'fire';
  if (facets.alarm === null && facets.service === null && !isPendingFire && untold === null) return null;
  return {
    subject: facets.subject,
    class: facets.class,
    zone: facets.zone,
    name: facets.name,
    // In alarm under test, or in a return that may be none, it waits to be believed; the test does not outlive a restart, and then
    // it is due.
    condition: facets.service?.trial === undefined ? facets.condition : 'pending',
    alarm: facets.alarm?.id ?? null,
    raisedWall: facets.alarm?.raisedWall ?? null,
    acknowledgedBy: facets.acknowledged?.by ?? null,
    acknowledgedWall: facets.acknowledged?.wall ?? null,
    acknowledgedAfterMs: facets.acknowledged?.afterMs ?? null,
    frames: facets.alarm?.frames.join(' ') ?? '',
    confirmed: facets.alarm?.confirmed ?? (facets.isLossBeside === true ? lossBeside : null),
    sounder: facets.sounder,
    silencedWall: facets.sounder === 'silenced' ? (facets.silencedWall ?? null) : null,
    untold,
    service: facets.service?.is ?? 'in-service',
    serviceUntilWall: facets.service?.isWallSure === true ? facets.service.untilWall : null,
    serviceBy: facets.service?.by ?? null,
  };
}

/** The facets that a saved row stands for. How long a service still lasts is for `restore` to say. Delays do not run over a restart: what was waiting to be raised waits for a look
 * of this boot, what was clearing is still active. */
export function facetsOf(row: FacetRow): Facets {
  const isActive = row.alarm !== null && (row.condition === 'active' || row.condition === 'clearing');
  return {
    subject: row.subject,
    class: row.class,
    zone: row.zone,
    name: row.name,
    condition: isActive ? 'active' : 'normal',
    sinceMono: Number.NEGATIVE_INFINITY,
    alarm: alarmOf(row),
    acknowledged: acknowledgementOf(row),
    sounder: row.sounder,
    sounderMono: Number.NEGATIVE_INFINITY,
    silencedWall: row.silencedWall,
    service: serviceOf(row),
    isLost: false,
    ...(row.confirmed === lossBeside ? { isLossBeside: true } : {}),
  };
}

function alarmOf({ alarm: id, raisedWall, frames, confirmed }: FacetRow): Alarm | null {
  if (id === null) return null;
  return {
    ...{ id, order: 0, raisedWall: raisedWall ?? 0 },
    ...{ raisedMono: Number.NEGATIVE_INFINITY, waitingMono: Number.NEGATIVE_INFINITY },
    frames: frames === '' ? [] : frames.split(' '),
    confirmed: confirmations.find((each) => each === confirmed) ?? null,
  };
}

function acknowledgementOf(row: FacetRow): Acknowledgement | null {
  const { acknowledgedBy: by, acknowledgedWall: wall, acknowledgedAfterMs: afterMs } = row;
  return by === null ? null : { by, wall: wall ?? 0, afterMs: afterMs ?? Number.POSITIVE_INFINITY };
}

function serviceOf({ service: is, serviceBy: by, serviceUntilWall: untilWall }: FacetRow): Service | null {
  if (is === 'in-service') return null;
  return {
    is,
    by: by ?? '',
    untilWall: untilWall ?? 0,
    untilMono: Number.NEGATIVE_INFINITY,
    isWallSure: untilWall !== null,
  };
}

/** A detector that flickers must not put off those who wait for an acknowledgement: the time goes on where it stood. Only whoever
 * acknowledged and silenced begins anew. */
export function waitingSince({ alarm, acknowledged, sounder }: Facets, nowMono: number): number {
  if (alarm === null) return nowMono;
  if (acknowledged === null) return alarm.waitingMono;
  return sounder === 'silenced' ? nowMono : nowMono - acknowledged.afterMs;
}
