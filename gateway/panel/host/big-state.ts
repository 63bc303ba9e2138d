/** The one word that the whole screen shows, and how many alarms stand. Pure. */
import { type AlarmClass, alarmClasses } from '../../../config/vocabulary.js';
import type { ExerciseKind } from '../../exercise/exercise.js';
import type { PanelState } from '../api/state.js';

type BigState = PanelState['head']['state'];
export type Counts = Readonly<Record<AlarmClass, number>>;

/** Standing alarms, in service or not: with one of them nobody may read "all is well" off the screen. */
export function countsOf(standing: Iterable<{ readonly class: AlarmClass }>): Counts {
  const counts = { fire: 0, warning: 0, supervisory: 0, fault: 0, technical: 0 };
  for (const each of standing) counts[each.class] += 1;
  return counts;
}

/**
 * The highest class that stands. `isScanned`: everything was asked once; before that nothing is known to be normal, and what
 * is less than a fault does not hide that.
 */
export function bigStateOf(counts: Counts, running: ExerciseKind | null, isScanned: boolean): BigState {
  const highest = alarmClasses.find((each) => counts[each] > 0);
  if (highest !== undefined && highest !== 'technical') return highest;
  if (!isScanned) return 'starting';
  if (highest === 'technical') return 'technical';
  if (running === null) return 'normal';
  return running === 'drill' ? 'drill' : 'test';
}
