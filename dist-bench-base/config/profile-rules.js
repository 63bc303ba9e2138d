/** What the keys of a profile must say together. Each broken rule is one CONF-061. */
import { classRule, delayRule, possibleRoles, referenceRule, severityRule, unitRule, } from './broken-rule.js';
import { isReference } from './device-options.js';
import { modbusRules } from './modbus-rules.js';
import { optionRules } from './option-rules.js';
import { isContact, isModbus, isSignal, isStream } from './profile-kind.js';
import { streamRules } from './stream-rules.js';
import { classOfRole } from './vocabulary.js';
/** All broken rules of a profile that its schema has nothing against. */
export function brokenRules(profile) {
    const options = optionRules(profile.options);
    // Wrong options make every value that hangs on them look wrong.
    return [...statusRule(profile), ...(options.length > 0 ? options : rulesOfKind(profile))];
}
function rulesOfKind(profile) {
    if (isContact(profile))
        return contactRules(profile);
    if (isSignal(profile))
        return signalRules(profile);
    if (isStream(profile))
        return streamRules(profile);
    return modbusRules(profile);
}
/** Above draft, somebody else must be able to see why: a paper or two sources, and a frame. */
function statusRule(profile) {
    if (profile.status === 'draft' || !(isModbus(profile) || isStream(profile)))
        return [];
    const isKnown = profile.evidence.some(({ grade }) => grade !== 'C');
    if (isKnown && profile.tests.length > 0)
        return [];
    const expected = isKnown
        ? { zh: '没有测试时为 draft', en: 'draft without a test' }
        : { zh: '没有 A 或 B 级依据时为 draft', en: 'draft without evidence of grade A or B' };
    return [{ path: ['status'], expected, got: profile.status }];
}
function contactRules({ contact }) {
    const rules = ['rest', 'active'].flatMap((key) => severityRule(['contact', key, 'severity'], contact.role, contact[key].severity));
    if (contact.rest.key === contact.active.key) {
        rules.push({
            path: ['contact', 'active', 'key'],
            expected: { zh: '两个不同的状态键', en: 'two different state keys' },
            got: contact.active.key,
        });
    }
    // Only the active state: a detector that is in alarm while all is well tells nothing.
    if (rules.length === 0)
        rules.push(...classRule(['contact', 'active', 'severity'], contact.role, [contact.active]));
    return [...rules, ...delayRule(['contact', 'on_delay_ms'], contact.role, contact.on_delay_ms)];
}
function signalRules({ signal, options }) {
    const [low, high] = signal.to;
    const rules = [
        ...referenceRule(['signal', 'role'], signal.role, options, 'role'),
        ...referenceRule(['signal', 'unit'], signal.unit, options, 'text'),
        ...referenceRule(['signal', 'to', 0], low, options, 'number'),
        ...referenceRule(['signal', 'to', 1], high, options, 'number'),
    ];
    if (rules.length > 0)
        return rules;
    rules.push(...unitRule(['signal'], signal, options));
    const [from, upTo] = signal.from;
    if (from >= upTo)
        rules.push({
            path: ['signal', 'from'],
            expected: { zh: '小的在前', en: 'lowest first' },
            got: signal.from.join(', '),
        });
    if (!isReference(low) && !isReference(high) && low >= high) {
        rules.push({ path: ['signal', 'to'], expected: { zh: '小的在前', en: 'lowest first' }, got: `${low}, ${high}` });
    }
    if (signal.fault_below > from) {
        rules.push({
            path: ['signal', 'fault_below'],
            expected: { zh: `不大于 ${from}`, en: `at most ${from}` },
            got: String(signal.fault_below),
        });
    }
    if (signal.fault_above < upTo) {
        rules.push({
            path: ['signal', 'fault_above'],
            expected: { zh: `不小于 ${upTo}`, en: `at least ${upTo}` },
            got: String(signal.fault_above),
        });
    }
    if (possibleRoles(signal.role, options).some((role) => classOfRole[role] === 'fire')) {
        rules.push({
            path: ['signal', 'role'],
            expected: { zh: '不能是火警：数值本身不算火警', en: 'no fire: a number is never a fire by itself' },
            got: 'fire',
        });
    }
    return rules;
}
