/** Zod's issues → Problems at their place in the file: all of them, one per unknown key, with "did you mean". */
import type { z } from 'zod';
import { type ConfigProblemCode, configProblem, configProblems } from './config-problems.js';
import { didYouMean } from './did-you-mean.js';
import { outsideTextMaxChars, type Problem, quoteOutside, type Told, toldIn } from './problem.js';
import { kindWords, messageWords } from './schema-messages.js';
import type { Wanted } from './shape-hints.js';
import { otherNameOf, valueHint } from './value-hints.js';
import type { Words } from './vocabulary.js';
import { wideSignHint } from './wide-signs.js';
import type { YamlDocument, YamlPath } from './yaml-document.js';

type Issue = z.core.$ZodIssue;

/** More words than these are not listed in a message. */
const listedMax = 16;
/** A text that is shown, its quotes included: with `string ` before it no more than outside text may have. */
const quotedMaxChars = outsideTextMaxChars - 'string '.length;

/** Stands for what is about people. */
const notTold: Words = { zh: '个人信息，不显示', en: 'personal, not shown' };
const inQuotes: Words = { zh: '写在引号里', en: 'put it in quotes' };

/** What is known beside the schema, for the hints. */
export interface Helps {
  /** Which keys the schema has at a path. */
  readonly knownKeys: (path: YamlPath) => readonly string[];
  /** What is better known about a refused value at a key than the schema can tell; null: nothing. */
  readonly hintAt?: (key: string, got: unknown) => Words | null;
  /** What stands there is about people: neither value nor unknown key is told, for messages are seen by many. */
  readonly isPrivate?: (path: YamlPath) => boolean;
}

/** One Problem for each issue, and one for each unknown key. */
export function problemsOfIssues(document: YamlDocument, issues: readonly Issue[], helps: Helps): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(document, issue, [], helps));
}

function problemsOfIssue(document: YamlDocument, issue: Issue, base: YamlPath, helps: Helps): Problem[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'unrecognized_keys') {
    const isPrivate = helps.isPrivate?.(path) ?? false;
    return issue.keys.map((key) => unknownKey(document, [...path, key], helps.knownKeys(path), isPrivate));
  }
  const got = valueAt(document.value, path);
  if (got === undefined) {
    return [configProblem('CONF-012', document.placeOf(path), pathText(path), expectation(issue))];
  }
  if (issue.code === 'invalid_union') {
    const meant = issue.errors.find((branch) => isMeant(branch, got));
    if (meant !== undefined) return meant.flatMap((inner) => problemsOfIssue(document, inner, path, helps));
  }
  const code = codeOf(issue, path);
  if (helps.isPrivate?.(path)) {
    const isBare = typeof got === 'number' && wantedBy(issue).kinds.includes('string');
    const hint = (isBare ? inQuotes : sizeHint(issue, got)) ?? undefined;
    return [configProblem(code, document.placeOf(path), pathText(path), expectation(issue), notTold, hint)];
  }
  const key = String(path.findLast((step) => typeof step === 'string') ?? '');
  const hint = helps.hintAt?.(key, got) ?? sizeHint(issue, got) ?? valueHint(key, got, wantedBy(issue)) ?? undefined;
  return [configProblem(code, document.placeOf(path), pathText(path), expectation(issue), show(got), hint)];
}

/** The branch that fits the kind of value written is the one the author meant. */
function isMeant(branch: readonly Issue[], got: unknown): boolean {
  const [first, ...more] = branch;
  if (!branch.some(isAboutTheWhole)) return true;
  return (
    more.length === 0 && first?.code === 'invalid_value' && first.values.every((each) => typeof each === typeof got)
  );
}

