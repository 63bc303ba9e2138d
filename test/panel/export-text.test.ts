/** What leaves the journal for a spreadsheet runs nothing there. */
import { expect, it } from 'vitest';
import { exportForm } from '../../gateway/panel/server/export-text.js';
import { entry } from './server-rig.js';

/** As RFC 4180 reads it. */
function cellsOf(row: string): readonly string[] {
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

const csv = exportForm('csv', 'Asia/Shanghai');
const columns = csv.begin.trim().split(',').length;

it.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '＝1',
  '＋1',
  '－1',
  '＠a',
  '﹦1',
  '\t=1',
  '\r=1',
  '\n=1',
  '  =1',
  '\u3000＝1',
  '\uFEFF=1',
  '\u00a0-1',
])('is a text and no formula in every column, with its content kept: %j', (evil) => {
  const words = { zh: evil, en: evil };
  const texts = ['class', 'kind', 'subject', 'zone', 'origin', 'alarm', 'clock', 'id', 'epoch'];
  const evilTexts: object = Object.fromEntries(texts.map((key) => [key, evil]));
  const cells = cellsOf(csv.row(Object.assign({ ...entry }, evilTexts, { words, detail: { note: evil } })));
  expect(cells).toHaveLength(columns);
  expect(cells.filter((cell) => /^[=+\-@\s\uFEFF]/.test(cell.normalize('NFKC')))).toEqual([]);
  expect(cells.filter((cell) => cell === `'${evil}`)).toHaveLength(11);
  expect(JSON.parse(cells.at(-1) ?? '')).toEqual({ note: evil });
});

it('leaves everything else as it is, also what a spreadsheet would split', () => {
  const words = { zh: '火警：a,b;"c"\n2 行', en: 'a=b' };
  const cells = cellsOf(csv.row({ ...entry, words, detail: {} }));
  expect(cells.slice(3, 5)).toEqual([words.zh, words.en]);
  expect(cells.at(-1)).toBe('');
});
