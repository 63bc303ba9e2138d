/** What the disk had saved, merged into what is known by now: latched = restored ∪ current, never less. Pure. */
import { alarmClasses, latchesUntilReset } from '../../config/vocabulary.js';
import type { FacetRow } from '../../sync/journal/store.js';
import { conditions } from './condition.js';
import { type Facets, facetsOf } from './facets.js';
import { endOfService } from './service.js';
import { longestMs } from './service-order.js';
import { endedByRestart, endWalkTests } from './walk-test.js';
import type { Work } from './work.js';

/** A fire that was pending counts as due (design.md §3). What comes late is newer than all that anybody has seen on this boot. */
export function restore(work: Work, rows: readonly FacetRow[], isLate: boolean): void {
  // Of one that began before the disk answered: its points are merged like all others.
  endWalkTests(work, 'restart');
  for (const row of rows.map((each) => legible(work, each))) {
    const restored = stillServed(work, asToday(work, { ...facetsOf(row), sounderMono: work.now.mono }));
    const saved = isLate ? shownNow(work, restored) : restored;
    const present = work.subjects.get(row.subject);
    if (present !== undefined && present.alarm !== null) {
      // Raised again before the disk answered: the present alarm stays, and its row replaces the saved one.
      const waitingMono =
        saved.alarm !== null && saved.acknowledged === null ? saved.alarm.waitingMono : present.alarm.waitingMono;
      const confirmed = present.alarm.confirmed ?? saved.alarm?.confirmed ?? null;
      work.put({ ...present, alarm: { ...present.alarm, waitingMono, confirmed } });
      end(work, saved, { reason: 'superseded', by: present.alarm.id });
    } else if (hasLeft(work, row)) {
      end(work, saved, { reason: 'left-config' });
      work.forget(row.subject);
    } else if (row.condition === 'pending' && row.class === 'fire') work.raise(saved, { reason: 'restart' });
    else if (present?.condition === 'pending') {
      // What is waiting now goes on waiting, on top of what was latched.
      work.put({ ...saved, condition: 'pending', sinceMono: present.sinceMono, isLost: false }, false);
    } else work.put(saved, false);
  }
  endedByRestart(work, rows);
  endOfService(work);
  // What stands in one zone today may have stood in two.
  for (const zone of new Set([...work.subjects.values()].map((facets) => facets.zone))) work.weigh(zone);
}

/** For how long it is still out of service. A wall clock that can not be believed ends it: nothing stays out of the watch
 * for longer than somebody wanted. */
function stillServed({ now }: Work, saved: Facets): Facets {
  const { service } = saved;
  // Nobody walks on through a restart: a test is over, and what is in alarm is a fire.
  if (service?.is === 'under-test') return { ...saved, service: null };
  if (service === null || now.trust !== 'trusted') return saved;
  const leftMs = service.untilWall - now.wall;
  if (leftMs > longestMs[service.is]) return saved;
  return { ...saved, service: { ...service, untilMono: now.mono + leftMs } };
}

function shownNow(work: Work, saved: Facets): Facets {
  return saved.alarm === null ? saved : { ...saved, alarm: { ...saved.alarm, ...work.newest() } };
}

function end(work: Work, saved: Facets, detail: Parameters<Work['draft']>[4]): void {
  if (saved.alarm !== null) work.draft('alarm.returned', saved, saved.alarm.id, null, detail);
}

/** Saved facets under today's name and zone. What has left the config can never be seen again: lost, so that a person can
 * reset it. */
function asToday(work: Work, saved: Facets): Facets {
  const entry = work.entryOf(saved.subject);
  if (entry === null) return { ...saved, isLost: !work.known.has(saved.subject) };
  const { zone, name } = entry.subject;
  return { ...saved, zone, name };
}

/** Nothing here can be in that alarm any more: a fault of something that is gone, or a point that is now of another class.
 * A fire stays whatever the config says, until a person resets it. */
function hasLeft(work: Work, row: FacetRow): boolean {
  if (row.class === 'fire') return false;
  const entry = work.entryOf(row.subject);
  if (entry !== null) return entry.point.class !== row.class;
  return !work.known.has(row.subject) && !latchesUntilReset[row.class];
}

/** A row whose words somebody or something has spoilt still says that there was an alarm: read as the worse, never thrown away, and no
 * reason not to start. */
function legible(work: Work, row: FacetRow): FacetRow {
  const { subject, alarm } = row;
  const known = work.known.get(subject)?.class ?? (subject.startsWith('fault:') ? 'fault' : 'fire');
  const oneOf = <T extends string>(all: readonly T[], word: T, otherwise: T): T =>
    all.includes(word) ? word : otherwise;
  return {
    ...row,
    class: oneOf(alarmClasses, row.class, known),
    condition: oneOf(conditions, row.condition, alarm === null ? 'normal' : 'active'),
    sounder: oneOf(['quiet', 'sounding', 'silenced'], row.sounder, alarm === null ? 'quiet' : 'sounding'),
    service: oneOf(['in-service', 'shelved', 'out-of-service', 'under-test'], row.service, 'in-service'),
  };
}
