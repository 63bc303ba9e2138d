import { toRfc3339 } from './mqtt/rfc3339.js';
/** A longer answer is given once: when the command comes again, it is answered without what was asked for. */
const keptMaxBytes = 1024;
export function resultOf(answered, wall, clock) {
    const { command, state, reason, words, detail = {} } = answered;
    return { version: 1, command, state, reason, words, at: toRfc3339(wall), clock, detail };
}
/** As it is kept with the command. */
export function keptAnswer(result) {
    const whole = JSON.stringify(result);
    return whole.length <= keptMaxBytes ? whole : JSON.stringify({ ...result, detail: { omitted: true } });
}
/** A wall time as answers and commands write it. */
export function commandTime(wall) {
    return toRfc3339(wall);
}
