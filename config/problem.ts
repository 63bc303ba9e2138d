import type { Words } from './vocabulary.js';

/** Where in a file, as editors count: line and column from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** When trying again makes sense. */
export type RetryClass = 'now' | 'later' | 'never';

/** A plain value, or a sentence in both languages. */
export type Told = string | Words;

/** It in one language. */
export function toldIn(told: Told, lang: 'zh' | 'en'): string {
  return typeof told === 'string' ? told : told[lang];
}

/**
 * A failure of the world (a file, a wire, a broker, a person's input), told so that a technician can act on it.
 * Our own bugs are assertions instead.
 */
export interface Problem {
  /** `AREA-123`; code matches on this, never on text. Each code is declared once, on the floor that raises it. */
  readonly code: string;
  readonly at: FilePlace | null;
  /** The thing it is about, as the site calls it: `devices[3].unit`, `line east`, `uplink district`. */
  readonly where: string;
  readonly what: Words;
  readonly expected: Told | null;
  /** Outside text is cut to 60 characters. */
  readonly got: Told | null;
  readonly hint: Words | null;
  readonly retry: RetryClass;
}

export const outsideTextMaxChars = 60;

/** Outside text as it may stand in a message: no control characters, at most 60 characters. */
export function quoteOutside(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '·');
  return clean.length > outsideTextMaxChars ? `${clean.slice(0, outsideTextMaxChars - 1)}…` : clean;
}

/** One problem in one language: `file:line:column where: what; expected …, got …; hint [CODE]`. */
export function describeProblem(problem: Problem, lang: 'zh' | 'en'): string {
  const zh = lang === 'zh';
  const place = problem.at === null ? '' : `${problem.at.file}:${problem.at.line}:${problem.at.column} `;
  const told = (text: Told | null, head: string): string => (text === null ? '' : `${head} ${toldIn(text, lang)}`);
  const expected = told(problem.expected, zh ? '；应为' : '; expected');
  const got = told(problem.got, zh ? '；实为' : '; got');
  const hint = problem.hint === null ? '' : zh ? `；${problem.hint.zh}` : `; ${problem.hint.en}`;
  return `${place}${problem.where}${zh ? '：' : ': '}${problem.what[lang]}${expected}${got}${hint} [${problem.code}]`;
}
