/** Rules that points of all kinds of profiles share. */
import { decidedBy, isReference, possibleValues } from './device-options.js';
import { physicalScale } from './physical-units.js';
import { roles } from './profile-words.js';
import { classOfRole } from './vocabulary.js';
/** Our choice: enough to ride over water hammer and bounce, and half of the 10 s in which a fire is to be at the centre. */
const fireOnDelayMaxMs = 5_000;
/** What is there when a key is missing. */
export const nothing = { zh: '没有写', en: 'none' };
/** Some state must have the class of the role: an alarm that nobody can name is an alarm that nobody raises. */
export function classRule(path, role, states) {
    const own = classOfRole[role];
    const severities = states.map(({ severity }) => severity);
    if (own === null || severities.includes(own))
        return [];
    return [
        { path, expected: { zh: `角色 ${role} 需要 ${own}`, en: `${own} for role ${role}` }, got: severities.join(', ') },
    ];
}
/** A fire is not held back for long. */
export function delayRule(path, role, onDelayMs) {
    if (classOfRole[role] !== 'fire' || onDelayMs <= fireOnDelayMaxMs)
        return [];
    const [zh, en] = [`角色 ${role} 最多 ${fireOnDelayMaxMs} ms`, `at most ${fireOnDelayMaxMs} ms for role ${role}`];
    return [{ path, expected: { zh, en }, got: String(onDelayMs) }];
}
/** A state counts as normal, info, fault, or the class of its role. */
export function severityRule(path, role, severity) {
    const own = classOfRole[role];
    const allowed = ['normal', 'info', 'fault', ...(own === null ? [] : [own])];
    if (allowed.includes(severity))
        return [];
    const some = [...new Set(allowed)].join(', ');
    return [{ path, expected: { zh: `角色 ${role} 可用 ${some}`, en: `${some} for role ${role}` }, got: severity }];
}
/** Every value that stands in the list a second time, with its index. */
export function* repeats(values) {
    for (const [index, value] of values.entries()) {
        if (values.indexOf(value) < index)
            yield { repeated: value, index };
    }
}
/** All roles that a point can have. */
export function possibleRoles(role, options) {
    const possible = possibleValues(role, options);
    return roles.filter((known) => possible.includes(known));
}
/** The deciding option exists, is of the right type, and every value of it has an answer. */
export function referenceRule(path, value, options, want) {
    if (!isReference(value))
        return [];
    const option = options.find(({ key }) => key === value.option);
    const at = [...path, 'option'];
    if (option === undefined) {
        const known = options.map(({ key }) => key).join(', ');
        return [
            {
                path: at,
                expected: known === '' ? { zh: 'options 中的键', en: 'a key of options' } : known,
                got: value.option,
            },
        ];
    }
    if (value.of !== undefined)
        return coverRule([...path, 'of'], Object.keys(value.of), option);
    const isRight = want === 'any' ||
        (want === 'number' && option.type === 'number') ||
        (want === 'text' && option.type === 'choice') ||
        (want === 'role' && option.type === 'choice' && option.values?.every(isRole) === true);
    return isRight
        ? []
        : [
            {
                path: at,
                expected: { zh: `能给出 ${want} 的选项`, en: `an option that gives a ${want}` },
                got: `${option.key}: ${option.type}`,
            },
        ];
}
function isRole(text) {
    return roles.some((role) => role === text);
}
function coverRule(path, given, option) {
    const values = option.type === 'flag' ? ['true', 'false'] : (option.values ?? []);
    const covers = values.length === given.length && values.every((value) => given.includes(value));
    if (covers && option.type !== 'number')
        return [];
    const [zh, en] = option.type === 'number' ? ['choice 或 flag', 'a choice or a flag'] : [values.join(', '), values.join(', ')];
    return [
        {
            path,
            expected: { zh: `选项 ${option.key} 的 ${zh}`, en: `${en} for option ${option.key}` },
            got: given.join(', '),
        },
    ];
}
/** A number can be told in the unit of its role. Where both hang on options, the site file decides. */
export function unitRule(path, { role, unit }, options) {
    if (unit === undefined || (decidedBy(role) !== null && decidedBy(unit) !== null))
        return [];
    for (const possible of possibleRoles(role, options)) {
        for (const written of possibleValues(unit, options)) {
            if (typeof written === 'string' && physicalScale(possible, written) !== null)
                continue;
            return [
                {
                    path: [...path, 'unit'],
                    expected: { zh: `角色 ${possible} 能换算的单位`, en: `a unit that converts, for role ${possible}` },
                    got: String(written),
                },
            ];
        }
    }
    return [];
}
/** A range begins with its lower end. */
export function rangeRule(path, range) {
    if (range === undefined || range[0] <= range[1])
        return [];
    return [{ path, expected: { zh: '小的在前', en: 'lowest first' }, got: range.join(', ') }];
}
