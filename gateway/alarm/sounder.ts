/**
 * The sounder of an alarm as a machine of its own. Pure.
 *
 *   quiet ──raised──▶ sounding ──a person──▶ silenced ──still in alarm after a while──▶ sounding
 *
 * Silence is for those who are on their way. Somebody who silenced a fire and went back to sleep is woken again; another alarm
 * sounds at once, because each alarm has a sounder of its own.
 */
import type { AlarmClass } from '../../config/vocabulary.js';
import type { Facets } from './facets.js';

/** How long a silenced alarm stays silent while it is active; classes without a time do so until they return. */
export const resoundAfterMs: Readonly<Partial<Record<AlarmClass, number>>> = { fire: 600_000, warning: 1_800_000 };

/** When a silenced alarm sounds again, monotonic ms; null: it does not. */
export function resoundMono({ class: alarmClass, sounder, condition, sounderMono, service }: Facets): number | null {
  const afterMs = resoundAfterMs[alarmClass];
  const isWaiting = sounder === 'silenced' && condition === 'active' && service === null;
  return isWaiting && afterMs !== undefined ? sounderMono + afterMs : null;
}
