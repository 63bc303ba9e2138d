/** What can be wrong with a paper's table, declared once: wording and a hint to act on. */
import { type FilePlace, type Problem, quoteOutside, type Told } from '../../config/problem.js';
import type { Words } from '../../config/vocabulary.js';

interface PaperProblemText extends Words {
  readonly hint: Words;
}

export const paperProblems = {
  'PAPER-001': {
    zh: '表格的列不对',
    en: 'the columns of the table are not right',
    hint: {
      zh: '第一行写列名：name_zh、name_en、role、table、address、type、scale、unit、states、min、max，至少要有 address',
      en: 'the first row names the columns: name_zh, name_en, role, table, address, type, scale, unit, states, min, max; address must be among them',
    },
  },
  'PAPER-002': {
    zh: '地址看不懂，或可以有两种理解',
    en: 'the address can not be understood, or in two ways',
    hint: {
      zh: '十六进制写 0x0010 或 0010H，十进制写 16（前面不加 0），PLC 写法写 40017',
      en: 'write 0x0010 or 0010H in hexadecimal, 16 in decimal (without zeros in front), 40017 as a PLC does',
    },
  },
  'PAPER-003': {
    zh: '读哪张表不清楚',
    en: 'it is not clear which table is read',
    hint: {
      zh: 'table 写 holding（功能码 03）、input（04）、coil（01）或 discrete（02）',
      en: 'write holding (function 03), input (04), coil (01) or discrete (02)',
    },
  },
  'PAPER-004': {
    zh: '不认识这个角色',
    en: 'this role is not known',
    hint: {
      zh: '写角色本身（如 smoke.alarm），或“烟雾报警”这样的词',
      en: 'write the role (smoke.alarm) or words such as smoke alarm',
    },
  },
  'PAPER-005': {
    zh: '不认识这个类型',
    en: 'this type is not known',
    hint: {
      zh: 'bool、u16、s16、u32、s32、u64、f32、f64、bcd16、bcd32 之一；可写 uint16、int16、float',
      en: 'one of bool, u16, s16, u32, s32, u64, f32, f64, bcd16, bcd32; uint16, int16, float are understood',
    },
  },
  'PAPER-006': {
    zh: '这里要写数字',
    en: 'a number is needed here',
    hint: { zh: '小数点用 . ，不带单位', en: 'with a point, without a unit' },
  },
  'PAPER-007': {
    zh: '状态看不懂',
    en: 'the states can not be understood',
    hint: {
      zh: '写成 0=正常; 1=报警; 2=故障，要分等级时 3=info:预热/warming up',
      en: 'write 0=normal; 1=alarm; 2=fault, with a severity 3=info:warming up',
    },
  },
  'PAPER-008': {
    zh: '表格没有内容，或太长',
    en: 'the table has no rows, or too many',
    hint: { zh: '一个型号最多 64 个测点', en: 'a profile has 64 points at most' },
  },
  'PAPER-009': {
    zh: '这一行与型号的规则不符',
    en: 'this row breaks a rule of profiles',
    hint: { zh: '改这一行，或表头的说明', en: 'correct the row, or what was said about the model' },
  },
} as const satisfies Record<`PAPER-${string}`, PaperProblemText>;
export type PaperProblemCode = keyof typeof paperProblems;

export function paperProblem(
  code: PaperProblemCode,
  at: FilePlace | null,
  where: string,
  got: Told | null = null,
  expected: Told | null = null,
): Problem {
  const { zh, en, hint } = paperProblems[code];
  const told = typeof got === 'string' ? quoteOutside(got) : got;
  return { code, at, where: quoteOutside(where), what: { zh, en }, expected, got: told, hint, retry: 'never' };
}
