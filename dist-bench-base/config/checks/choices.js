import { applyProfile } from '../applied-profile.js';
import { inputRow } from '../channel-row.js';
import { decidedBy, optionFaults } from '../device-options.js';
import { conversionFactor, physicalScale } from '../physical-units.js';
import { isModbus } from '../profile-kind.js';
import { valueHint } from '../value-hints.js';
import { missing } from './finding.js';
/** What a device says about its model: variant, options, and that the units it names can be told. */
export const checkChoices = function* (site) {
    for (const entry of site.draft.devices) {
        const profile = site.profiles.get(entry.value.profile);
        if (profile === undefined)
            continue;
        yield* variantExists(entry, profile);
        yield* optionsFit(entry, profile);
        const applied = applyProfile(profile, entry.value);
        if (applied === null)
            continue;
        yield* unitsConvert(entry, applied);
        if (applied.kind === 'signal')
            yield* signalFits(site, entry, applied);
    }
};
function* variantExists({ index, value }, profile) {
    const { variant, id } = value;
    const known = isModbus(profile) ? profile.variants.map((each) => each.id) : [];
    if (variant === undefined || known.includes(variant))
        return;
    const noVariant = { zh: `不写 variant：${profile.id} 没有变体`, en: `no variant: ${profile.id} has none` };
    yield {
        ...missing('CONF-054', ['devices', index, 'variant'], `device ${id}`, variant, known),
        expected: known.length === 0 ? noVariant : known.join(', '),
    };
}
function* optionsFit({ index, value }, profile) {
    const where = `device ${value.id}`;
    const keys = profile.options.map(({ key }) => key);
    for (const { kind, key, expected, got } of optionFaults(profile.options, value.options)) {
        const path = ['devices', index, 'options', key];
        if (kind === 'unknown')
            yield { ...missing('CONF-047', path, where, key, keys), expected };
        else if (kind === 'missing')
            yield { code: 'CONF-048', path: ['devices', index], where, expected, got };
        else {
            const finding = { code: 'CONF-049', path, where: `${where} option ${key}`, expected, got };
            const hint = optionHint(profile, key, value.options[key]);
            yield hint === null ? finding : { ...finding, hint };
        }
    }
}
function optionHint(profile, key, given) {
    const option = profile.options.find((each) => each.key === key);
    if (option === undefined)
        return null;
    const kinds = option.type === 'number' ? ['number'] : option.type === 'choice' ? ['string'] : [];
    return valueHint(key, given, { kinds, values: option.values ?? [] });
}
function* unitsConvert({ index, value }, applied) {
    if (applied.kind === 'contact')
        return;
    const points = applied.kind === 'signal' ? [applied.signal] : applied.points;
    const written = applied.kind === 'signal' ? [applied.profile.signal] : applied.profile.points;
    for (const [at, { key, role, unit }] of points.entries()) {
        if (physicalScale(role, unit) !== null)
            continue;
        const option = decidedBy(written[at]?.unit) ?? decidedBy(written[at]?.role);
        yield {
            code: 'CONF-053',
            path: option === null ? ['devices', index] : ['devices', index, 'options', option],
            where: `device ${value.id} point ${key}`,
            expected: { zh: `${role} 的单位`, en: `a unit for ${role}` },
            got: unit,
        };
    }
}
/** The current or voltage of the sensor is what the module measures, and its range runs upwards. */
function* signalFits({ draft, profiles }, { index, value }, { profile, signal }) {
    const where = `device ${value.id}`;
    const [low, high] = signal.to;
    if (low >= high) {
        const [lowOption, highOption] = profile.signal.to.map(decidedBy);
        const option = highOption ?? lowOption;
        const path = ['devices', index, ...(option == null ? [] : ['options', option])];
        yield { code: 'CONF-049', path, where, expected: { zh: `大于 ${low}`, en: `more than ${low}` }, got: String(high) };
    }
    const module = draft.devices.find((entry) => entry.value.id === value.input?.device);
    const moduleProfile = module === undefined ? undefined : profiles.get(module.value.profile);
    if (module === undefined || moduleProfile === undefined)
        return;
    const applied = applyProfile(moduleProfile, module.value);
    const row = applied?.kind === 'modbus' ? inputRow(applied.points, 'signal') : null;
    if (row === null || (row.unit !== null && conversionFactor(row.unit, signal.signal_unit) !== null))
        return;
    const kind = signalKind(profile);
    yield {
        code: 'CONF-053',
        path: ['devices', index, 'input', 'device'],
        where,
        expected: { zh: `能测 ${kind} 的输入`, en: `an input for ${kind}` },
        got: {
            zh: `${module.value.id} 测 ${row.unit ?? '未知'}`,
            en: `${module.value.id} measures ${row.unit ?? 'nothing known'}`,
        },
    };
}
function signalKind({ signal }) {
    const [low, high] = signal.from;
    return `${low} to ${high} ${signal.signal_unit}`;
}
