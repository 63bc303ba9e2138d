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
 * began to fail. Pure. `lastAnswerMono` = when any unit last answered; `lineBackMono` = when the line was last found to
 * be alive again: a unit is blamed only for what it failed after that.
 */
export function judgeLine(
  units: ReadonlyMap<DeviceId, UnitHealth>,
  lastAnswerMono: number,
  lineBackMono: number,
): LineFaults {
  const silent = [...units].filter(([, health]) => health.mode === 'silent');
  const isLineSilent = units.size > 1 && silent.some(([, health]) => lastAnswerMono < health.firstFailureMono);
  const blamed = silent.filter(([, health]) => health.lastFailureMono > lineBackMono);
  return { isLineSilent, silentUnits: isLineSilent ? [] : blamed.map(([id]) => id) };
}
