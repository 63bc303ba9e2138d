import type { UnitHealth } from './unit-health.js';

/**
 * Is it the line that is silent, and not each of its units? So it is when several are asked and nobody has answered since
 * some unit began to fail. One fault, not thirty-two. Pure. `lastAnswerMono` = when any unit last answered.
 */
export function isLineSilent(units: readonly UnitHealth[], lastAnswerMono: number): boolean {
  return (
    units.length > 1 &&
    units.some(({ mode, firstFailureMono }) => mode === 'silent' && lastAnswerMono < firstFailureMono)
  );
}
