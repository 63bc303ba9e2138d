/** A village that never practises does not know what the siren means: after a year it is reminded. */
import type { ClockTrust } from '../../config/vocabulary.js';
import type { Clock } from '../../drivers/clock.js';
import { drillDueSubject } from '../alarm/site-subjects.js';
import type { TellFault } from '../alarm/subject.js';
import { datedMark, isDated, markNames } from './exercise-marks.js';
import type { Mark, Marks } from './outlets.js';

const dayMs = 86_400_000;

export interface DrillDueFacts {
  /** Null: nobody is reminded. */
  readonly dueAfterMs: number | null;
  /** The last drill, or since when this journal has waited for one; null: neither is known. */
  readonly since: Mark | null;
  readonly wall: number;
  readonly trust: ClockTrust;
}

/** `date`: the mark wants the time of now, because it has none or was made by a clock that nobody could believe. */
export type DrillDueVerdict = 'due' | 'not-due' | 'date' | 'unknown';

/** Without a clock that can be believed nothing is said, and what was said stays. Pure. */
export function judgeDrillDue({ dueAfterMs, since, wall, trust }: DrillDueFacts): DrillDueVerdict {
  if (dueAfterMs === null) return 'not-due';
  if (trust !== 'trusted') return 'unknown';
  if (since === null || !isDated(since)) return 'date';
  return wall - since.wall >= dueAfterMs ? 'due' : 'not-due';
}

export interface DrillDueOptions {
  readonly dueAfterMs: number | null;
  readonly clock: Clock;
  readonly marks: Marks;
  readonly setMark: (mark: Mark) => void;
  readonly tell: TellFault;
}

export class DrillDue {
  constructor(private readonly options: DrillDueOptions) {}

  /** Looks how it stands, and tells it. To be called now and then, and when a drill is over. */
  review(): void {
    const { dueAfterMs, clock, marks, setMark, tell } = this.options;
    if (!marks.isRead()) return;
    const since = marks.get(markNames.drill) ?? marks.get(markNames.drillWatch);
    const wall = clock.wall();
    const verdict = judgeDrillDue({ dueAfterMs, since, wall, trust: clock.trust() });
    // Rather reminded late than for nothing.
    if (verdict === 'date') setMark(datedMark(since?.name ?? markNames.drillWatch, wall, true));
    if (verdict === 'unknown' || verdict === 'date') return;
    const days = Math.floor((dueAfterMs ?? 0) / dayMs);
    tell(drillDueSubject, verdict === 'due', {
      error_zh: `已超过 ${days} 天没有演练，请组织一次：gengfu drill begin`,
      error_en: `for more than ${days} days; hold one: gengfu drill begin`,
    });
  }
}
