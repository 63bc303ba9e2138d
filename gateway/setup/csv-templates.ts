/** Tables to be filled in at home: both headings in one cell, two rows as an example. Begins with a mark, so that Excel reads UTF-8. Pure. */
import { householdsColumns } from './households-table.js';
import { placesColumns } from './places-table.js';
import type { Column } from './table-columns.js';

export const csvTemplates = ['places', 'households'] as const;
export type CsvTemplate = (typeof csvTemplates)[number];

const mark = '\uFEFF';

/** Invented; an example that is forgotten in the table is refused, for it names no unit that is there. */
const examples: Readonly<Record<CsvTemplate, readonly (readonly string[])[]>> = {
  places: [
    ['east', '1', '', 'hall', '祠堂正厅', 'main hall'],
    ['east', '2', '', 'hall', '祠堂东厢', 'east wing'],
  ],
  households: [
    [
      'home-1',
      '老街 12 号',
      '12 Old Street',
      'street',
      '独居老人',
      '王奶奶',
      '000-0000-0012',
      '耳背，要敲窗叫醒',
      'smoke-1',
    ],
    ['home-2', '老街 7 号', '7 Old Street', 'street', '留守儿童、独居老人', '', '', '', ''],
  ],
};

export function csvTemplate(which: CsvTemplate): string {
  const columns: readonly Column<string>[] = which === 'places' ? placesColumns : householdsColumns;
  // The English one in brackets: headings are read up to the first bracket.
  const head = columns.map(({ headings: [zh, en] }) => `${zh} (${en})`);
  const rows = [head, ...examples[which]].map((row) => row.map(quoted).join(','));
  return `${mark}${rows.join('\r\n')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
