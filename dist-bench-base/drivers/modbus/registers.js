import { readRaw } from './raw-value.js';
/** Three times 0.1 is 0.3 and inside a range that ends there; a scaled register has fewer digits than this. */
const significantDigits = 12;
/** What toFixed takes; a number that small is nobody's measurement. */
const decimalsMax = 100;
/** A power of ten beyond this is no count of decimals: such a register tells something else. */
const exponentMax = 12;
/**
 * One value from its registers (each 0 to 65535; a bit 0 or 1), first address first. The first rule that is broken tells
 * the reason, in this order: sentinel, bad-encoding (raw-value.ts) · the gate `validIf` (not seen or bad itself: not-ready;
 * closed: not-valid) · a state that is not named: unknown-state · for a number: the decimals (not-ready), the unit
 * (not-ready, wrong-unit), the device's own range (not-ready, wrong-scale) · signal-low, signal-high · out-of-range.
 * A setting that is bad itself makes what depends on it not-ready, never a wrong number.
 */
export function decode(source, words, seen) {
    const { raw, reason } = readRaw(words, source);
    if (raw === null)
        return bad(reason, null);
    const gate = gateReason(source, seen);
    if (gate !== null)
        return bad(gate, raw);
    if (source.states !== null) {
        const state = source.states.get(raw);
        return state === undefined ? bad('unknown-state', raw) : { value: state, reason: null, raw };
    }
    const factor = factorOf(source, seen);
    if (typeof factor === 'string')
        return bad(factor, raw);
    const scaleReason = agreement(source, seen);
    if (scaleReason !== null)
        return bad(scaleReason, raw);
    const scaled = raw * factor;
    const value = roundOff(scaled + source.offset, Math.max(Math.abs(scaled), Math.abs(source.offset)));
    const limit = limitReason(value, source);
    return limit === null ? { value, reason: null, raw } : bad(limit, raw);
}
/** Points of the same unit that must be known before this one can be. */
export function pointsNeeded(source) {
    const { scaleFrom, unitFrom, validIf, agreesWith } = source;
    return [scaleFrom, unitFrom, validIf, agreesWith].flatMap((reference) => reference === null ? [] : [reference.point]);
}
/** A sum or difference without the noise of binary fractions: to so many digits of the largest number that went into it,
 * so that 2.3 - 2300 × 0.001 is 0 and not a little below. A whole number is as it is. */
export function roundOff(value, largest) {
    if (Number.isInteger(value) || !Number.isFinite(largest))
        return value + 0;
    const decimals = significantDigits - 1 - Math.floor(Math.log10(largest));
    if (decimals > decimalsMax)
        return value;
    return Number(value.toFixed(Math.max(0, decimals))) + 0;
}
function bad(reason, raw) {
    return { value: null, reason, raw };
}
function gateReason({ validIf }, seen) {
    if (validIf === null)
        return null;
    const gate = seen.get(validIf.point);
    if (gate === undefined || gate.reason !== null)
        return 'not-ready';
    const isOpen = Number.isInteger(gate.raw) && (gate.raw & validIf.mask) === validIf.equals;
    return isOpen ? null : 'not-valid';
}
/** What the raw number is multiplied by, or why that is not known. */
function factorOf({ scale, scaleFrom, unitFrom }, seen) {
    let factor = scale;
    if (scaleFrom !== null) {
        const told = seen.get(scaleFrom.point)?.value;
        if (typeof told !== 'number')
            return 'not-ready';
        const exponent = scaleFrom.sign * (told - scaleFrom.bias);
        if (!Number.isInteger(exponent) || Math.abs(exponent) > exponentMax)
            return 'not-ready';
        factor *= 10 ** exponent;
    }
    if (unitFrom === null)
        return factor;
    const unit = seen.get(unitFrom.point);
    if (unit === undefined || unit.reason !== null)
        return 'not-ready';
    const unitFactor = unitFrom.factors.get(unit.raw);
    return unitFactor === undefined ? 'wrong-unit' : factor * unitFactor;
}
function agreement({ agreesWith }, seen) {
    if (agreesWith === null)
        return null;
    const told = seen.get(agreesWith.point)?.value;
    if (typeof told !== 'number')
        return 'not-ready';
    const { label, factor } = agreesWith;
    const ratio = told / label;
    const apart = roundOff(Math.max(ratio, 1 / ratio), factor);
    return ratio > 0 && apart <= factor ? null : 'wrong-scale';
}
function limitReason(value, { faultBelow, faultAbove, validRange }) {
    if (faultBelow !== null && value < faultBelow)
        return 'signal-low';
    if (faultAbove !== null && value > faultAbove)
        return 'signal-high';
    const isBelievable = Number.isFinite(value) && (validRange === null || (value >= validRange[0] && value <= validRange[1]));
    return isBelievable ? null : 'out-of-range';
}
