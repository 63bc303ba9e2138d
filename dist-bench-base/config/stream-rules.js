/** Rules for a profile with a dialect of its own: its points, and the events that move them. */
import { classRule, delayRule, nothing, possibleRoles, rangeRule, referenceRule, repeats, severityRule, unitRule, } from './broken-rule.js';
import { isReference, possibleValues } from './device-options.js';
import { limitsRule } from './limits-rules.js';
import { classOfRole } from './vocabulary.js';
/** All broken rules of the profile. */
export function streamRules(profile) {
    const { points, events, codec_options, options } = profile;
    return [
        ...once(['points'], 'key', points.map(({ key }) => key)),
        ...points.flatMap((point, index) => pointRules(profile, point, ['points', index])),
        ...once(['events'], 'code', events.map(({ code }) => code)),
        ...events.flatMap((event, index) => eventRules(points, event, ['events', index])),
        ...Object.entries(codec_options).flatMap(([key, value]) => referenceRule(['codec_options', key], value, options, 'any')),
        ...objectRules(profile),
        ...unknownRules(profile),
        ...rangeRule(['address_range'], profile.address_range),
    ];
}
function once(path, key, values) {
    return [...repeats(values)].map(({ repeated, index }) => {
        return {
            path: [...path, index, key],
            expected: { zh: `每个 ${key} 只写一次`, en: `each ${key} once` },
            got: repeated,
        };
    });
}
function pointRules({ options }, point, path) {
    const references = [
        ...referenceRule([...path, 'role'], point.role, options, 'role'),
        ...referenceRule([...path, 'scale'], point.scale, options, 'number'),
        ...referenceRule([...path, 'offset'], point.offset, options, 'number'),
    ];
    if (references.length > 0)
        return references;
    const rules = [
        ...unitRule(path, point, options),
        ...rangeRule([...path, 'valid_range'], point.valid_range),
        ...limitsRule(path, point, options),
    ];
    const states = point.states ?? [];
    for (const { repeated, index } of repeats(states.map(({ key }) => key))) {
        rules.push({
            path: [...path, 'states', index, 'key'],
            expected: { zh: '每个键只写一次', en: 'each key once' },
            got: repeated,
        });
    }
    const [first] = states;
    if (first !== undefined && first.severity !== 'normal') {
        const at = [...path, 'states', 0, 'severity'];
        rules.push({
            path: at,
            expected: { zh: 'normal：第一个状态是静止状态', en: 'normal: the first state is rest' },
            got: first.severity,
        });
    }
    for (const role of possibleRoles(point.role, options)) {
        states.forEach(({ severity }, index) => {
            rules.push(...severityRule([...path, 'states', index, 'severity'], role, severity));
        });
        rules.push(...delayRule([...path, 'on_delay_ms'], role, point.on_delay_ms));
        if (rules.length === 0)
            rules.push(...alarmRule(point, role, path));
    }
    return rules;
}
function alarmRule(point, role, path) {
    if (point.states !== undefined)
        return classRule([...path, 'states'], role, point.states);
    const own = classOfRole[role];
    if (own === null)
        return [];
    if (own === 'fire')
        return [
            {
                path,
                expected: { zh: `角色 ${role} 需要状态，其中一个是 fire`, en: `states, one of them fire, for role ${role}` },
                got: { zh: '数值', en: 'a number' },
            },
        ];
    if (point.unit !== undefined && point.valid_range !== undefined)
        return [];
    return [
        {
            path,
            expected: {
                zh: `角色 ${role} 的数值需要 unit 和 valid_range`,
                en: `unit and valid_range for a number of role ${role}`,
            },
            got: { zh: '不全', en: 'not both' },
        },
    ];
}
/** A code moves one point, or takes points back to rest, or says nothing but that the device lives. */
function eventRules(points, event, path) {
    const { point: key, state, rest } = event;
    if (rest !== undefined && (key !== undefined || state !== undefined)) {
        return [
            {
                path: [...path, 'rest'],
                expected: { zh: 'rest，或者 point 和 state', en: 'rest, or point and state' },
                got: { zh: '两者都写了', en: 'both' },
            },
        ];
    }
    const unknown = (Array.isArray(rest) ? rest : []).filter((each) => !points.some((point) => point.key === each));
    if (unknown.length > 0) {
        return [{ path: [...path, 'rest'], expected: points.map((each) => each.key).join(', '), got: unknown.join(', ') }];
    }
    if (key === undefined) {
        return state === undefined
            ? []
            : [{ path: [...path, 'state'], expected: { zh: '同时写 point', en: 'point as well' }, got: state }];
    }
    const point = points.find((each) => each.key === key);
    if (point === undefined) {
        return [{ path: [...path, 'point'], expected: points.map((each) => each.key).join(', '), got: key }];
    }
    const keys = point.states?.map((each) => each.key);
    if (state === undefined) {
        return keys === undefined
            ? []
            : [
                {
                    path,
                    expected: { zh: `${key} 的状态：${keys.join('、')}`, en: `a state of ${key}: ${keys.join(', ')}` },
                    got: nothing,
                },
            ];
    }
    if (keys?.includes(state) === true)
        return [];
    const expected = keys === undefined ? { zh: `不写 state：${key} 是数值`, en: `no state: ${key} is a number` } : keys.join(', ');
    return [{ path: [...path, 'state'], expected, got: state }];
}
function objectRules({ objects, points, options }) {
    if (objects === undefined)
        return [];
    const { pattern, example, point } = objects;
    const references = [
        ...referenceRule(['objects', 'point'], point, options, 'text'),
        ...referenceRule(['objects', 'pattern'], pattern, options, 'text'),
        ...referenceRule(['objects', 'example'], example, options, 'text'),
    ];
    if (references.length > 0)
        return references;
    const rules = [];
    for (const { value, path } of writings(point, options, ['objects', 'point'])) {
        const listed = points.find(({ key }) => key === value);
        if (listed?.states === undefined)
            rules.push({ path, expected: { zh: '有状态的点的键', en: 'the key of a point with states' }, got: value });
    }
    for (const { value, path } of writings(pattern, options, ['objects', 'pattern'])) {
        try {
            new RegExp(value);
        }
        catch {
            rules.push({ path, expected: { zh: '正则表达式', en: 'a regular expression' }, got: value });
        }
    }
    return rules.length > 0 ? rules : exampleRule(pattern, example, options);
}
/** Shown to people who wrote it wrongly, so it must itself be right: some pattern takes it, and each one has such an example. */
function exampleRule(pattern, example, options) {
    const examples = [...writings(example, options, ['objects', 'example'])];
    const patterns = [...writings(pattern, options, ['objects', 'pattern'])].map(({ value }) => wholeOf(value));
    const wrong = examples.find(({ value }) => !patterns.some((each) => each.test(value)));
    if (wrong !== undefined)
        return [{ path: wrong.path, expected: { zh: '符合 pattern 的值', en: 'what pattern takes' }, got: wrong.value }];
    const isShown = patterns.every((each) => examples.some(({ value }) => each.test(value)));
    return isShown
        ? []
        : [
            {
                path: ['objects', 'example'],
                expected: { zh: '每个 pattern 都有示例', en: 'an example for each pattern' },
                got: { zh: '不全', en: 'not for all' },
            },
        ];
}
/** A pattern means the whole text. */
export function wholeOf(pattern) {
    return new RegExp(`^(?:${pattern})$`);
}
/** All texts that a value can become, each at its own key. */
function* writings(value, options, path) {
    if (isReference(value) && value.of !== undefined) {
        for (const [key, text] of Object.entries(value.of))
            yield { value: text, path: [...path, 'of', key] };
    }
    else {
        for (const text of possibleValues(value, options))
            yield { value: String(text), path };
    }
}
/** What nobody understands brings a point out of rest, and something takes it back. */
function unknownRules({ unknown, points, events }) {
    if (unknown === undefined)
        return [];
    const states = points.find(({ key }) => key === unknown.point)?.states;
    if (states === undefined) {
        return [
            {
                path: ['unknown', 'point'],
                expected: { zh: '有状态的点的键', en: 'the key of a point with states' },
                got: unknown.point,
            },
        ];
    }
    const odd = states.slice(1).map(({ key }) => key);
    if (!odd.includes(unknown.state)) {
        return [{ path: ['unknown', 'state'], expected: odd.join(', '), got: unknown.state }];
    }
    if (events.some(({ rest }) => rest === 'all' || rest?.includes(unknown.point) === true))
        return [];
    return [
        {
            path: ['unknown', 'point'],
            expected: { zh: '让它恢复静止的事件', en: 'an event that takes it back to rest' },
            got: nothing,
        },
    ];
}
