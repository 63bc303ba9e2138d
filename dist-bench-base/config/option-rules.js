import { nothing, repeats } from './broken-rule.js';
import { fits, optionRange } from './device-options.js';
/** Rules for the options that a profile asks for. */
export function optionRules(options) {
    const rules = [...repeats(options.map(({ key }) => key))].map(({ repeated, index }) => ({
        path: ['options', index, 'key'],
        expected: { zh: '每个键只写一次', en: 'each key once' },
        got: repeated,
    }));
    for (const [index, option] of options.entries()) {
        const { type, values, min, max, default: usual } = option;
        const path = ['options', index];
        if ((type === 'choice') !== (values !== undefined)) {
            const expected = type === 'choice'
                ? { zh: 'choice 的 values', en: 'values of a choice' }
                : { zh: `${type} 没有 values`, en: `no values for a ${type}` };
            rules.push({ path, expected, got: values === undefined ? nothing : 'values' });
        }
        for (const { repeated, index: at } of repeats(values ?? [])) {
            rules.push({
                path: [...path, 'values', at],
                expected: { zh: '每个值只写一次', en: 'each value once' },
                got: repeated,
            });
        }
        if (type !== 'number' && (min !== undefined || max !== undefined)) {
            rules.push({
                path,
                expected: { zh: `${type} 没有 min 和 max`, en: `no min and max for a ${type}` },
                got: { zh: 'min 或 max', en: 'min or max' },
            });
        }
        if (min !== undefined && max !== undefined && min > max) {
            rules.push({
                path: [...path, 'max'],
                expected: { zh: `不小于 ${min}`, en: `at least ${min}` },
                got: String(max),
            });
        }
        if (usual !== undefined && !fits(option, usual)) {
            rules.push({ path: [...path, 'default'], expected: optionRange(option), got: String(usual) });
        }
    }
    return rules;
}
