import type { ZoneId } from '../../config/ids.js';
import type { PointConfig } from '../../config/site.js';
import type { AlarmClass, Words } from '../../config/vocabulary.js';
import type { JsonValue } from '../../sync/journal/entry.js';

/** Something that can be in alarm: a point by its role's class, or a part of the gateway at fault. */
export interface Subject {
  /** `point:<id>`, or `fault:<kind>:<id>`, or `upkeep:<what>`. */
  readonly key: string;
  readonly class: AlarmClass;
  readonly zone: ZoneId | null;
  readonly name: Words;
}

/** A point as the subject of its own alarms. A point without a class is only ever the subject of faults. */
export function pointSubject(point: PointConfig): Subject {
  return { key: `point:${point.id}`, class: point.class ?? 'technical', zone: point.zone, name: placeAndName(point) };
}

const namedByAlarm: ReadonlySet<string> = new Set(['point:box/mains', 'point:box/supply', 'point:box/clock']);

/** The same thing as the subject of its faults. */
export function faultSubjectOf(subject: Subject): Subject {
  const { zh, en } = subject.name;
  // They are named by what they alarm for: that they can not be read is not that.
  const name = namedByAlarm.has(subject.key) ? { zh: `${zh}：状态未知`, en: `${en}: not known` } : subject.name;
  return { ...subject, name, key: `fault:${subject.key}`, class: 'fault' };
}

/** Says how something stands: at fault (and why), or not. Saying it again changes nothing. */
export type TellFault = (subject: Subject, isActive: boolean, detail: Readonly<Record<string, JsonValue>>) => void;

export type FaultKind =
  | 'unit'
  | 'setup'
  | 'registers'
  | 'address'
  | 'line'
  | 'budget'
  | 'output'
  | 'speaker'
  | 'siren-test'
  | 'uplink'
  | 'refused'
  | 'unused'
  | 'receipt'
  | 'impaired'
  | 'path'
  | 'journal'
  | 'lock'
  | 'loop'
  | 'gpio'
  | 'panel'
  | 'start'
  | 'state';

export function faultSubject(kind: FaultKind, id: string, name: Words, zone: ZoneId | null = null): Subject {
  return { key: `fault:${kind}:${id}`, class: 'fault', zone, name };
}

function placeAndName(point: PointConfig): Words {
  if (point.place === null) return point.name;
  return { zh: `${point.place.zh} ${point.name.zh}`, en: `${point.place.en}, ${point.name.en}` };
}
