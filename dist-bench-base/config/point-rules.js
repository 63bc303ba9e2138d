/** Rules for one point of a Modbus profile, as one variant has it. */
import { classRule, delayRule, nothing, possibleRoles, rangeRule, referenceRule, repeats, severityRule, unitRule, } from './broken-rule.js';
import { channelRow, registersOf } from './channel-row.js';
import { isReference } from './device-options.js';
import { limitsRule } from './limits-rules.js';
import { conversionFactor } from './physical-units.js';
import { qualityKey } from './resolve-diagnostics.js';
import { classOfRole } from './vocabulary.js';
/** Functions that read a table (Modbus Application Protocol V1.1b3, 6.1 to 6.4). */
export const readFunction = { coil: 1, discrete: 2, holding: 3, input: 4 };
/** Numbers that are looked at by people only, or make sense only together with others. */
const plainRoles = new Set(['measurement', 'setting', 'signal']);
/** All broken rules of one point; `path` is its place in the profile. */
export function pointRules(profile, point, path) {
    const { options } = profile;
    const references = [
        ...referenceRule([...path, 'role'], point.role, options, 'role'),
        ...referenceRule([...path, 'unit'], point.unit, options, 'text'),
        ...referenceRule([...path, 'scale'], point.scale, options, 'number'),
        ...referenceRule([...path, 'offset'], point.offset, options, 'number'),
    ];
    if (references.length > 0)
        return references;
    const rules = [
        ...codingRules(point, path),
        ...reachRules(profile, point, path),
        ...numberRules(point, options, path),
        ...limitsRule(path, point, options),
    ];
    for (const role of possibleRoles(point.role, options))
        rules.push(...roleRules(point, role, path));
    return rules.length > 0
        ? rules
        : possibleRoles(point.role, options).flatMap((role) => alarmRule(profile, point, role, path));
}
/** Type, bits and byte order fit the table and each other. */
function codingRules(point, path) {
    const rules = [];
    const { type, bits, order } = point;
    const isBit = point.table === 'coil' || point.table === 'discrete';
    if (isBit !== (type === 'bool')) {
        rules.push({
            path: [...path, 'type'],
            expected: isBit ? 'bool' : { zh: '寄存器的类型', en: 'a register type' },
            got: type,
        });
    }
    if (isBit && order !== 'ABCD') {
        rules.push({
            path: [...path, 'order'],
            expected: { zh: '位没有字节序', en: 'no byte order for a bit' },
            got: order,
        });
    }
    if (bits !== undefined) {
        const isWhole = type === 'u16' || type === 's16' || type === 'u32' || type === 's32' || type === 'u64';
        const width = isWhole ? 16 * registersOf(type) : 0;
        const [high, low] = bits;
        if (high < low || high >= width) {
            const expected = width === 0
                ? { zh: `${type} 不能取位`, en: `no bits for ${type}` }
                : { zh: `高位在前，${type} 最大 ${width - 1}`, en: `highest first, at most ${width - 1} for ${type}` };
            rules.push({ path: [...path, 'bits'], expected, got: bits.join(', ') });
        }
    }
    return rules;
}
/** The unit lets the point be read: function, length, forbidden areas, end of the table. */
function reachRules({ limits }, point, path) {
    const rules = [];
    const fc = readFunction[point.table];
    if (!limits.fc.includes(fc) || limits.forbidden_fc.includes(fc)) {
        const expected = {
            zh: `由功能码 ${limits.fc.join('、')} 之一读取的表`,
            en: `a table read by one of the functions ${limits.fc.join(', ')}`,
        };
        rules.push({ path: [...path, 'table'], expected, got: `${point.table} (function ${fc})` });
    }
    const words = registersOf(point.type);
    if (words > limits.max_read) {
        rules.push({
            path: [...path, 'type'],
            expected: { zh: `最多 ${limits.max_read} 个寄存器`, en: `at most ${limits.max_read} registers` },
            got: point.type,
        });
    }
    const first = point.addr;
    const last = first + words * (channelRow(point.key)?.channels ?? 1) - 1;
    if (last > 0xffff)
        rules.push({
            path: [...path, 'addr'],
            expected: { zh: '末地址不超过 65535', en: 'an end at 65535 or below' },
            got: String(last),
        });
    for (const { table, from, to } of limits.forbidden) {
        if (table !== point.table || last < from || first > to)
            continue;
        rules.push({
            path: [...path, 'addr'],
            expected: { zh: `避开禁区 ${from} 至 ${to}`, en: `outside of forbidden ${from} to ${to}` },
            got: `${first} to ${last}`,
        });
    }
    return rules;
}
function numberRules(point, options, path) {
    const rules = [...unitRule(path, point, options), ...rangeRule([...path, 'valid_range'], point.valid_range)];
    const { fault_below, fault_above, scale_from, unit_from } = point;
    if (fault_below !== undefined && fault_above !== undefined && fault_below > fault_above) {
        rules.push({
            path: [...path, 'fault_above'],
            expected: { zh: `不小于 ${fault_below}`, en: `at least ${fault_below}` },
            got: String(fault_above),
        });
    }
    if (scale_from?.mode === 'pow10_neg' && scale_from.bias !== 0) {
        rules.push({
            path: [...path, 'scale_from', 'bias'],
            expected: { zh: 'bias 只与 pow10_minus 同用', en: 'bias with pow10_minus only' },
            got: 'pow10_neg',
        });
    }
    if (unit_from !== undefined && (point.unit === undefined || point.offset !== 0)) {
        const got = point.unit === undefined ? 'no unit' : 'an offset';
        rules.push({
            path: [...path, 'unit_from'],
            expected: { zh: '换算所用的单位，且没有 offset', en: 'a unit to tell the value in, and no offset' },
            got,
        });
    }
    for (const { repeated, index } of repeats((unit_from?.units ?? []).map(({ raw }) => String(raw)))) {
        rules.push({
            path: [...path, 'unit_from', 'units', index, 'raw'],
            expected: { zh: '每个代码只写一次', en: 'each code once' },
            got: repeated,
        });
    }
    return rules;
}
function roleRules(point, role, path) {
    const rules = [];
    const states = point.states ?? [];
    states.forEach((state, index) => {
        rules.push(...severityRule([...path, 'states', index, 'severity'], role, state.severity));
    });
    for (const { repeated, index } of repeats(states.map(({ raw }) => String(raw)))) {
        rules.push({
            path: [...path, 'states', index, 'raw'],
            expected: { zh: '每个原始值只写一次', en: 'each raw value once' },
            got: repeated,
        });
    }
    const keys = states.map(({ key }) => key);
    if (role === 'contact' && !(keys.length === 2 && keys.includes('open') && keys.includes('closed'))) {
        rules.push({
            path: [...path, 'states'],
            expected: { zh: '状态 open 和 closed', en: 'the states open and closed' },
            got: keys.join(', '),
        });
    }
    if ((role === 'contact' || role === 'signal') && channelRow(point.key) === null) {
        rules.push({
            path: [...path, 'key'],
            expected: { zh: '一排点，例如 di[1..8]', en: 'a row such as di[1..8]' },
            got: point.key,
        });
    }
    if (role === 'signal')
        rules.push(...signalRowRule(point, path));
    if (point.key === qualityKey) {
        rules.push({
            path: [...path, 'key'],
            expected: { zh: '换一个键：这个键归网关自己用', en: 'another key: this one is the gateway’s own' },
            got: point.key,
        });
    }
    return [...rules, ...delayRule([...path, 'on_delay_ms'], role, point.on_delay_ms)];
}
/** What a sensor is scaled from: a plain current or voltage. */
function signalRowRule({ unit, states, scale_from, unit_from }, path) {
    const isPlain = states === undefined && scale_from === undefined && unit_from === undefined;
    const isSignal = isReference(unit) ||
        (unit !== undefined && (conversionFactor(unit, 'mA') !== null || conversionFactor(unit, 'V') !== null));
    if (isPlain && isSignal)
        return [];
    const got = isPlain ? String(unit ?? 'no unit') : 'states, scale_from or unit_from';
    return [
        {
            path: [...path, ...(unit === undefined ? [] : ['unit'])],
            expected: { zh: '单位为 mA 或 V 的数值', en: 'a number in mA or V' },
            got,
        },
    ];
}
/** States name the class of the role; a number can be told from nonsense. A fire is a state that the device itself names. */
function alarmRule(profile, point, role, path) {
    const own = classOfRole[role];
    if (point.states !== undefined)
        return classRule([...path, 'states'], role, point.states);
    if (own === 'fire' || (own !== null && point.unit === undefined)) {
        const [zh, en] = own === 'fire'
            ? ['状态，其中一个是 fire', 'states, one of them fire']
            : [`状态，其中一个是 ${own}，或者数值的单位`, `states, one of them ${own}, or the unit of a number`];
        return [{ path, expected: { zh: `角色 ${role} 需要${zh}`, en: `${en}, for role ${role}` }, got: nothing }];
    }
    const matters = own !== null || (profile.safety !== 'control' && !plainRoles.has(role));
    const { valid_range, within_label, invalid, fault_below, fault_above } = point;
    const limits = [valid_range, within_label, fault_below, fault_above];
    if (!matters || point.type === 'bool' || invalid.length > 0 || limits.some((limit) => limit !== undefined))
        return [];
    return [
        {
            path,
            expected: {
                zh: '数值需要 valid_range、within_label、invalid、fault_below 或 fault_above',
                en: 'valid_range, within_label, invalid, fault_below or fault_above for a number',
            },
            got: nothing,
        },
    ];
}
