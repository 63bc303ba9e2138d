import { channelRow, registersOf } from './channel-row.js';
const keys = ['scale_from', 'unit_from', 'valid_if', 'agrees_with'];
/** All broken references between points, as one variant has them. */
export function pointReferenceRules(profile, points) {
    const rules = points.flatMap((point, index) => [
        ...keys.flatMap((key) => referenceRule(points, point, key, ['points', index, key, 'point'])),
        ...labelRule(profile, point.agrees_with?.option, ['points', index, 'agrees_with', 'option']),
        ...withinRule(profile, point, ['points', index, 'within_label']),
    ]);
    return rules.length > 0 ? rules : circleRule(points);
}
function referenceRule(points, point, key, path) {
    const name = point[key]?.point;
    if (name === undefined)
        return [];
    const target = points.find((each) => each.key === name && channelRow(each.key) === null);
    if (target === undefined)
        return [{ path, expected: { zh: '单个点的键', en: 'the key of a single point' }, got: name }];
    // A code, a count of decimals or a mask stands in one register; a full scale may be longer.
    const isTooLong = key !== 'agrees_with' && registersOf(target.type) > 1;
    if (isTooLong)
        return [
            { path, expected: { zh: '占一个寄存器的点', en: 'a point of one register' }, got: `${name}: ${target.type}` },
        ];
    const isNamed = target.states !== undefined && key !== 'valid_if';
    return isNamed ? [{ path, expected: { zh: '数值', en: 'a number' }, got: `${name} has states` }] : [];
}
function labelRule(profile, named, path) {
    if (named === undefined)
        return [];
    const option = profile.options.find(({ key }) => key === named);
    if (option?.type === 'number')
        return [];
    return [{ path, expected: { zh: 'number 类型选项的键', en: 'the key of an option of type number' }, got: named }];
}
/** What is believable of a number begins with its lower end; a state has no label. */
function withinRule(profile, { within_label, states }, path) {
    if (within_label === undefined)
        return [];
    const { option, low, high } = within_label;
    const rules = labelRule(profile, option, [...path, 'option']);
    if (states !== undefined)
        rules.push({
            path,
            expected: { zh: 'within_label 只用于数值', en: 'within_label for a number only' },
            got: { zh: '状态', en: 'states' },
        });
    if (low >= high)
        rules.push({ path: [...path, 'high'], expected: { zh: `大于 ${low}`, en: `more than ${low}` }, got: String(high) });
    return rules;
}
function circleRule(points) {
    const targets = new Map(points.map((point) => [point.key, keys.flatMap((key) => point[key]?.point ?? [])]));
    for (const [index, { key }] of points.entries()) {
        const seen = new Set();
        const open = [...(targets.get(key) ?? [])];
        for (let next = open.pop(); next !== undefined; next = open.pop()) {
            if (next === key)
                return [
                    { path: ['points', index, 'key'], expected: { zh: '引用不成环', en: 'no circle of references' }, got: key },
                ];
            if (seen.has(next))
                continue;
            seen.add(next);
            open.push(...(targets.get(next) ?? []));
        }
    }
    return [];
}
