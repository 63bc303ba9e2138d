/** A site file without secrets, people and remarks; every line keeps its number, so that places that `check` names can be found. Pure. */
import { isMap, isPair, isScalar, isSeq, Lexer, type Node, type Pair, parseDocument } from 'yaml';
import { gone } from './scrub.js';

/** Keys whose values are not told, at any depth. Files are named by their path, which is. */
const secretKey =
  /^(?:households|people|phone|mobile|number|responsible|note|notes|remark|contact|contacts|user|users|username|password|passphrase|token|secret|seed|private_key|api_key)$/i;
const scalarMark = '\u001f';
const marks: ReadonlySet<string> = new Set([scalarMark, '\u0002', '\u0018']);

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export function redactYaml(text: string): string {
  const document = parseDocument(text, { keepSourceTokens: false });
  // What is no YAML may hold anything anywhere: only the keys are left.
  if (document.errors.length > 0) return keysOnly(text);
  const edits = [...commentEdits(text), ...valueEdits(document.contents, false, text)].sort((a, b) => b.from - a.from);
  return edits.reduce((out, { from, to, text: instead }) => `${out.slice(0, from)}${instead}${out.slice(to)}`, text);
}

function keysOnly(text: string): string {
  return text
    .split('\n')
    .map((line) => /^(\s*(?:- )?[A-Za-z_][\w-]*:)/.exec(line)?.[1] ?? (line.trim() === '' ? '' : '#'))
    .join('\n');
}

/** People write telephone numbers and passwords into comments. */
function commentEdits(text: string): readonly Edit[] {
  const edits: Edit[] = [];
  let [at, before] = [0, ''];
  for (const token of new Lexer().lex(text)) {
    if (!marks.has(token)) {
      if (token.startsWith('#') && before !== scalarMark) edits.push({ from: at, to: at + token.length, text: '#' });
      at += token.length;
    }
    before = token;
  }
  return edits;
}

function valueEdits(node: unknown, isSecret: boolean, text: string): readonly Edit[] {
  if (isScalar(node)) return isSecret ? hidden(node, text) : [];
  if (isPair(node)) return pairEdits(node, isSecret, text);
  if (isMap(node) || isSeq(node)) return node.items.flatMap((item) => valueEdits(item, isSecret, text));
  return [];
}

function pairEdits({ key, value }: Pair, isSecret: boolean, text: string): readonly Edit[] {
  const name = isScalar(key) ? String(key.value) : '';
  return valueEdits(value, isSecret || secretKey.test(name), text);
}

function hidden({ range }: Node, text: string): readonly Edit[] {
  const [from, to] = range ?? [0, 0];
  if (from === to) return [];
  const lines = text.slice(from, to).split('\n').length - 1;
  return [{ from, to, text: `"${gone}"${'\n'.repeat(lines)}` }];
}
