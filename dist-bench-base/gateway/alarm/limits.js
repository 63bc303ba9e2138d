/**
 * When a number is in alarm: at a limit of its point or beyond, and until it is back by more than the deadband. Pure.
 *
 *          normal      | deadband |   in alarm
 *   ───────────────────┼──────────┼──────────────▶ value        (a high limit; a low one is its mirror image)
 *              returned here    raised here
 */
import { rounded } from '../../config/physical-units.js';
/** Is the value in alarm? `wasActive`: the alarm of the point is active now, so that the deadband counts. */
export function isBeyond(limits, value, wasActive) {
    return sideOf(limits, value, wasActive) !== null;
}
/** The limit that the value is beyond, or not yet back from by the deadband; null: it is normal. */
export function sideOf({ low, high, deadband }, value, wasActive) {
    const isAbove = (limit) => value >= (wasActive ? rounded(limit - deadband) : limit);
    const isBelow = (limit) => value <= (wasActive ? rounded(limit + deadband) : limit);
    if (high !== null && isAbove(high))
        return 'above-limit';
    return low !== null && isBelow(low) ? 'below-limit' : null;
}
/** Has a number in alarm gone from beyond one limit to beyond the other? `from`: what it was raised with, if known. */
export function isOnOtherSide({ limits }, from, value) {
    if (limits === undefined || from === undefined)
        return false;
    const [was, is] = [sideOf(limits, from, false), sideOf(limits, value, false)];
    return was !== null && is !== null && was !== is;
}
/** What an entry tells of a number: value and unit, and in alarm its limit and on which side of it. */
export function numberDetail({ limits, physicalUnit }, value, wasActive) {
    const side = limits === undefined ? null : sideOf(limits, value, wasActive);
    const beyond = side === null ? {} : { reason: side, limit: limitAt(limits, side) };
    return { value, unit: physicalUnit, ...beyond };
}
function limitAt(limits, side) {
    return (side === 'above-limit' ? limits?.high : limits?.low) ?? null;
}
/** `512 mA，高于报警值 300 mA`; null for an entry that is about something else. */
export function limitWords({ reason, value, limit, unit }) {
    const isAbove = reason === 'above-limit';
    if ((!isAbove && reason !== 'below-limit') || typeof value !== 'number' || typeof limit !== 'number')
        return null;
    const told = (size) => `${rounded(size)}${typeof unit === 'string' ? ` ${unit}` : ''}`;
    const side = value === limit ? { zh: '达到', en: 'at' } : isAbove ? { zh: '高于', en: 'above' } : { zh: '低于', en: 'below' };
    return {
        zh: `${told(value)}，${side.zh}报警值 ${told(limit)}`,
        en: `${told(value)}, ${side.en} the alarm limit of ${told(limit)}`,
    };
}
