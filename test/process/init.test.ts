/** The real program: asked and answered over standard input, given up in the middle, and refused where nobody can be asked. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { townSurvey } from '../gateway/setup/rig.js';
import { Child } from './child.js';
import { temporaryFolder } from './rig.js';

const program = resolve('dist/gateway/cli/gengfu.js');
const folder = temporaryFolder();
afterAll(() => folder.remove());
const survey = join(folder.path, 'survey.json');
writeFileSync(survey, JSON.stringify(townSurvey()));
const site = join(folder.path, 'gateway.yaml');

function start(...args: readonly string[]): Child {
  return new Child('gengfu', process.execPath, [program, ...args, '--config', site]);
}

test('without a terminal it refuses with what to do; an end of input, and Ctrl-C, leave nothing behind', async () => {
  const alone = start('init', '--survey', survey);
  const given = start('init', '--survey', survey, '--stdin', '--lang', 'en');
  const stopped = start('init', '--survey', survey, '--stdin');
  given.say('1\n洪崖古镇');
  given.end();
  await stopped.errorLine((line) => line.includes('这是什么地方？'));
  stopped.kill('SIGINT');
  expect(await Promise.all([alone.exited, given.exited])).toEqual([2, 1]);
  await stopped.exited;
  expect(alone.errors.join('\n')).toContain('gengfu init --answers answers.yaml --yes');
  expect(given.errors.join('\n')).toContain('given up; no site file was written.');
  expect([existsSync(site), existsSync(`${site}.new`)]).toEqual([false, false]);
});

test('answers line by line make a site file, and check tells which places are left', async () => {
  const asked = start('init', '--survey', survey, '--stdin', '--lang', 'en');
  asked.say(['1', '洪崖古镇', 'Hongya', ...Array.from({ length: 20 }, () => '')].join('\n'));
  asked.end();
  expect(await asked.exited).toBe(0);
  expect(asked.lines.join('\n')).toContain('2 lines, 24 devices, 1 zones, 1 sirens');
  const checked = start('check', '--json');
  const told = start('check', '--lang', 'en');
  expect(await Promise.all([checked.exited, told.exited])).toEqual([0, 0]);
  const { placesToFillIn, notes } = JSON.parse(checked.lines.join('')) as {
    placesToFillIn: { device: string; line: number; column: number }[];
    notes: { zh: string }[];
  };
  expect(placesToFillIn).toHaveLength(19);
  const [first] = placesToFillIn;
  const rows = readFileSync(site, 'utf8').split('\n');
  expect(rows[(first?.line ?? 0) - 1]?.slice((first?.column ?? 0) - 1)).toBe('{zh: 待填, en: to be filled in}');
  expect(notes).toEqual([expect.objectContaining({ zh: expect.stringContaining('还有 19 处位置待填') })]);
  expect(told.lines.join('\n')).toContain(
    `note: places to be filled in: 19, at ${first?.line}:${first?.column} (smoke-1)`,
  );
});
