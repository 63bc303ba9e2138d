/** How old a row is. Pure. */
import type { BootId } from '../../config/ids.js';
import type { ClockTrust } from '../../config/vocabulary.js';
import type { Entry } from '../journal/entry.js';
import { isNewFire } from './carriable.js';

/** What is older is history: a centre shows it as such (design.md §6). */
const historicalMs = 60_000;

export interface AgeNow {
  readonly boot: BootId;
  readonly mono: number;
  readonly wall: number;
  readonly trust: ClockTrust;
}

type Stamped = Pick<Entry, 'boot' | 'mono' | 'wall' | 'clock'>;

/** Null: nobody can say, because it was written before this start and one of both clocks was not to be believed. */
export function ageMs(row: Stamped, now: AgeNow): number | null {
  if (row.boot === now.boot) return Math.max(0, now.mono - row.mono);
  return now.trust === 'trusted' && row.clock !== 'untrusted' ? Math.max(0, now.wall - row.wall) : null;
}

/** What nobody can date is older than this start, and counts as history. */
export function isHistorical(row: Stamped, now: AgeNow): boolean {
  return (ageMs(row, now) ?? Infinity) > historicalMs;
}

/** It waits for nothing: no backlog, no window, no position that is to be saved. */
export function isFireOfNow(entry: Entry, now: AgeNow): boolean {
  return isNewFire(entry) && !isHistorical(entry, now);
}
