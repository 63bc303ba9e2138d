/** A table with headings: which column is which, in Chinese or English, and its rows by the names of the columns. Pure. */
import { didYouMean } from '../../config/did-you-mean.js';
import type { FilePlace, Problem } from '../../config/problem.js';
import { type Cell, type CellTable, cellsOf, type Separator, separators } from './csv-cells.js';
import { setupProblem } from './setup-problems.js';

export interface Column<Key extends string> {
  readonly key: Key;
  /** The first Chinese and the first English one are those of the template. */
  readonly headings: readonly [zh: string, en: string, ...more: string[]];
  readonly isRequired?: boolean;
}

export interface TableRow<Key extends string> {
  /** An empty cell is absent. */
  readonly cells: Readonly<Partial<Record<Key, Cell>>>;
  readonly at: FilePlace;
  /** As a spreadsheet counts it. */
  readonly name: string;
}

export interface ReadTable<Key extends string> {
  readonly rows: readonly TableRow<Key>[];
  readonly problems: readonly Problem[];
}

export function tableOf<Key extends string>(
  file: string,
  text: string,
  columns: readonly Column<Key>[],
): ReadTable<Key> {
  const table = bestCut(file, text, columns);
  if (!table.ok) return { rows: [], problems: [table.problem] };
  const [head, ...body] = table.rows;
  const start = { file, line: 1, column: 1 };
  if (head === undefined) return { rows: [], problems: [setupProblem('SETUP-006', start, file)] };
  const { keys, problems } = keysOf(head.cells, columns);
  const missing = columns.filter(({ key, isRequired }) => isRequired === true && !keys.includes(key));
  for (const { headings } of missing) {
    problems.push(setupProblem('SETUP-009', head.at, headings[0], headings.join(', ')));
  }
  if (missing.length > 0) return { rows: [], problems };
  if (body.length === 0) problems.push(setupProblem('SETUP-006', start, file));
  const rows = body.map(({ cells, at }): TableRow<Key> => {
    const beyond = cells.slice(keys.length).find((cell) => cell.text !== '');
    if (beyond !== undefined) {
      problems.push(setupProblem('SETUP-010', beyond.at, beyond.name, String(keys.length), String(cells.length)));
    }
    const named = cells.flatMap((cell, index) => {
      const key = keys[index];
      return key === undefined || key === null || cell.text === '' ? [] : [[key, cell] as const];
    });
    return { cells: Object.fromEntries(named) as TableRow<Key>['cells'], at, name: cells[0]?.name.slice(1) ?? '' };
  });
  return { rows, problems };
}

/** Cut by the separator that makes the most known headings. */
function bestCut<Key extends string>(file: string, text: string, columns: readonly Column<Key>[]): CellTable {
  const [, head = ''] = /^[\r\n]*([^\r\n]*)/.exec(text) ?? [];
  const score = (separator: Separator): number => {
    const cut = cellsOf(file, head, separator);
    return cut.ok ? (cut.rows[0]?.cells.filter((cell) => columnOf(cell.text, columns) !== null).length ?? 0) : 0;
  };
  const [best] = separators
    .map((separator) => ({ separator, found: score(separator) }))
    .sort((a, b) => b.found - a.found);
  return cellsOf(file, text, best?.separator ?? ',');
}

function keysOf<Key extends string>(
  head: readonly Cell[],
  columns: readonly Column<Key>[],
): { readonly keys: (Key | null)[]; readonly problems: Problem[] } {
  const keys: (Key | null)[] = [];
  const problems: Problem[] = [];
  const headings = columns.flatMap((column) => column.headings);
  for (const cell of head) {
    const column = columnOf(cell.text, columns);
    if (column === null) {
      if (cell.text !== '') problems.push(unknownHeading(cell, headings, columns));
      keys.push(null);
    } else if (keys.includes(column.key)) {
      problems.push(setupProblem('SETUP-008', cell.at, cell.name, null, cell.text));
      keys.push(null);
    } else keys.push(column.key);
  }
  return { keys, problems };
}

function unknownHeading<Key extends string>(
  cell: Cell,
  headings: readonly string[],
  columns: readonly Column<Key>[],
): Problem {
  const expected = {
    zh: columns.map((column) => column.headings[0]).join('、'),
    en: columns.map((column) => column.headings[1]).join(', '),
  };
  const meant = didYouMean(plainHeading(cell.text), headings);
  const hint = meant === null ? undefined : { zh: `是不是 ${meant}？`, en: `did you mean ${meant}?` };
  return setupProblem('SETUP-007', cell.at, cell.name, expected, cell.text, hint);
}

/** What stands in brackets behind it does not count, unless it tells it from another. */
function columnOf<Key extends string>(written: string, columns: readonly Column<Key>[]): Column<Key> | null {
  for (const text of [written, written.replace(/[（(].*$/, '')]) {
    const wanted = plainHeading(text);
    const column = columns.find(({ headings }) => headings.some((heading) => plainHeading(heading) === wanted));
    if (column !== undefined) return column;
  }
  return null;
}

/** Case and spaces do not count. */
function plainHeading(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}
