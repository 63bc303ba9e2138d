/** When a cadence is played again: pure. */
import type { Pause } from './cadences.js';
import type { Wanted } from './wanted.js';

/** What is heard, and by which half of the table. */
export interface Heard {
  readonly wanted: Wanted | null;
  readonly isNight: boolean;
}

/** Another sound, a new alarm of the same class, or a morning: what was kept back at night is heard then, and said. */
export function beginsAnew(before: Heard, now: Heard): boolean {
  const isMorning = before.isNight && !now.isNight;
  return isMorning || before.wanted?.sound !== now.wanted?.sound || before.wanted?.cause !== now.wanted?.cause;
}

/** `sinceMs`: from the end of its last round; null: there was none yet. */
export function isRoundDue(pause: Pause, sinceMs: number | null): boolean {
  if (pause === 'never') return false;
  if (sinceMs === null) return true;
  return pause !== 'once' && sinceMs >= pause;
}
