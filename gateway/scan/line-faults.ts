import type { DeviceId } from '../../config/ids.js';
import type { UnitHealth } from './unit-health.js';

/** What should be at fault on a line, given what its units do. */
export interface LineFaults {
  /** Nobody answers although several are asked: the line itself is at fault, not each unit. */
  readonly isLineSilent: boolean;
  readonly silentUnits: readonly DeviceId[];
}

/**
 * A silent line explains its units: one fault, not thirty-two. A line is silent when nobody has answered since some unit
 * began to fail. Pure. `lastAnswerMono` = when any unit last answered.
 */
export function judgeLine(units: ReadonlyMap<DeviceId, UnitHealth>, lastAnswerMono: number): LineFaults {
  const silent = [...units].filter(([, health]) => health.mode === 'silent');
  const isLineSilent = units.size > 1 && silent.some(([, health]) => lastAnswerMono < health.firstFailureMono);
  return { isLineSilent, silentUnits: isLineSilent ? [] : silent.map(([id]) => id) };
}
