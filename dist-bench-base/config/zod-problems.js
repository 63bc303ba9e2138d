import { configProblem, configProblems } from './config-problems.js';
import { didYouMean } from './did-you-mean.js';
import { outsideTextMaxChars, quoteOutside, toldIn } from './problem.js';
import { kindWords, messageWords } from './schema-messages.js';
import { otherNameOf, valueHint } from './value-hints.js';
import { wideSignHint } from './wide-signs.js';
/** More words than these are not listed in a message. */
const listedMax = 16;
/** A text that is shown, its quotes included: with `string ` before it no more than outside text may have. */
const quotedMaxChars = outsideTextMaxChars - 'string '.length;
/** One Problem for each issue, and one for each unknown key. */
export function problemsOfIssues(document, issues, helps) {
    return issues.flatMap((issue) => problemsOfIssue(document, issue, [], helps));
}
function problemsOfIssue(document, issue, base, helps) {
    const path = [...base, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
    if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => unknownKey(document, [...path, key], helps.knownKeys(path)));
    }
    const got = valueAt(document.value, path);
    if (got === undefined) {
        return [configProblem('CONF-012', document.placeOf(path), pathText(path), expectation(issue))];
    }
    if (issue.code === 'invalid_union') {
        const meant = issue.errors.find((branch) => isMeant(branch, got));
        if (meant !== undefined)
            return meant.flatMap((inner) => problemsOfIssue(document, inner, path, helps));
    }
    const key = String(path.findLast((step) => typeof step === 'string') ?? '');
    const hint = helps.hintAt?.(key, got) ?? sizeHint(issue, got) ?? valueHint(key, got, wantedBy(issue)) ?? undefined;
    const code = codeOf(issue, path);
    return [configProblem(code, document.placeOf(path), pathText(path), expectation(issue), show(got), hint)];
}
/** The branch that fits the kind of value written is the one the author meant. */
function isMeant(branch, got) {
    const [first, ...more] = branch;
    if (!branch.some(isAboutTheWhole))
        return true;
    return (more.length === 0 && first?.code === 'invalid_value' && first.values.every((each) => typeof each === typeof got));
}
function isAboutTheWhole(issue) {
    return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}
function wantedBy(issue) {
    switch (issue.code) {
        case 'invalid_type':
            return { kinds: [issue.expected === 'int' ? 'number' : issue.expected], values: [] };
        case 'invalid_value':
            return {
                kinds: [],
                values: issue.values.filter((value) => typeof value === 'string' || typeof value === 'number'),
            };
        case 'invalid_union': {
            const wanted = issue.errors.flatMap((branch) => branch.filter(isAboutTheWhole)).map(wantedBy);
            return { kinds: wanted.flatMap(({ kinds }) => kinds), values: wanted.flatMap(({ values }) => values) };
        }
        default:
            return { kinds: [], values: [] };
    }
}
function unknownKey(document, path, known) {
    const key = String(path.at(-1));
    const meant = otherNameOf(key, known) ?? didYouMean(key, known);
    const near = meant === null ? null : { zh: `是不是 ${meant}？`, en: `did you mean ${meant}?` };
    const hint = wideSignHint(key) ?? near ?? configProblems['CONF-011'].hint;
    const expected = known.length === 0 ? null : known.join(', ');
    return configProblem('CONF-011', document.placeOfKey(path), pathText(path), expected, key, hint);
}
function codeOf(issue, path) {
    if (path.length === 1 && (path[0] === 'version' || path[0] === 'schema'))
        return 'CONF-015';
    switch (issue.code) {
        case 'invalid_type':
        case 'invalid_union':
            return 'CONF-013';
        case 'custom':
            return issue.params?.['code'] === 'CONF-061' ? 'CONF-061' : 'CONF-014';
        default:
            return 'CONF-014';
    }
}
/** What the schema wanted, short enough for one line. */
function expectation(issue) {
    switch (issue.code) {
        case 'invalid_type':
            return kindWords(issue.expected);
        case 'invalid_value': {
            const { length } = issue.values;
            // Roles are too many for one line; the hint says where they stand.
            const many = { zh: `${length} 个词之一`, en: `one of ${length} words` };
            return length > listedMax ? many : issue.values.map(String).join(', ');
        }
        case 'too_big':
            return bound('最多', 'at most', issue.maximum, issue.origin);
        case 'too_small':
            return bound('至少', 'at least', issue.minimum, issue.origin);
        case 'invalid_union': {
            const each = issue.errors
                .map((branch) => branch[0])
                .flatMap((first) => (first === undefined ? [] : [expectation(first)]));
            const joined = (lang, or) => [...new Set(each.map((told) => toldIn(told, lang)))].join(or);
            return { zh: joined('zh', ' 或 '), en: joined('en', ' or ') };
        }
        default:
            return messageWords(issue.message);
    }
}
function bound(zh, en, limit, origin) {
    const [ofZh, ofEn] = origin === 'string' ? [' 个字符', ' characters'] : origin === 'array' ? [' 项', ' entries'] : ['', ''];
    return { zh: `${zh} ${limit}${ofZh}`, en: `${en} ${limit}${ofEn}` };
}
/** Too much or too little: no sign in it is at fault. */
function sizeHint(issue, got) {
    if (issue.code !== 'too_big' && issue.code !== 'too_small')
        return null;
    const limit = Number(issue.code === 'too_big' ? issue.maximum : issue.minimum);
    const isTooBig = issue.code === 'too_big';
    if (typeof got === 'string') {
        const { length } = got.trim();
        return isTooBig
            ? {
                zh: `共 ${length} 个字符，至少删掉 ${length - limit} 个`,
                en: `it has ${length} characters: take out ${length - limit}`,
            }
            : { zh: '写上内容，或删掉这个键', en: 'write something, or remove the key' };
    }
    if (Array.isArray(got)) {
        return isTooBig
            ? { zh: `共 ${got.length} 项，删到 ${limit} 项`, en: `it has ${got.length} entries: leave ${limit}` }
            : { zh: `至少列出 ${limit} 项，或删掉这个键`, en: `list at least ${limit}, or remove the key` };
    }
    return isTooBig
        ? { zh: `写 ${limit} 或更小的数`, en: `write ${limit} or less` }
        : { zh: `写 ${limit} 或更大的数`, en: `write ${limit} or more` };
}
export function valueAt(value, path) {
    let inner = value;
    for (const step of path) {
        if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step))
            return undefined;
        inner = Reflect.get(inner, step);
    }
    return inner;
}
function show(value) {
    if (Array.isArray(value))
        return { zh: `${value.length} 项的列表`, en: `a list of ${value.length}` };
    if (value === null)
        return { zh: '空', en: 'nothing' };
    if (typeof value === 'object')
        return { zh: '一组键', en: 'a group of keys' };
    const { zh, en } = kindWords(typeof value);
    const text = typeof value === 'string' ? quoted(value) : JSON.stringify(value);
    return typeof value === 'boolean' ? text : { zh: `${zh} ${text}`, en: `${en} ${text}` };
}
/** In quotes, and with both of them when it is cut. */
function quoted(text) {
    let cut = quoteOutside(text);
    if (JSON.stringify(cut).length <= quotedMaxChars)
        return JSON.stringify(cut);
    while (JSON.stringify(cut).length >= quotedMaxChars)
        cut = cut.slice(0, -1);
    return JSON.stringify(`${cut}…`);
}
/** `devices[3].unit`. */
export function pathText(path) {
    const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    return text === '' ? 'the file' : text.replace(/^\./, '');
}
