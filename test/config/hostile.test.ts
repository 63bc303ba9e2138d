import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig, problemsMax } from '../../config/load-config.js';
import { toldIn } from '../../config/problem.js';
import { fileMaxBytes } from '../../config/read-text.js';
import { known, problemsOf, profiles, siteText, temporaryDir, writeTemporary } from './rig.js';

const aliasBomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]',
  'c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]',
  'd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]',
].join('\n');

const hostile: readonly (readonly [string, string])[] = [
  ['nothing but a comment', '# nothing'],
  ['a single word', 'hello'],
  ['a list', '- 1\n- 2'],
  ['only null', '~'],
  ['two documents', `${siteText()}\n---\n${siteText()}`],
  ['a hundred thousand open brackets', '['.repeat(100_000)],
  ['half a million open braces', '{'.repeat(500_000)],
  ['half a million closing brackets', ']'.repeat(500_000)],
  ['dashes without end', '- '.repeat(500_000)],
  ['a thousand levels of indentation', Array.from({ length: 1000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
  ['an alias bomb', aliasBomb],
  ['an alias to itself', 'a: &a [*a]'],
  ['an alias to nothing', 'a: *nothing'],
  ['three thousand unknown keys', Array.from({ length: 3000 }, (_, at) => `key${at}: 1`).join('\n')],
  ['one key five thousand times', 'a: 1\n'.repeat(5000)],
  ['keys of the language', '__proto__: 1\nconstructor: 2\ntoString: 3\nversion: 1'],
  ['a prototype inside', siteText(['{id: io-1', '{__proto__: {line: x}, id: io-1'])],
  ['keys that are lists', '? [a, b]\n: 1\n? {c: d}\n: 2'],
  ['tags of other languages', 'a: !!python/object:os.system rm\nb: !!binary AAAA\nc: !!js/function x'],
  [
    'numbers out of this world',
    siteText(['unit: 20', 'unit: .nan'], ['unit: 30', 'unit: -.inf'], ['pin: 17', 'pin: 1e400']),
  ],
  ['control characters', siteText(['洪崖古镇', '"\\u001b[2J\\u0007"'], ['unit: 20', 'unit: "\\u001b[31m"'])],
  ['tabs', siteText().replaceAll('  ', '\t')],
  ['a very long line', `a: "${'x'.repeat(900_000)}"`],
  ['a file cut in the middle', siteText().slice(0, 700)],
  [
    'wrong kinds everywhere',
    'version: []\nsite: 1\nlines: {}\nzones: x\ndevices: [1, ~, [], {}]\noutputs: ~\nplans: [[]]\ngpio: 3',
  ],
];

describe('hostile input', () => {
  it.each(hostile)('%s gives problems, not an exception', (_name, text) => {
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(problemsMax + 1);
    for (const { got, where } of problems) {
      const seen = toldIn(got ?? '', 'zh');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
      expect(`${seen}${where}`).not.toMatch(/[\u0000-\u001f]/);
      expect(seen.length).toBeLessThanOrEqual(60);
    }
  });

  it('bytes that are no text give a problem', async () => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, at) => (at * 167 + 13) % 256);
    for (const content of [bytes, new Uint8Array(10), new Uint8Array(fileMaxBytes + 1), '\0']) {
      const outcome = await loadConfig(writeTemporary('gateway.yaml', content), { ...known, profiles });
      expect(outcome.ok ? [] : outcome.problems.map(({ code }) => code)).toEqual([
        expect.stringMatching(/CONF-00[34]/),
      ]);
    }
  });

  it('a named pipe that nobody writes to is refused at once', async () => {
    const pipe = path.join(temporaryDir(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const outcome = await loadConfig(pipe, { ...known, profiles });
    expect(outcome.ok ? [] : outcome.problems.map(({ code }) => code)).toEqual(['CONF-002']);
  });

  it('a good file cut after any character never throws', () => {
    const text = siteText();
    for (let length = 0; length < text.length; length += 17) problemsOf(text.slice(0, length));
  });
});
