/** What the YAML library complains about, in both languages, and what to type instead. Its own texts are English only. */
import type { ErrorCode } from 'yaml';
import type { Told } from './problem.js';
import type { Words } from './vocabulary.js';
import { wideSignHint } from './wide-signs.js';

interface FaultWords extends Words {
  readonly hint?: Words;
}

type Row = readonly [code: ErrorCode, message: RegExp, words: FaultWords];

/** The first row that fits counts: one code of the library stands for several complaints. */
const rows: readonly Row[] = [
  ['TAB_AS_INDENT', /./, { zh: '不能用制表符缩进', en: 'tabs are not allowed as indentation' }],
  [
    'MULTILINE_IMPLICIT_KEY',
    /./,
    {
      zh: '键要写在一行里，后面是冒号和空格',
      en: 'a key stands on one line, with a colon and a space behind it',
      hint: {
        zh: '检查这一行和下一行：冒号后要有空格，缩进要对齐',
        en: 'see this line and the next: a space behind each colon, the same indentation',
      },
    },
  ],
  [
    'BLOCK_AS_IMPLICIT_KEY',
    /./,
    {
      zh: '一行里有两个“键: 值”',
      en: 'two "key: value" stand on one line',
      hint: {
        zh: '值里有冒号就加引号；另一个键另起一行，与前一个键左对齐',
        en: 'put a value with a colon in quotes; another key goes on its own line, in the same column',
      },
    },
  ],
  [
    'NON_STRING_KEY',
    /./,
    {
      zh: '键只能是文字，这里是括号',
      en: 'a key is a text, here are brackets',
      hint: {
        zh: '文字里有 { } [ ] 就加引号；两个括号之间要有逗号',
        en: 'put a text with { } or [ ] in quotes, and a comma between two pairs of brackets',
      },
    },
  ],
  [
    'BLOCK_IN_FLOW',
    /./,
    {
      zh: '括号里缺逗号，或值里有冒号',
      en: 'a comma is missing in brackets, or a value has a colon',
      hint: {
        zh: '各项之间加半角逗号；有冒号的值加引号',
        en: 'put commas between the keys, and quotes around a value with a colon',
      },
    },
  ],
  ['BAD_INDENT', /end with a (?:\}|\])/, { zh: '括号没有关上', en: 'a bracket is not closed' }],
  [
    'BAD_INDENT',
    /same column/,
    {
      zh: '缩进不齐',
      en: 'the indentation differs',
      hint: { zh: '同一组的键和短横线要左对齐', en: 'keys and dashes of one group begin in the same column' },
    },
  ],
  ['MISSING_CHAR', /closing/, { zh: '引号没有关上', en: 'a quote is not closed' }],
  ['MISSING_CHAR', /followed by map values/, { zh: '键后面缺冒号', en: 'a colon is missing behind the key' }],
  ['MISSING_CHAR', /must end with a (?:\}|\])/, { zh: '括号没有关上', en: 'a bracket is not closed' }],
  [
    'MISSING_CHAR',
    /Missing ,/,
    {
      zh: '缺逗号',
      en: 'a comma is missing',
      hint: { zh: '括号里各项之间加半角逗号', en: 'put a comma between them' },
    },
  ],
  [
    'UNEXPECTED_TOKEN',
    /at node end/,
    {
      zh: '值后面还有别的内容',
      en: 'something stands behind the value',
      hint: {
        zh: '引号要包住整个值；里面有引号就换另一种',
        en: 'quotes go around the whole value; inside them use the other kind',
      },
    },
  ],
  ['UNEXPECTED_TOKEN', /./, { zh: '这里不该有这个符号', en: 'this sign can not stand here' }],
  [
    'BAD_SCALAR_START',
    /./,
    {
      zh: '值不能以这个符号开头',
      en: 'a value can not begin with this sign',
      hint: { zh: '把整个值写在引号里', en: 'put the whole value in quotes' },
    },
  ],
  [
    'BAD_DQ_ESCAPE',
    /./,
    {
      zh: '双引号里的反斜杠有特殊含义',
      en: 'a backslash in double quotes has a meaning of its own',
      hint: { zh: '写成 \\\\，或改用单引号', en: 'write \\\\, or use single quotes' },
    },
  ],
  [
    'MULTIPLE_DOCS',
    /./,
    {
      zh: '文件里有不止一份内容',
      en: 'more than one document',
      hint: { zh: '删掉 --- 这一行', en: 'remove the line ---' },
    },
  ],
];

/** The complaint; as the library put it where it is not known here. */
export function faultWords(code: ErrorCode, message: string): Told {
  const words = rowOf(code, message);
  return words === null ? message : { zh: words.zh, en: words.en };
}

/** What people type that YAML does not take: looked for in the line of the error and in the one before it. */
export function faultHint(code: ErrorCode, message: string, text: string, line: number): Words | null {
  const lines = text.split('\n');
  for (const nr of [line, line - 1]) {
    const found = lines[nr - 1]?.replace(/(^|\s)#.*$/, '') ?? '';
    if (/^ *\t/.test(found)) {
      return { zh: `第 ${nr} 行用制表符缩进，改用空格`, en: `line ${nr} is indented with a tab; use spaces` };
    }
    if (/[:,[]\s*\{\{/.test(found)) {
      return {
        zh: `第 ${nr} 行的文字以 {{ 开头，要写在引号里：text: "{{place}}着火"`,
        en: `the text in line ${nr} begins with {{: put it in quotes, text: "fire at {{place}}"`,
      };
    }
    // Inside quotes every sign may stand.
    const wide = wideSignHint(found.replaceAll(/"[^"]*"|'[^']*'/g, ''), nr);
    if (wide !== null) return wide;
  }
  return rowOf(code, message)?.hint ?? null;
}

function rowOf(code: ErrorCode, message: string): FaultWords | null {
  return rows.find(([of, pattern]) => of === code && pattern.test(message))?.[2] ?? null;
}

/** Where a person has to look: at the quote or bracket that was opened, at the key that stands too far left; else where the library
 * stopped. */
export function faultOffset(code: ErrorCode, message: string, text: string, offset: number): number {
  const quote = /closing (["'])/.exec(message)?.[1];
  const opened =
    quote !== undefined
      ? text.lastIndexOf(quote, offset - 1)
      : /end with a [}\]]/.test(message)
        ? openedAt(text, offset)
        : -1;
  if (opened >= 0) return opened;
  return code === 'BAD_INDENT' ? offset + (/^ */.exec(text.slice(offset))?.[0].length ?? 0) : offset;
}

/** The last bracket before `offset` that nothing has closed; −1: none. */
function openedAt(text: string, offset: number): number {
  let closed = 0;
  for (let at = offset - 1; at >= 0; at -= 1) {
    const sign = text.charAt(at);
    if (sign === '}' || sign === ']') closed += 1;
    else if (sign === '{' || sign === '[') {
      if (closed === 0) return at;
      closed -= 1;
    }
  }
  return -1;
}
