/** Pieces of a site file as text: scalars that mean what they say, one-line groups, comments that stay comments. Pure. */
import type { WordsYaml } from '../../config/site-schema.js';
import type { Words } from '../../config/vocabulary.js';

/** What a plain scalar may look like without meaning something else, in a group as well. */
const plain = /^[\p{L}_/][\p{L}\p{N}_/.%³²°（）·–-]*(?: [\p{L}\p{N}_/.%³²°（）·–-]+)*$/u;
/** Words that YAML 1.1 or 1.2 takes for something else than text. */
const taken = /^(?:true|false|yes|no|on|off|null|y|n|nan|inf)$/i;

/** An address of four numbers is text, whatever stands around it. */
const ipV4 = /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/;

/** Columns after which a comment goes on in the next line; a Chinese character takes two. */
const commentColumnsMax = 130;

export function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  return (plain.test(value) && !taken.test(value)) || ipV4.test(value) ? value : JSON.stringify(value);
}

/** One text, or one for each language. */
export function wordsText(words: WordsYaml): string {
  if (typeof words === 'string') return scalar(words);
  return words.zh === words.en ? scalar(words.zh) : `{zh: ${scalar(words.zh)}, en: ${scalar(words.en)}}`;
}

/** `{id: east, baud: 9600}`; parts that are null are left out. */
export function group(parts: Readonly<Record<string, string | number | boolean | null>>): string {
  const written = Object.entries(parts).flatMap(([key, text]) => (text === null ? [] : [`${key}: ${text}`]));
  return `{${written.join(', ')}}`;
}

export function list(items: readonly string[]): string {
  return `[${items.join(', ')}]`;
}

/** Chinese, then English, each from the beginning of a line. Outside text in them can neither end the comment nor colour a terminal. */
export function comment(words: Words, indent = ''): readonly string[] {
  return [words.zh, words.en].flatMap((text) => folded(clean(text), indent).map((line) => `${indent}# ${line}`));
}

/** Both in one line, where they are short. */
export function shortComment({ zh, en }: Words, indent = ''): string {
  return `${indent}# ${clean(zh)}。${clean(en)}.`;
}

/** A sentence begins with a large letter. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Entries that do not count yet. */
export function commentedOut(lines: readonly string[], indent: string): readonly string[] {
  return lines.map((line) => `${indent}# ${line.startsWith(indent) ? line.slice(indent.length) : line}`);
}

function clean(text: string): string {
  // Unicode's own line ends, too: editors show them as such.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}

function folded(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let columns = indent.length;
  // A break may stand at a space, and behind a Chinese sign of punctuation.
  for (const piece of text.match(/[^ ，。；：、]+[，。；：、]*| /g) ?? []) {
    const width = [...piece].reduce((sum, char) => sum + (char > '\u2e80' ? 2 : 1), 0);
    if (columns + width > commentColumnsMax && line.trim() !== '') {
      lines.push(line.trim());
      line = '';
      columns = indent.length;
    }
    line += piece;
    columns += width;
  }
  return [...lines, line.trim()].filter((each) => each !== '');
}
