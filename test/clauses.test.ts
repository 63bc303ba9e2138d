/** The table "behaviour checked against" of gateway/alarm/README.md comes from the titles of the tests, and has no holes. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { clauses } from '../gateway/commissioning/clauses.js';

const readme = 'gateway/alarm/README.md';
const begin = '<!-- behaviour checked against -->';
const end = '<!-- end -->';

interface Named {
  readonly clause: string;
  readonly title: string;
  readonly file: string;
}

/** Titles of tests that name a rule. A title stands on one line, in single quotes. */
function namedIn(file: string): readonly Named[] {
  const titles = readFileSync(file, 'utf8').matchAll(/'((?:[^'\\]|\\.)*?)((?: \[GB[^\]]+\])+)'/g);
  return [...titles].flatMap(([, title = '', rules = '']) =>
    [...rules.matchAll(/\[(GB[^\]]+)\]/g)].map(([, clause = '']) => ({
      clause,
      title,
      file: path.relative('test', file),
    })),
  );
}

const named = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && name !== 'clauses.test.ts')
  .sort()
  .flatMap((name) => namedIn(path.join('test', name)));

function table(): string {
  const rows = clauses.map(({ id, mark, zh, en, isOpen }) => {
    const tests = named.filter(({ clause }) => clause === id).map(({ title, file }) => `${title} (\`test/${file}\`)`);
    return `| ${id} [${mark}] | ${zh} · ${en} | ${isOpen === true ? '**not built yet**' : tests.join('<br>')} |`;
  });
  return ['| Rule | Behaviour | Test |', '|---|---|---|', ...rows].join('\n');
}

test('every rule that is built has a test that names it, and every rule that a test names is known', () => {
  const proven = new Set(named.map(({ clause }) => clause));
  expect(clauses.filter(({ id, isOpen }) => proven.has(id) === (isOpen === true)).map(({ id }) => id)).toEqual([]);
  const known = new Set(clauses.map(({ id }) => id));
  expect(named.filter(({ clause }) => !known.has(clause))).toEqual([]);
});

test('the README holds exactly this table (UPDATE=1 writes it)', () => {
  const text = readFileSync(readme, 'utf8');
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  if (process.env['UPDATE'] === '1') writeFileSync(readme, `${text.slice(0, from)}\n${table()}\n${text.slice(to)}`);
  else expect(text.slice(from, to).trim()).toBe(table());
});
