/** What stands at this moment, for uplinks whose language tells states: made once for each state of the alarms. */
import type { Clock } from '../drivers/clock.js';
import type { DeviceStanding } from '../sync/device-standing.js';
import type { JournalCore } from '../sync/journal/journal-core.js';
import type { AlarmState } from './alarm/facets.js';

/** `sinceWall`: ms since 1970. `sinceMono`: of this start, ms; -Infinity: since an earlier one. */
interface SiteStanding extends DeviceStanding {
  readonly sinceWall: number;
  readonly sinceMono: number;
}

/** What is asked of a gateway: how its alarms stand, and whether its disk has told what an earlier start had saved (commands null: not yet). */
export interface KnownAlarms {
  readonly alarms: AlarmState;
  readonly journal: Pick<JournalCore, 'boot' | 'commands'>;
}

/** After so long of watching what is seen is what is known, if the disk never answers; its fault stands then. */
const unknownMaxMs = 600_000;

/**
 * @param watch null while no gateway watches
 * @returns null while nobody knows: an alarm that is not restored yet would be told as over
 */
export function standingNow(
  watch: () => KnownAlarms | null,
  clock: Pick<Clock, 'mono'>,
): () => readonly SiteStanding[] | null {
  const beganMono = clock.mono();
  let known: { readonly alarms: AlarmState; readonly standing: readonly SiteStanding[] } | null = null;
  return () => {
    const watching = watch();
    if (watching === null) return null;
    if (watching.journal.commands === null && clock.mono() - beganMono < unknownMaxMs) return null;
    const now = watching.alarms;
    if (known?.alarms !== now) known = { alarms: now, standing: standingOf(now) };
    return known.standing;
  };
}

function standingOf({ subjects }: AlarmState): readonly SiteStanding[] {
  const standing: SiteStanding[] = [];
  const sinceMono = Number.NEGATIVE_INFINITY;
  for (const { subject, class: own, alarm, service } of subjects.values()) {
    if (alarm !== null)
      standing.push({ subject, class: own, is: 'alarm', sinceWall: alarm.raisedWall, sinceMono: alarm.raisedMono });
    // Since when is not known here: it holds for every entry that is told meanwhile. A walk test is told by its beginning and its end, and no
    // entry of a detector would take its state back.
    if (service !== null && service.is !== 'under-test')
      standing.push({ subject, class: own, is: 'shielded', sinceWall: 0, sinceMono });
  }
  return standing;
}
