/** Of everything that can be in alarm: what it is called beside its place, and which device and point it is. Pure. */
import type { PointConfig, SiteConfig } from '../../../config/site.js';
import type { Words } from '../../../config/vocabulary.js';
import {
  addressSubject,
  registersSubject,
  setupSubject,
  unitSubject,
  upkeepSubject,
} from '../../alarm/site-subjects.js';
import { faultSubjectOf, pointSubject, type Subject } from '../../alarm/subject.js';

export interface SubjectPlace {
  /** Null: the name of its alarm is all there is. */
  readonly name: Words | null;
  readonly place: Words | null;
  readonly device: string | null;
  readonly point: string | null;
}

export const nowhere: SubjectPlace = { name: null, place: null, device: null, point: null };

/** By the key of the subject; what is not there is a part of the gateway. */
export function subjectPlaces(config: SiteConfig): ReadonlyMap<string, SubjectPlace> {
  const places = new Map<string, SubjectPlace>();
  const put = ({ key }: Subject, place: Partial<SubjectPlace>): void => void places.set(key, { ...nowhere, ...place });
  for (const point of config.points) {
    const own = { name: point.name, place: point.place, device: deviceOf(point), point: point.id };
    const subject = pointSubject(point);
    put(subject, own);
    // A few are called otherwise when they can not be read.
    const fault = faultSubjectOf(subject);
    put(fault, fault.name === subject.name ? own : { ...own, name: null, place: null });
  }
  for (const unit of config.units) {
    put(unitSubject(unit), { name: unit.name, place: unit.place, device: unit.id });
    for (const subjectOf of [setupSubject, registersSubject, addressSubject]) put(subjectOf(unit), { device: unit.id });
  }
  for (const stream of config.streams) {
    put(unitSubject(stream), { name: stream.name, place: stream.place, device: stream.id });
  }
  for (const upkeep of config.upkeep) put(upkeepSubject(upkeep), { device: upkeep.device });
  return places;
}

/** The unit or stream that a point is read from; null: a pin, the box, a centre, a line. */
export function deviceOf({ source }: Pick<PointConfig, 'source'>): string | null {
  switch (source.kind) {
    case 'register':
    case 'stream':
      return source.device;
    case 'diagnostic':
      return 'unit' in source.of ? source.of.unit : null;
    case 'pin':
    case 'box':
    case 'uplink':
      return null;
    default: {
      const impossible: never = source;
      throw new Error(`impossible source ${String(impossible)}`);
    }
  }
}
