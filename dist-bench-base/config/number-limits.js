import { rounded } from './physical-units.js';
import { classOfRole } from './vocabulary.js';
/** Why a point can have no limits, or null. Fire is a state that the device itself names: a number is never one. */
export function noLimitsHere({ role, stateKeys, }) {
    if (stateKeys !== null) {
        const keys = stateKeys.join(', ');
        return { expected: { zh: '一个数值', en: 'a number' }, got: { zh: `状态 ${keys}`, en: `the states ${keys}` } };
    }
    const own = classOfRole[role];
    if (own !== null && own !== 'fire')
        return null;
    return { expected: { zh: '会报警的角色', en: 'a role that can alarm' }, got: role };
}
/** The first thing wrong with the limits of a number, or null. */
export function limitsFault(limits, point) {
    const { low, high, deadband } = limits;
    if (low === undefined && high === undefined) {
        const expected = { zh: 'low 或 high', en: 'low or high' };
        return { kind: 'incomplete', key: null, expected, got: { zh: '都没有', en: 'neither' } };
    }
    if (low !== undefined && high !== undefined && low >= high) {
        const expected = { zh: `大于 low（${low}）`, en: `more than low (${low})` };
        return { kind: 'incomplete', key: 'high', expected, got: String(high) };
    }
    return reachFault(limits, point) ?? deadbandFault(deadband, roomOf(limits, point.believable));
}
/** A value that never comes raises no alarm; one that is always there never ends it. */
function reachFault({ low, high }, { unit, believable }) {
    const [least, most] = believable;
    const isLowWrong = low !== undefined && !(low >= least && low < most);
    const isHighWrong = high !== undefined && !(high > least && high <= most);
    if (!isLowWrong && !isHighWrong)
        return null;
    const expected = rangeWords(least, most, unit === null ? '' : ` ${unit}`);
    return isLowWrong
        ? { kind: 'unreachable', key: 'low', expected, got: String(low) }
        : { kind: 'unreachable', key: 'high', expected, got: String(high) };
}
function rangeWords(least, most, unit) {
    if (least === -Infinity)
        return { zh: `小于 ${most}${unit}`, en: `below ${most}${unit}` };
    if (most === Infinity)
        return { zh: `大于 ${least}${unit}`, en: `above ${least}${unit}` };
    return { zh: `${least} 与 ${most}${unit} 之间`, en: `between ${least} and ${most}${unit}` };
}
/** How large a deadband leaves values that are normal again. An alarm ends between both limits, off both of them. */
function roomOf({ low, high }, [least, most]) {
    const room = (high ?? most) - (low ?? least);
    return rounded(low !== undefined && high !== undefined ? room / 2 : room);
}
function deadbandFault(deadband, room) {
    if (deadband < room)
        return null;
    const expected = { zh: `小于 ${room}`, en: `less than ${room}` };
    return { kind: 'incomplete', key: 'deadband', expected, got: String(deadband) };
}
