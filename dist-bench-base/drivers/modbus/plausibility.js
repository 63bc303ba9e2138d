/** Is a value believable beside the one before it? Pure. */
import { roundOff } from './registers.js';
/** Nothing was seen yet: the first value is believed. */
export const noSteps = { last: null, suspect: null };
/**
 * A value further than `maxStep` from the last believed one is not believed at once. The next value is, when it lies
 * within `maxStep` of either: a real jump is confirmed by the second look, a spike is forgotten.
 */
export function stepTo(state, value, maxStep) {
    const isNear = (other) => other !== null && roundOff(Math.abs(value - other), Math.max(Math.abs(value), Math.abs(other))) <= maxStep;
    if (state.last === null || isNear(state.last) || isNear(state.suspect)) {
        return { state: { last: value, suspect: null }, isBelieved: true };
    }
    return { state: { last: state.last, suspect: value }, isBelieved: false };
}
