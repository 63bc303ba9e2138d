/** The table of a paper that somebody typed in a spreadsheet → its rows, by the names of the columns. Pure. */
import type { Problem } from '../../config/problem.js';
import { type Cell, cellsOf, separators } from '../setup/csv-cells.js';
import { paperProblem } from './paper-problems.js';

/** A profile has 64 points; some papers print twice as many rows. More is another file. */
const rowsMax = 200;

export type PaperCell = Pick<Cell, 'text' | 'at'>;

/** Row of the file (column name → cell). */
export type PaperCells = ReadonlyMap<string, PaperCell>;

export type PaperTable =
  | { readonly ok: true; readonly rows: readonly PaperCells[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const columns: Readonly<Record<string, string>> = {
  ...{ 名称: 'name_zh', 中文名称: 'name_zh', name: 'name_en', 英文名称: 'name_en', 键: 'key', 角色: 'role' },
  ...{
    功能码: 'table',
    function: 'table',
    fc: 'table',
    表: 'table',
    地址: 'address',
    register: 'address',
    addr: 'address',
  },
  ...{
    寄存器: 'address',
    类型: 'type',
    字节序: 'order',
    倍率: 'scale',
    系数: 'scale',
    factor: 'scale',
    偏移: 'offset',
    单位: 'unit',
  },
  ...{ 状态: 'states', 最小: 'min', 最大: 'max', 下限: 'low', 上限: 'high', 位: 'bits' },
};
export const columnNames = [
  ...[
    'name_zh',
    'name_en',
    'key',
    'role',
    'table',
    'address',
    'type',
    'order',
    'bits',
    'scale',
    'offset',
    'unit',
    'states',
  ],
  ...['min', 'max', 'low', 'high'],
] as const;

export function paperCells(file: string, text: string): PaperTable {
  const plain = text.replace(/^\ufeff/, '');
  const [first = ''] = plain.split('\n');
  // A comma may stand in a heading; the others do not.
  const cut = cellsOf(file, plain, separators.find((each) => each !== ',' && first.includes(each)) ?? ',');
  if (!cut.ok) return { ok: false, problems: [cut.problem] };
  const [head, ...rows] = cut.rows.map(({ cells }) => cells);
  if (head === undefined || rows.length === 0 || rows.length > rowsMax) {
    const at = { file, line: 1, column: 1 };
    return { ok: false, problems: [paperProblem('PAPER-008', at, file, String(rows.length), `1–${rowsMax}`)] };
  }
  const names = head.map(({ text: name }) => {
    const heading = name.toLowerCase().replace(/[\s-]+/g, '_');
    return columns[heading] ?? heading;
  });
  const unknown = names.flatMap((name, i) => {
    const cell = head[i];
    const isKnown = name === '' || columnNames.some((each) => each === name);
    return isKnown || cell === undefined
      ? []
      : [paperProblem('PAPER-001', cell.at, file, cell.text, columnNames.join(', '))];
  });
  const missing = names.includes('address')
    ? []
    : [paperProblem('PAPER-001', { file, line: 1, column: 1 }, file, names.join(', '), 'address')];
  if (unknown.length + missing.length > 0) return { ok: false, problems: [...unknown, ...missing] };
  const made = rows.map((row) => new Map(row.flatMap((cell, i) => (names[i] ? [[names[i], cell] as const] : []))));
  return { ok: true, rows: made };
}
