import { rawOfValue, rawOfWords, widthOf, withBits, wordsOfRaw } from './modbus/raw-words.js';
/** Sets a point to the key of a state, or to a number in its physical unit. Throws RangeError when it has no such state,
 * the number does not fit, or the unit counts in something else. */
export function setUnitValue(unit, point, points, value) {
    const { source } = point;
    if (source.kind !== 'register')
        throw new RangeError(`point ${point.id} stands in no register`);
    setRaw(unit, source, source.states === null ? numberRaw(unit, point, source, points, value) : stateRaw(point, source.states, value));
}
function numberRaw(unit, point, source, points, value) {
    if (typeof value === 'number' && !Number.isNaN(value)) {
        return rawOfValue(source, value, settingsOf(unit, source, points));
    }
    throw new RangeError(`point ${point.id} is a number, not ${value}`);
}
function stateRaw(point, states, value) {
    for (const [raw, key] of states)
        if (key === value)
            return raw;
    throw new RangeError(`point ${point.id} has no state ${value}; it has: ${[...new Set(states.values())].join(', ')}`);
}
function setRaw(unit, source, raw) {
    const { table, address, type, order, bits } = source;
    const whole = bits === null ? raw : withBits(unsignedRaw(unit, source), bits, raw);
    const wordType = bits !== null && type === 's16' ? 'u16' : bits !== null && type === 's32' ? 'u32' : type;
    wordsOfRaw(wordType, order, whole).forEach((word, i) => {
        unit.model.setRaw(table, address + i, word);
    });
}
/** All bits of the value as they stand, without a sign. */
function unsignedRaw(unit, source) {
    return rawOfWords(widthOf(source.type) === 1 ? 'u16' : 'u32', source.order, wordsAt(unit, source));
}
function wordsAt(unit, { table, address, type }) {
    return Array.from({ length: widthOf(type) }, (_, i) => unit.model.read(table, address + i) ?? 0);
}
function settingsOf(unit, source, points) {
    const { scaleFrom, unitFrom } = source;
    const power = scaleFrom === null ? 0 : scaleFrom.sign * (rawAt(unit, points, scaleFrom.point) - scaleFrom.bias);
    if (unitFrom === null)
        return { power, factor: 1 };
    const code = rawAt(unit, points, unitFrom.point);
    const factor = unitFrom.factors.get(code);
    if (factor === undefined)
        throw new RangeError(`${source.device} counts in unit code ${code}, which does not fit`);
    return { power, factor };
}
function rawAt(unit, points, pointId) {
    const source = points.find(({ id }) => id === pointId)?.source;
    if (source?.kind !== 'register')
        throw new RangeError(`point ${pointId} stands in no register`);
    return rawOfWords(source.type, source.order, wordsAt(unit, source));
}
/** A unit hangs where its label fits: its own range and unit are as the site says. Settings that no world can move stay. */
export function fitLabel(unit, source, points) {
    const { agreesWith, unitFrom } = source;
    if (agreesWith !== null)
        setNumber(unit, points, agreesWith.point, agreesWith.label);
    if (unitFrom === null || unitFrom.factors.has(rawAt(unit, points, unitFrom.point)))
        return;
    const [code] = [...unitFrom.factors].find(([, factor]) => factor === 1) ?? [];
    const setting = points.find(({ id }) => id === unitFrom.point)?.source;
    if (code !== undefined && setting?.kind === 'register')
        setRaw(unit, setting, code);
}
function setNumber(unit, points, pointId, value) {
    const point = points.find(({ id }) => id === pointId);
    if (point !== undefined)
        setUnitValue(unit, point, points, value);
}
