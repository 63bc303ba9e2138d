/** Options: facts that stand on one box's label. What a site file gives for them, and what a profile makes of it. */
import assert from 'node:assert/strict';
import { toldIn } from './problem.js';
import { roles } from './profile-words.js';
/** Everything that is wrong with what was given. */
export function optionFaults(options, given) {
    const keys = options.map(({ key }) => key);
    const unknown = Object.keys(given).filter((key) => !keys.includes(key));
    return [
        ...unknown.map((key) => {
            return {
                kind: 'unknown',
                key,
                expected: keys.length === 0 ? { zh: '没有选项', en: 'no options' } : keys.join(', '),
                got: key,
            };
        }),
        ...options.flatMap((option) => {
            const { key } = option;
            const value = Object.hasOwn(given, key) ? given[key] : option.default;
            const expected = optionRange(option);
            if (value === undefined) {
                const named = { zh: `${key}：${toldIn(expected, 'zh')}`, en: `${key}: ${toldIn(expected, 'en')}` };
                return [{ kind: 'missing', key, expected: named, got: { zh: '没有写', en: 'none' } }];
            }
            return fits(option, value) ? [] : [{ kind: 'wrong', key, expected, got: JSON.stringify(value) }];
        }),
    ];
}
/** Given values and defaults together; call it when there are no faults. */
export function optionValues(options, given) {
    const values = new Map();
    for (const option of options) {
        const value = Object.hasOwn(given, option.key) ? given[option.key] : option.default;
        if (value !== undefined)
            values.set(option.key, value);
    }
    return values;
}
/** Is it of the option's type, in its range, one of its values? */
export function fits(option, value) {
    switch (option.type) {
        case 'flag':
            return typeof value === 'boolean';
        case 'choice':
            return typeof value === 'string' && option.values?.includes(value) === true;
        case 'number':
            return typeof value === 'number' && value >= (option.min ?? -Infinity) && value <= (option.max ?? Infinity);
    }
}
/** `0 to 100 MPa`, `MPa, kPa`, `true, false`. */
export function optionRange(option) {
    const { type, values, min, max, unit } = option;
    if (type === 'flag')
        return 'true, false';
    if (type === 'choice')
        return (values ?? []).join(', ');
    const { zh, en } = rangeWords(min, max);
    return unit === undefined ? { zh, en } : { zh: `${zh} ${unit}`, en: `${en} ${unit}` };
}
function rangeWords(min, max) {
    if (min === undefined && max === undefined)
        return { zh: '数值', en: 'a number' };
    if (min === undefined)
        return { zh: `最大 ${max}`, en: `at most ${max}` };
    if (max === undefined)
        return { zh: `最小 ${min}`, en: `at least ${min}` };
    return { zh: `${min} 至 ${max}`, en: `${min} to ${max}` };
}
/** The option that decides about a value, or null for a fixed one. */
export function decidedBy(value) {
    return isReference(value) ? value.option : null;
}
/** True when an option decides. */
export function isReference(value) {
    return typeof value === 'object' && value !== null && 'option' in value;
}
/** The value for this device. The rules of the profile saw to it that an option of the right type decides. */
export function chosen(value, values) {
    if (!isReference(value))
        return value;
    const given = values.get(value.option);
    assert(given !== undefined, `option ${value.option} was checked`);
    if (value.of === undefined)
        return given;
    const key = String(given);
    const found = Object.hasOwn(value.of, key) ? value.of[key] : undefined;
    assert(found !== undefined, `option ${value.option} covers ${key}`);
    return found;
}
/** The same for a number. */
export function chosenNumber(value, values) {
    const found = chosen(value, values);
    assert(typeof found === 'number', 'a number was checked');
    return found;
}
/** The same for a text. */
export function chosenText(value, values) {
    const found = chosen(value, values);
    assert(typeof found === 'string', 'a text was checked');
    return found;
}
/** The same for a role. */
export function chosenRole(value, values) {
    const found = chosen(value, values);
    const role = roles.find((known) => known === found);
    assert(role !== undefined, 'a role was checked');
    return role;
}
/** All that a value can become, whatever the options say; an empty list for a number that people write. */
export function possibleValues(value, options) {
    if (!isReference(value))
        return [value];
    if (value.of !== undefined)
        return Object.values(value.of);
    return options.find(({ key }) => key === value.option)?.values ?? [];
}
