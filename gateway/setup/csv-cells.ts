/** Text of a table → rows of cells (RFC 4180, and what spreadsheets make of it), each with its place. Pure. */
import type { FilePlace, Problem } from '../../config/problem.js';
import { setupProblem } from './setup-problems.js';

/** More are no list of a village: 1,100 devices may stand in a site file. */
export const tableRowsMax = 3000;
/** Cells of one row; more are refused with their row. */
const rowCellsMax = 64;

export const separators = [',', ';', '\t'] as const;
export type Separator = (typeof separators)[number];

export interface Cell {
  /** Without quotes and the white space around it. */
  readonly text: string;
  readonly at: FilePlace;
  /** As a spreadsheet calls it: `C7`. */
  readonly name: string;
}

export interface CellRow {
  readonly cells: readonly Cell[];
  readonly at: FilePlace;
}

export type CellTable =
  | { readonly ok: true; readonly rows: readonly CellRow[] }
  | { readonly ok: false; readonly problem: Problem };

/** Rows without any text are left out; they count for the names of the cells. */
export function cellsOf(file: string, text: string, separator: Separator): CellTable {
  const rows: CellRow[] = [];
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  let number = 0;
  const place = (at: number): FilePlace => ({ file, line, column: at - lineStart + 1 });
  while (offset < text.length) {
    number++;
    const at = place(offset);
    const cells: Cell[] = [];
    for (;;) {
      const cellAt = place(offset);
      const name = `${columnName(cells.length)}${number}`;
      const taken = takeCell(text, offset, separator);
      if (!taken.ok) {
        return { ok: false, problem: setupProblem(taken.code, cellAt, name, null, taken.got) };
      }
      cells.push({ text: taken.text.trim(), at: cellAt, name });
      // A quoted cell may have line ends inside.
      for (let inside = offset; inside < taken.end; inside++) {
        if (text[inside] !== '\n') continue;
        line++;
        lineStart = inside + 1;
      }
      offset = taken.end;
      if (text[offset] !== separator) break;
      if (cells.length >= rowCellsMax) {
        return { ok: false, problem: setupProblem('SETUP-003', at, name, `≤ ${rowCellsMax}`) };
      }
      offset++;
    }
    if (cells.some((cell) => cell.text !== '')) rows.push({ cells, at });
    if (rows.length > tableRowsMax) {
      return { ok: false, problem: setupProblem('SETUP-003', at, file, `≤ ${tableRowsMax}`) };
    }
    if (text[offset] === '\r') offset++;
    if (text[offset] === '\n') offset++;
    line++;
    lineStart = offset;
  }
  return { ok: true, rows };
}

type Taken =
  | { readonly ok: true; readonly text: string; readonly end: number }
  | { readonly ok: false; readonly code: 'SETUP-004' | 'SETUP-005'; readonly got: string };

/** `end`: at the separator, at the end of the row or of the text. */
function takeCell(text: string, start: number, separator: Separator): Taken {
  const isEnd = (offset: number): boolean => {
    const char = text[offset];
    return char === undefined || char === separator || char === '\n' || (char === '\r' && text[offset + 1] === '\n');
  };
  let first = start;
  while (text[first] === ' ') first++;
  if (text[first] !== '"') {
    let end = start;
    while (!isEnd(end)) end++;
    return { ok: true, text: text.slice(start, end), end };
  }
  const parts: string[] = [];
  let from = first + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { ok: false, code: 'SETUP-004', got: text.slice(first, first + 20) };
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') {
      if (isEnd(quote + 1)) return { ok: true, text: parts.join('"'), end: quote + 1 };
      return { ok: false, code: 'SETUP-005', got: text.slice(quote, quote + 20) };
    }
    from = quote + 2;
  }
}

/** 0 → A, 25 → Z, 26 → AA. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}
