/**
 * The sounder of an alarm as a machine of its own. Pure.
 *
 *   quiet ──raised──▶ sounding ──a person──▶ silenced ──still in alarm after a while──▶ sounding
 *
 * Silence is for those who are on their way. Somebody who silenced a fire and went back to sleep is woken again; another alarm
 * sounds at once, because each alarm has a sounder of its own.
 */
import type { AlarmClass, ClockTrust } from '../../config/vocabulary.js';
import type { Facets } from './facets.js';

/** How long a silenced alarm stays silent while it is active, ms (`Cadence.resoundMs`); null: until it returns. */
export type ResoundMs = Readonly<Record<AlarmClass, number | null>>;

/** When a silenced alarm sounds again, monotonic ms; null: it does not. */
export function resoundMono(facets: Facets, resoundMs: ResoundMs): number | null {
  const { sounder, condition, sounderMono, service } = facets;
  const afterMs = resoundMs[facets.class];
  const isWaiting = sounder === 'silenced' && condition === 'active' && service === null;
  return isWaiting && afterMs !== null ? sounderMono + afterMs : null;
}

interface Moment {
  readonly mono: number;
  readonly wall: number;
  readonly trust: ClockTrust;
}

/** Silent from now on. */
export function silencedAt({ mono, wall, trust }: Moment): Pick<Facets, 'sounder' | 'sounderMono' | 'silencedWall'> {
  return { sounder: 'silenced', sounderMono: mono, silencedWall: trust === 'trusted' ? wall : null };
}

/** Since when a saved silence lasts, monotonic ms of this boot, so that restarts can not prolong it. When a wall clock can not be
 * believed, then or now, nobody can say: it has lasted long enough. */
export function silentSinceMono(silencedWall: number | null | undefined, { mono, wall, trust }: Moment): number {
  const silentMs = typeof silencedWall === 'number' && trust === 'trusted' ? wall - silencedWall : -1;
  return silentMs < 0 ? Number.NEGATIVE_INFINITY : mono - silentMs;
}
