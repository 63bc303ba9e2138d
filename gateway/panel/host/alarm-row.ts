/** One standing alarm as the panel lists it. Pure. */
import type { JsonValue } from '../../../sync/journal/entry.js';
import type { Alarm, Facets } from '../../alarm/facets.js';
import { explained } from '../../command/answer-control.js';
import type { Way } from '../../way-book.js';
import type { AlarmRow } from '../api/state.js';
import { nowhere, type SubjectPlace } from './subject-places.js';

/** `raised`: why, as far as this run knows; null: it stood before. */
export function alarmRow(
  facets: Facets,
  alarm: Alarm,
  raised: Readonly<Record<string, JsonValue>> | null,
  { name, place, device, point }: SubjectPlace = nowhere,
  told: Way = [],
): AlarmRow {
  const { acknowledged } = facets;
  return {
    subject: facets.subject,
    class: facets.class,
    alarm: alarm.id,
    order: alarm.order,
    raisedWall: alarm.raisedWall,
    name: name ?? facets.name,
    ...{ zone: facets.zone, place, device, point },
    isActive: facets.condition !== 'normal',
    isLost: facets.isLost,
    confirmed: alarm.confirmed,
    sounder: facets.sounder,
    acknowledged: acknowledged === null ? null : { by: acknowledged.by, wall: acknowledged.wall },
    ...explained(facets, raised),
    told: told.map((each) => ({ ...each })),
  };
}
