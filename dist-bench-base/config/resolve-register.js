/** Point of a profile → RegisterSource, with numbers in the unit in which the point is told. */
import assert from 'node:assert/strict';
import { brandId } from './ids.js';
import { conversionFactor, physicalScale, rounded } from './physical-units.js';
import { classOfRole } from './vocabulary.js';
/** A single point, or one channel of a row at its own `address`. */
export function registerSource(unit, point, address) {
    const scale = physicalScaleOf(point);
    const told = (value) => rounded(value * scale.factor);
    // A unit told by the device itself converts the value after scale and offset.
    const direct = (value) => (point.unit_from === undefined ? told(value) : value);
    const { fault_below, fault_above, max_step, states } = point;
    return {
        kind: 'register',
        device: brandId(unit.device.id),
        table: point.table,
        address,
        type: point.type,
        order: point.order,
        bits: point.bits === undefined ? null : [point.bits[0], point.bits[1]],
        scan: point.scan ?? usualScan(point),
        forceBreak: point.force_break || isReadAlone(unit),
        states: states === undefined ? null : new Map(states.map(({ raw, key }) => [raw, key])),
        scale: direct(point.scale),
        offset: direct(point.offset),
        scaleFrom: scaleFrom(unit, point),
        unitFrom: unitFrom(unit, point, scale),
        invalid: [...point.invalid],
        validRange: believable(unit, point, told),
        faultBelow: fault_below === undefined ? null : told(fault_below),
        faultAbove: fault_above === undefined ? null : told(fault_above),
        maxStep: max_step === undefined ? null : told(max_step),
        validIf: validIf(unit, point),
        agreesWith: agreesWith(unit, point),
        warmUpMs: warmUpMs(unit.applied.profile),
    };
}
/** What the model can believe and what the label allows, both at once, in the unit into which `told` converts. */
export function believable({ device, applied }, { valid_range, within_label }, told) {
    const range = valid_range === undefined ? null : [told(valid_range[0]), told(valid_range[1])];
    if (within_label === undefined)
        return range;
    const label = applied.options.get(within_label.option);
    assert(typeof label === 'number', `within_label of ${device.id} was checked`);
    const ends = [told(label * within_label.low), told(label * within_label.high)];
    // A label below zero turns the ends round.
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    return range === null ? [low, high] : [Math.max(low, range[0]), Math.min(high, range[1])];
}
/** Unit and factor of a number; the checks have seen that it converts. */
export function physicalScaleOf(point) {
    if (point.states !== undefined)
        return { unit: null, factor: 1 };
    const scale = physicalScale(point.role, point.unit);
    assert(scale !== null, `unit of ${point.key} was checked`);
    return scale;
}
/** Fire and states as often as the line allows, settings once, numbers every 5 s. */
function usualScan({ role, states }) {
    if (role === 'setting')
        return 'once';
    return classOfRole[role] === 'fire' || states !== undefined ? 'fast' : 'normal';
}
/** Of a model that reads one value at a time and has longer ones: two short ones would fit into one request. */
function isReadAlone({ applied: { profile } }) {
    return profile.limits.single_only && profile.limits.max_read > 1;
}
/** Time after power-on in which a sensor's value does not count. */
export function warmUpMs({ lifetime }) {
    return (lifetime?.warm_up_s ?? 0) * 1000;
}
function pointOf({ device }, key) {
    return brandId(`${device.id}/${key}`);
}
function scaleFrom(unit, { scale_from }) {
    if (scale_from === undefined)
        return null;
    const { point, mode, bias } = scale_from;
    // pow10_neg: × 10^-n, whatever the bias says.
    return mode === 'pow10_neg'
        ? { point: pointOf(unit, point), sign: -1, bias: 0 }
        : { point: pointOf(unit, point), sign: 1, bias };
}
/** Codes whose unit does not convert are left out: they are a wrong unit when they come. */
function unitFrom(unit, { unit_from }, scale) {
    if (unit_from === undefined)
        return null;
    const factors = new Map();
    for (const { raw, unit: told } of unit_from.units) {
        const factor = scale.unit === null ? null : conversionFactor(told, scale.unit);
        if (factor !== null)
            factors.set(raw, factor);
    }
    return { point: pointOf(unit, unit_from.point), factors };
}
function validIf(unit, { valid_if }) {
    if (valid_if === undefined)
        return null;
    return { point: pointOf(unit, valid_if.point), mask: valid_if.mask, equals: valid_if.equals };
}
/** The label counts in the unit that the profile writes for the full scale; both are told in the same one. */
function agreesWith(unit, { agrees_with }) {
    if (agrees_with === undefined)
        return null;
    const { points, options } = unit.applied;
    const label = options.get(agrees_with.option);
    const fullScale = points.find(({ key }) => key === agrees_with.point);
    assert(typeof label === 'number' && fullScale !== undefined, `agrees_with of ${unit.device.id} was checked`);
    const { factor } = physicalScaleOf(fullScale);
    return { point: pointOf(unit, agrees_with.point), label: rounded(label * factor), factor: agrees_with.factor };
}
