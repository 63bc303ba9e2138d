/** Zod's issues → Problems at their place in the file: all of them, one per unknown key, with "did you mean". */
import type { z } from 'zod';
import { type ConfigProblemCode, configProblem, configProblems } from './config-problems.js';
import { didYouMean } from './did-you-mean.js';
import type { Problem } from './problem.js';
import type { Words } from './vocabulary.js';
import type { YamlDocument, YamlPath } from './yaml-document.js';

type Issue = z.core.$ZodIssue;

/** `knownKeys` tells which keys the schema has at a path, for the suggestion. */
export function problemsOfIssues(
  document: YamlDocument,
  issues: readonly Issue[],
  knownKeys: (path: YamlPath) => readonly string[],
): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(document, issue, [], knownKeys));
}

function problemsOfIssue(
  document: YamlDocument,
  issue: Issue,
  base: YamlPath,
  knownKeys: (path: YamlPath) => readonly string[],
): Problem[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(document, [...path, key], knownKeys(path)));
  }
  const got = valueAt(document.value, path);
  if (got === undefined) {
    return [configProblem('CONF-012', document.placeOf(path), pathText(path), expectation(issue))];
  }
  if (issue.code === 'invalid_union') {
    // The branch that fits the kind of value written is the one the author meant.
    const meant = issue.errors.find((branch) => !branch.some(isAboutTheWhole));
    if (meant !== undefined) return meant.flatMap((inner) => problemsOfIssue(document, inner, path, knownKeys));
  }
  return [configProblem(codeOf(issue, path), document.placeOf(path), pathText(path), expectation(issue), show(got))];
}

function isAboutTheWhole(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function unknownKey(document: YamlDocument, path: YamlPath, known: readonly string[]): Problem {
  const meant = didYouMean(String(path.at(-1)), known);
  const hint: Words =
    meant === null ? configProblems['CONF-011'].hint : { zh: `是不是 ${meant}？`, en: `did you mean ${meant}?` };
  const expected = known.length === 0 ? null : known.join(', ');
  return configProblem('CONF-011', document.placeOfKey(path), pathText(path), expected, String(path.at(-1)), hint);
}

function codeOf(issue: Issue, path: YamlPath): ConfigProblemCode {
  if (path.length === 1 && (path[0] === 'version' || path[0] === 'schema')) return 'CONF-015';
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
function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected;
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'too_big':
      return `at most ${issue.maximum}${ofWhat(issue.origin)}`;
    case 'too_small':
      return `at least ${issue.minimum}${ofWhat(issue.origin)}`;
    case 'invalid_union':
      return [...new Set(issue.errors.map((branch) => branch[0]).flatMap((first) => first ?? []))]
        .map(expectation)
        .join(' or ');
    default:
      return issue.message;
  }
}

function ofWhat(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

export function valueAt(value: unknown, path: YamlPath): unknown {
  let inner = value;
  for (const step of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined;
    inner = Reflect.get(inner, step);
  }
  return inner;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value === null) return 'nothing';
  return typeof value === 'object' ? 'a group of keys' : `${typeof value} ${JSON.stringify(value)}`;
}

/** `devices[3].unit`. */
export function pathText(path: YamlPath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return text === '' ? 'the file' : text.replace(/^\./, '');
}
