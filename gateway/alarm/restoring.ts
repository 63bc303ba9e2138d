/** What the disk had saved, merged into what is known by now: latched = restored ∪ current, never less. Pure. */
import { latchesUntilReset } from '../../config/vocabulary.js';
import type { FacetRow } from '../../sync/journal/store.js';
import { type Facets, facetsOf } from './facets.js';
import { endOfService } from './service.js';
import { longestMs } from './service-order.js';
import type { Work } from './work.js';

/** A fire that was pending counts as due (design.md §3). */
export function restore(work: Work, rows: readonly FacetRow[]): void {
  for (const row of rows) {
    const saved = stillServed(work, asToday(work, { ...facetsOf(row), sounderMono: work.now.mono }));
    const present = work.subjects.get(row.subject);
    if (present !== undefined && present.alarm !== null) {
      // Raised again before the disk answered: the present alarm stays, and its row replaces the saved one.
      work.put({
        ...present,
        alarm: { ...present.alarm, confirmed: present.alarm.confirmed ?? saved.alarm?.confirmed ?? null },
      });
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
  endOfService(work);
}

/** For how long it is still out of service. A wall clock that can not be believed ends it: nothing stays out of the watch
 * for longer than somebody wanted. */
function stillServed({ now }: Work, saved: Facets): Facets {
  const { service } = saved;
  if (service === null || service.is === 'under-test' || now.trust !== 'trusted') return saved;
  const leftMs = service.untilWall - now.wall;
  if (leftMs > longestMs[service.is]) return saved;
  return { ...saved, service: { ...service, untilMono: now.mono + leftMs } };
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
