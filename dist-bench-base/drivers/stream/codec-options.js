import { quoteOutside } from '../../config/problem.js';
import { StreamOptionError } from './framer.js';
/** The options as the codec's schema understands them; StreamOptionError names every one that does not fit. */
export function readOptions(codec, schema, options) {
    const parsed = schema.safeParse(options);
    if (parsed.success)
        return parsed.data;
    const faults = parsed.error.issues.flatMap((issue) => {
        if (issue.code === 'unrecognized_keys') {
            return issue.keys.map((key) => ({
                key,
                expected: { zh: '没有这个选项', en: 'no such option' },
                got: gotOf(options, key),
            }));
        }
        const key = issue.path.map(String).join('.');
        return [{ key, expected: expectedOf(issue), got: gotOf(options, key) }];
    });
    throw new StreamOptionError(codec, faults);
}
function expectedOf(issue) {
    if (issue.code === 'invalid_value')
        return issue.values.map(String).join(', ');
    if (issue.code === 'invalid_type')
        return typeWords[issue.expected] ?? issue.expected;
    if (issue.code === 'too_small')
        return { zh: `不小于 ${issue.minimum}`, en: `at least ${issue.minimum}` };
    if (issue.code === 'too_big')
        return { zh: `不大于 ${issue.maximum}`, en: `at most ${issue.maximum}` };
    return issue.message.replace(/^Invalid input: (?:expected )?/, '');
}
/** What the types of options are called. */
const typeWords = {
    boolean: { zh: 'true 或 false', en: 'true or false' },
    number: { zh: '数值', en: 'a number' },
    int: { zh: '整数', en: 'a whole number' },
    string: { zh: '文字', en: 'a text' },
};
function gotOf(options, key) {
    const value = options[key];
    return value === undefined ? { zh: '没有写', en: 'nothing' } : quoteOutside(String(value));
}
