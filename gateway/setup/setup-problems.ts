/** What can be wrong with what `gengfu init` is given: tables, a survey, answers. Each declared once, with what to do. */
import { type FilePlace, type Problem, quoteOutside, type Told } from '../../config/problem.js';
import type { Words } from '../../config/vocabulary.js';

interface SetupProblemText extends Words {
  readonly hint: Words;
}

export const setupProblems = {
  'SETUP-001': {
    zh: '这不是文本表格',
    en: 'this is no table of text',
    hint: { zh: '在 Excel 里另存为“CSV UTF-8（逗号分隔）”', en: 'save it in Excel as "CSV UTF-8 (comma delimited)"' },
  },
  'SETUP-002': {
    zh: '文字编码认不出',
    en: 'the encoding of the text is not known',
    hint: { zh: '另存为 UTF-8 或 GBK', en: 'save it as UTF-8 or GBK' },
  },
  'SETUP-003': {
    zh: '表格太大',
    en: 'the table is too large',
    hint: { zh: '删掉空行，或分成几个站点', en: 'remove empty rows; is it the right file?' },
  },
  'SETUP-004': {
    zh: '引号没有结束',
    en: 'a quote is never closed',
    hint: {
      zh: '在格子末尾补上引号，格子里的引号写两个',
      en: 'close it at the end of the cell; a quote inside a cell is written twice',
    },
  },
  'SETUP-005': {
    zh: '引号后面还有字',
    en: 'there is text behind the closing quote',
    hint: { zh: '删掉多余的字，格子里的引号写两个', en: 'take it out; a quote inside a cell is written twice' },
  },
  'SETUP-006': {
    zh: '表格是空的',
    en: 'the table is empty',
    hint: {
      zh: '模板：gengfu init --csv-template places 或 households',
      en: 'a template: gengfu init --csv-template places, or households',
    },
  },
  'SETUP-007': {
    zh: '不认识这个表头',
    en: 'this heading is not known',
    hint: { zh: '改成认得的表头，或删掉这一列', en: 'use one of the known headings, or remove the column' },
  },
  'SETUP-008': {
    zh: '这个表头有两列',
    en: 'two columns have this heading',
    hint: { zh: '删掉其中一列', en: 'remove one of them' },
  },
  'SETUP-009': {
    zh: '缺少必要的一列',
    en: 'a column is missing',
    hint: {
      zh: '加上这一列；模板见 gengfu init --csv-template',
      en: 'add it; gengfu init --csv-template prints a template',
    },
  },
  'SETUP-010': {
    zh: '这一行的格子比表头多',
    en: 'this row has more cells than headings',
    hint: { zh: '含分隔符的格子要加引号', en: 'put a cell that contains the separator into quotes' },
  },
  'SETUP-011': {
    zh: '格子是空的',
    en: 'the cell is empty',
    hint: { zh: '填上，或删掉整行', en: 'fill it in, or remove the row' },
  },
  'SETUP-012': {
    zh: '这个值不行',
    en: 'this value is not allowed',
    hint: { zh: '按“应为”改正', en: 'write what is expected' },
  },
  'SETUP-013': {
    zh: '没有这条线路',
    en: 'there is no such line',
    hint: { zh: '写线路编号或串口路径', en: 'write the id of the line, or the path of its port' },
  },
  'SETUP-014': {
    zh: '没有找到这台设备',
    en: 'no such unit was found',
    hint: {
      zh: '核对线路和地址；没上电或没接好的设备，接好后再 gengfu find',
      en: 'check line and address; if the unit has no power or is not wired yet, see to it and run gengfu find again',
    },
  },
  'SETUP-015': {
    zh: '没有这个防区',
    en: 'there is no such zone',
    hint: {
      zh: '写已有防区的编号或名称，或先加上这个防区',
      en: 'write the id or name of a zone, or add the zone first',
    },
  },
  'SETUP-016': {
    zh: '这一项出现了两次',
    en: 'this stands there twice',
    hint: { zh: '删掉其中一处', en: 'remove one of them' },
  },
  'SETUP-017': {
    zh: '这个格子被表格软件改坏了',
    en: 'a spreadsheet has spoilt this cell',
    hint: {
      zh: '把这一列的格式设为“文本”，重新填写，再另存',
      en: 'format the column as text, write the number again, and save',
    },
  },
  'SETUP-018': {
    zh: '没有这个继电器',
    en: 'there is no such relay',
    hint: {
      zh: '写找到的继电器模块和它有的通道，例如 relay-1:1；或用引脚，例如 gpio17',
      en: 'name a relay module that was found and a channel that it has, such as relay-1:1; or a pin, such as gpio17',
    },
  },
  'SETUP-019': {
    zh: '有火警探测器，但没有警铃',
    en: 'there are fire detectors, but nothing sounds',
    hint: {
      zh: '没有找到继电器模块：在答案里写 sounders（继电器或引脚），或接好继电器模块再找一次',
      en: 'no relay module was found: name sounders in the answers (a relay or a pin), or wire one and search again',
    },
  },
  'SETUP-020': {
    zh: '没有可以写进站点文件的设备',
    en: 'no unit can be written into the site file',
    hint: {
      zh: '看下面每台设备的原因；接好线再 gengfu find',
      en: 'see the reason of each unit; check the wiring and run gengfu find again',
    },
  },
  'SETUP-021': {
    zh: '没有这个型号文件',
    en: 'there is no such profile',
    hint: {
      zh: '型号列表：npm run profiles；自己的型号放在站点文件旁的 profiles/',
      en: 'the profiles that come with the program, or one of your own in profiles/ beside the site file',
    },
  },
  'SETUP-022': {
    zh: '这台设备不可能是这个型号',
    en: 'the unit can not be this model',
    hint: {
      zh: '核对型号；地址、波特率、校验和传输方式要与型号文件相符',
      en: 'check the model: address, speed, parity and transport must suit its profile',
    },
  },
} as const satisfies Record<`SETUP-${string}`, SetupProblemText>;
export type SetupProblemCode = keyof typeof setupProblems;

/** One problem of the table, at a place. Outside text in `got` is cut and cleaned here. */
export function setupProblem(
  code: SetupProblemCode,
  at: FilePlace | null,
  where: string,
  expected: Told | null = null,
  got: Told | null = null,
  hint: Words = setupProblems[code].hint,
): Problem {
  const { zh, en } = setupProblems[code];
  const clean = (told: Told): Told =>
    typeof told === 'string' ? quoteOutside(told) : { zh: quoteOutside(told.zh), en: quoteOutside(told.en) };
  const seen = got === null ? null : clean(got);
  return { code, at, where: quoteOutside(where), what: { zh, en }, expected, got: seen, hint, retry: 'never' };
}
