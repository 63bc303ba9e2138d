import { channelRow } from './channel-row.js';
import { rounded } from './physical-units.js';
import { believable } from './resolve-register.js';
const anything = [-Infinity, Infinity];
/** Points that the device has by itself, and its listed objects; rows of channels are none. */
export function limitPoints(device, applied) {
    switch (applied.kind) {
        case 'modbus':
            return unitPoints(device, applied);
        case 'signal':
            return [sensorPoint(applied)];
        case 'contact': {
            const { key, role, rest, active } = applied.profile.contact;
            return [{ key, role, stateKeys: [rest.key, active.key], unit: null, believable: anything }];
        }
        case 'stream': {
            const own = applied.points.map(({ key, role, states, unit, valid_range }) => {
                return { key, role, stateKeys: keysOf(states), unit, believable: valid_range ?? anything };
            });
            const listed = own.find(({ key }) => key === applied.objects?.point);
            return [...own, ...(listed === undefined ? [] : device.objects.map(({ id }) => ({ ...listed, key: id })))];
        }
    }
}
function unitPoints(device, applied) {
    return applied.points
        .filter(({ key }) => channelRow(key) === null)
        .map((point) => {
        const { key, role, states, unit, fault_below, fault_above } = point;
        const [low, high] = believable({ device, applied }, point, rounded) ?? anything;
        const range = [Math.max(low, fault_below ?? low), Math.min(high, fault_above ?? high)];
        return { key, role, stateKeys: keysOf(states), unit, believable: range };
    });
}
/** From the current of a broken wire to that of a short circuit. */
function sensorPoint({ signal }) {
    const { key, role, unit, from, to, fault_below, fault_above } = signal;
    const slope = (to[1] - to[0]) / (from[1] - from[0]);
    const valueAt = (measured) => rounded(to[0] + (measured - from[0]) * slope);
    // A range that does not run upwards is a problem of its own.
    const range = slope > 0 ? [valueAt(fault_below), valueAt(fault_above)] : anything;
    return { key, role, stateKeys: null, unit, believable: range };
}
function keysOf(states) {
    return states?.map(({ key }) => key) ?? null;
}