function isAboutTheWhole(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function wantedBy(issue: Issue): Wanted {
  switch (issue.code) {
    case 'invalid_type':
      return { kinds: [issue.expected === 'int' ? 'number' : issue.expected], values: [] };
    case 'invalid_value':
      return {
        kinds: [],
        values: issue.values.filter((value) => typeof value === 'string' || typeof value === 'number'),
      };
    case 'invalid_union': {
      if (issue.errors.length === 0) return { kinds: [], values: [...shapesOf(issue)] };
      const wanted = issue.errors.flatMap((branch) => branch.filter(isAboutTheWhole)).map(wantedBy);
      return { kinds: wanted.flatMap(({ kinds }) => kinds), values: wanted.flatMap(({ values }) => values) };
    }
    default:
      return { kinds: [], values: [] };
  }
}

function unknownKey(document: YamlDocument, path: YamlPath, known: readonly string[], isPrivate: boolean): Problem {
  const key = String(path.at(-1));
  const meant = otherNameOf(key, known) ?? didYouMean(key, known);
  const near = meant === null ? null : { zh: `是不是 ${meant}？`, en: `did you mean ${meant}?` };
  const hint: Words = wideSignHint(key) ?? near ?? configProblems['CONF-011'].hint;
  const expected = known.length === 0 ? null : known.join(', ');
  const [where, got] = isPrivate ? [pathText(path.slice(0, -1)), notTold] : [pathText(path), key];
  return configProblem('CONF-011', document.placeOfKey(path), where, expected, got, hint);
}

function codeOf(issue: Issue, path: YamlPath): ConfigProblemCode {
  if (path.length === 1 && (path[0] === 'version' || path[0] === 'schema')) return 'CONF-015';
  switch (issue.code) {
    case 'invalid_type':
      return 'CONF-013';
    case 'invalid_union':
      return issue.errors.length === 0 ? 'CONF-014' : 'CONF-013';
    case 'custom':
      return issue.params?.['code'] === 'CONF-061' ? 'CONF-061' : 'CONF-014';
    default:
      return 'CONF-014';
  }
}

/** What the schema wanted, short enough for one line. */
function expectation(issue: Issue): Told {
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
      if (issue.errors.length === 0) return shapesOf(issue).join(', ');
      const each = issue.errors
        .map((branch) => branch[0])
        .flatMap((first) => (first === undefined ? [] : [expectation(first)]));
      const joined = (lang: 'zh' | 'en', or: string): string =>
        [...new Set(each.map((told) => toldIn(told, lang)))].join(or);
      return { zh: joined('zh', ' 或 '), en: joined('en', ' or ') };
    }
    default:
      return messageWords(issue.message);
  }
}

/** The values of the key that tells shapes apart; empty when the issue is another one. */
function shapesOf(issue: Issue): readonly string[] {
  return 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
}

function bound(zh: string, en: string, limit: number | bigint, origin: string): Words {
  const [ofZh, ofEn] =
    origin === 'string' ? [' 个字符', ' characters'] : origin === 'array' ? [' 项', ' entries'] : ['', ''];
  return { zh: `${zh} ${limit}${ofZh}`, en: `${en} ${limit}${ofEn}` };
}

/** Too much or too little: no sign in it is at fault. */
function sizeHint(issue: Issue, got: unknown): Words | null {
  if (issue.code !== 'too_big' && issue.code !== 'too_small') return null;
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

export function valueAt(value: unknown, path: YamlPath): unknown {
  let inner = value;
  for (const step of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined;
    inner = Reflect.get(inner, step);
  }
  return inner;
}

function show(value: unknown): Told {
  if (Array.isArray(value)) return { zh: `${value.length} 项的列表`, en: `a list of ${value.length}` };
  if (value === null) return { zh: '空', en: 'nothing' };
  if (typeof value === 'object') return { zh: '一组键', en: 'a group of keys' };
  const { zh, en } = kindWords(typeof value);
  const text = typeof value === 'string' ? quoted(value) : JSON.stringify(value);
  return typeof value === 'boolean' ? text : { zh: `${zh} ${text}`, en: `${en} ${text}` };
}

/** Somebody may have written a password into an address; what is told is seen by many. */
const secretInAddress = /\/\/[^/@\s]*@/;

/** In quotes, and with both of them when it is cut. */
function quoted(text: string): string {
  let cut = quoteOutside(text.replace(secretInAddress, '//…@'));
  if (JSON.stringify(cut).length <= quotedMaxChars) return JSON.stringify(cut);
  while (JSON.stringify(cut).length >= quotedMaxChars) cut = cut.slice(0, -1);
  return JSON.stringify(`${cut}…`);
}

/** `devices[3].unit`. */
export function pathText(path: YamlPath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return text === '' ? 'the file' : text.replace(/^\./, '');
}
