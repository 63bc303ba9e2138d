import type { BootId, EntryId, ZoneId } from '../../config/ids.js';
import type { AlarmClass, Words } from '../../config/vocabulary.js';
import type { FacetRow } from '../../sync/journal/store.js';
import type { Condition } from './condition.js';
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
}

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
  readonly acknowledged: { readonly by: string; readonly wall: number } | null;
  readonly sounder: 'quiet' | 'sounding' | 'silenced';
  readonly service: 'in-service' | 'shelved' | 'out-of-service' | 'under-test';
  /** The point can not be seen now; its alarm, if any, is kept. */
  readonly isLost: boolean;
}

export interface AlarmState {
  readonly subjects: ReadonlyMap<string, Facets>;
  /** Order of the newest raising. */
  readonly lastOrder: number;
}

export const emptyAlarmState: AlarmState = { subjects: new Map(), lastOrder: 0 };

/** Which alarms a person's order is about: the newest one they saw on this boot, or all raised before a moment. */
export type UpTo =
  | { readonly boot: BootId; readonly order: number }
  /** A wired key has no screen: it means what was there one second before. */
  | { readonly raisedBeforeMono: number };

export const noAlarm = { condition: 'normal', alarm: null, acknowledged: null, sounder: 'quiet' } as const;

export function fresh(subject: Subject): Facets {
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

/** The row that restores these facets after a restart; null when there is nothing to remember. */
export function rowOf(facets: Facets): FacetRow | null {
  const isPendingFire = facets.condition === 'pending' && facets.class === 'fire';
  if (facets.alarm === null && facets.service === 'in-service' && !isPendingFire) return null;
  return {
    subject: facets.subject,
    class: facets.class,
    zone: facets.zone,
    name: facets.name,
    condition: facets.condition,
    alarm: facets.alarm?.id ?? null,
    raisedWall: facets.alarm?.raisedWall ?? null,
    acknowledgedBy: facets.acknowledged?.by ?? null,
    acknowledgedWall: facets.acknowledged?.wall ?? null,
    sounder: facets.sounder,
    service: facets.service,
    serviceUntilWall: null,
    serviceBy: null,
  };
}

/** The facets that a saved row stands for. Delays do not run over a restart: what was waiting to be raised waits for a look
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
    alarm:
      row.alarm === null
        ? null
        : { id: row.alarm, order: 0, raisedMono: Number.NEGATIVE_INFINITY, raisedWall: row.raisedWall ?? 0 },
    acknowledged: row.acknowledgedBy === null ? null : { by: row.acknowledgedBy, wall: row.acknowledgedWall ?? 0 },
    sounder: row.sounder,
    service: row.service,
    isLost: false,
  };
}
