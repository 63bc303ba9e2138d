/** Tables as people save them: encodings, separators, headings; every mistake at its line, column and cell, with what to do. */
import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../../config/problem.js';
import { csvTemplate } from '../../../gateway/setup/csv-templates.js';
import { decodeTable } from '../../../gateway/setup/decode-table.js';
import { householdsOf } from '../../../gateway/setup/households-table.js';
import { placesOf } from '../../../gateway/setup/places-table.js';

const zones = [{ id: 'hall', name: { zh: '祠堂', en: 'ancestral hall' } }, { id: 'street' }];

/** Of GBK: what Excel in China writes for 线路,地址,位置 / east,1,正厅. */
const gbk = Buffer.from('cfdfc2b72cb5d8d6b72ccebbd6c30d0a656173742c312cd5fdccfc0d0a', 'hex');
const places = (text: string) => placesOf('places.csv', text, zones);
const households = (text: string) => householdsOf('homes.csv', text, zones);

function decoded(bytes: Uint8Array): string {
  const outcome = decodeTable('places.csv', bytes);
  return outcome.ok ? outcome.text : describeProblem(outcome.problem, 'en');
}

describe('a table of places', () => {
  it.each([
    ['UTF-8', Buffer.from('线路,地址,位置\neast,1,正厅\n')],
    ['UTF-8 with a mark', Buffer.from('\uFEFF线路,地址,位置\r\neast,1,正厅\r\n')],
    ['GBK, as Excel in China saves it', gbk],
    [
      'UTF-16 with tabs, as Excel calls Unicode text',
      Buffer.from('\uFEFF线路\t地址\t位置\r\neast\t1\t正厅\r\n', 'utf16le'),
    ],
    ['semicolons', Buffer.from('Line;Address;Place\neast;1;正厅')],
    ['English headings with capitals, other columns between', Buffer.from('Place,设备地址,LINE,防区\n正厅,1,east,\n')],
    ['quotes and empty rows', Buffer.from('线路,地址,位置\n\n"east","1","正厅"\n,,\n')],
  ])('is read from %s', (_what, bytes) => {
    const { rows, problems } = places(decoded(bytes));
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([{ unit: { line: 'east', address: 1 }, zone: null, place: '正厅' }]);
  });

  it('knows zones by id or name, both languages of a place, quoted commas and line ends, and devices by id', () => {
    const { rows, problems } = places(
      '设备编号,防区,位置,英文位置\nsmoke-1,祠堂,"正厅，东\n侧","main ""hall"", east"\nsmoke-2,STREET,门楼,\n',
    );
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([
      { unit: { device: 'smoke-1' }, zone: 'hall', place: { zh: '正厅，东 侧', en: 'main "hall", east' } },
      { unit: { device: 'smoke-2' }, zone: 'street', place: '门楼', at: { line: 4 } },
    ]);
  });

  it.each([
    ['', 'places.csv:1:1 places.csv：表格是空的', 'the table is empty'],
    ['线路,地址,位置\neast,1', 'places.csv:2:1 2 位置 place：格子是空的；填上，或删掉整行', 'the cell is empty'],
    [
      '线路,地址,位置\neast,一,正厅',
      'places.csv:2:6 B2：这个值不行；应为 0 … 255；实为 一',
      'expected 0 … 255; got 一',
    ],
    [
      '线路,位置\neast,正厅',
      'places.csv:2:1 2：格子是空的；应为 地址，或设备编号',
      'expected an address, or the id of a device',
    ],
    ['线路,地址\neast,1', 'places.csv:1:1 位置：缺少必要的一列', 'a column is missing'],
    [
      '线路,地扯,位置\neast,1,a',
      'places.csv:1:4 B1：不认识这个表头；应为 线路、地址、设备编号、防区、位置、英文位置；实为 地扯；是不是 地址？',
      'did you mean 地址?',
    ],
    ['位置,位置\n1,2', 'places.csv:1:4 B1：这个表头有两列', 'two columns have this heading'],
    [
      '地址,位置,防区\n1,"a\nb",hal',
      'places.csv:3:4 C2：没有这个防区；应为 hall (祠堂), street；实为 hal',
      'there is no such zone',
    ],
    ['地址,位置\n1,"正厅', 'places.csv:2:3 B2：引号没有结束', 'a quote is never closed'],
    ['地址,位置\n1,"正"厅', 'places.csv:2:3 B2：引号后面还有字', 'text behind the closing quote'],
    ['地址,位置\n1,a,b', 'places.csv:2:5 C2：这一行的格子比表头多；应为 2；实为 3', 'more cells than headings'],
  ])('%j is refused at its cell', (text, zh, en) => {
    const told = places(text).problems;
    expect(told.map((problem) => describeProblem(problem, 'zh')).join('\n')).toContain(zh);
    expect(told.map((problem) => describeProblem(problem, 'en')).join('\n')).toContain(en);
  });

  it('no workbook, no picture, no endless table is taken for one', () => {
    expect(decoded(Buffer.from('PK\u0003\u0004rest'))).toMatch(
      /got a workbook of Excel; save it in Excel as "CSV UTF-8/,
    );
    expect(decoded(Buffer.from('a,\0b'))).toContain('a zero byte after 2 characters');
    expect(decoded(Buffer.from([0xff, 0xff, 0x80]))).toContain('[SETUP-002]');
    expect(places(`地址,位置\n${'1,a\n'.repeat(3001)}`).problems).toMatchObject([{ code: 'SETUP-003' }]);
  });
});

