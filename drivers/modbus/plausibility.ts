/** Is a value believable beside the one before it? Pure. */
import { roundOff } from './registers.js';

/** `last` = the last value that was believed; `suspect` = one that came after it and was too far away. */
export interface StepState {
  readonly last: number | null;
  readonly suspect: number | null;
}

/** Nothing was seen yet: the first value is believed. */
export const noSteps: StepState = { last: null, suspect: null };

/**
 * A value further than `maxStep` from the last believed one is not believed at once. The next value is, when it lies
 * within `maxStep` of either: a real jump is confirmed by the second look, a spike is forgotten.
 */
export function stepTo(
  state: StepState,
  value: number,
  maxStep: number,
): { readonly state: StepState; readonly isBelieved: boolean } {
  const isNear = (other: number | null): boolean =>
    other !== null && roundOff(Math.abs(value - other), Math.max(Math.abs(value), Math.abs(other))) <= maxStep;
  if (state.last === null || isNear(state.last) || isNear(state.suspect)) {
    return { state: { last: value, suspect: null }, isBelieved: true };
  }
  return { state: { last: state.last, suspect: value }, isBelieved: false };
}