describe('a table of households', () => {
  it('is read in the words of a village office', () => {
    const { rows, problems } = households(
      '门牌号,防区,类别,姓名,联系电话,备注,附近设备\n老街 12 号,祠堂,独居老人、行动不便,王奶奶,000-0000-0012,"耳背,敲窗",smoke-1 smoke-2\n桥头 3 号,,other,,,,\n',
    );
    expect(problems).toEqual([]);
    expect(rows.map(({ household }) => household)).toEqual([
      {
        ...{ id: 'home-1', door: '老街 12 号', zone: 'hall', care: ['elderly_alone', 'disabled'], people: '王奶奶' },
        ...{ phone: '000-0000-0012', note: '耳背,敲窗', near: ['smoke-1', 'smoke-2'] },
      },
      { id: 'home-2', door: '桥头 3 号', care: ['other'], near: [] },
    ]);
  });

  it.each([
    [
      '编号,门牌,类别\n王奶奶,1 号,独居',
      'homes.csv:2:1 A2：这个值不行；应为 小写字母、数字和连字符，不写人名',
      'no name of a person',
    ],
    [
      '编号,门牌,类别\na,1 号,独居\na,2 号,独居',
      'homes.csv:3:1 A3：这一项出现了两次；实为 A2',
      'this stands there twice; got A2',
    ],
    [
      '门牌,类别\n1 号,秘密病',
      'homes.csv:2:5 B2：这个值不行；应为 独居老人、留守儿童、残疾、卧床、其他',
      'expected elderly_alone, left_behind_children',
    ],
    [
      '门牌,类别,电话\n1 号,独居,1.38E+10',
      'homes.csv:2:8 C2：这个格子被表格软件改坏了；把这一列的格式设为“文本”',
      'format the column as text',
    ],
    [
      '门牌,类别,防区\n1 号,独居,秘密',
      'homes.csv:2:8 C2：没有这个防区；应为 hall (祠堂), street；写',
      'there is no such zone; expected hall',
    ],
    ['门牌,类别\n,独居', 'homes.csv:2:1 2 门牌 door：格子是空的', 'the cell is empty'],
  ])('%j is refused, and nothing personal is repeated', (text, zh, en) => {
    const told = households(text).problems;
    const texts = (['zh', 'en'] as const).map((lang) =>
      told.map((problem) => describeProblem(problem, lang)).join('\n'),
    );
    expect(texts).toEqual([expect.stringContaining(zh), expect.stringContaining(en)]);
    expect(texts.join('\n')).not.toMatch(/王奶奶|秘密|1\.38/);
  });
});

it('the templates are tables that are read, in both languages at once', () => {
  const where = [...zones, { id: 'street' }];
  expect(placesOf('t.csv', decoded(Buffer.from(csvTemplate('places'))), where).problems).toEqual([]);
  const homes = householdsOf('t.csv', decoded(Buffer.from(csvTemplate('households'))), where);
  expect(homes.problems).toEqual([]);
  expect(homes.rows).toHaveLength(2);
});
