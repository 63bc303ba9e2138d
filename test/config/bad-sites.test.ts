/** A folder of site files as people spoil them: each mistake is told at its line and column, in both languages. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { describeProblem, type Problem } from '../../config/problem.js';
import { loadProfileLibrary } from '../../config/profile-library.js';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { checkSiteFile } from '../../gateway/check.js';
import { knownPinDrivers, knownUplinks } from '../../gateway/known-parts.js';

const folder = path.join(import.meta.dirname, 'bad-sites');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => path.basename(name, '.yaml'));
const codecs = await loadCodecs();
const profiles = await loadProfileLibrary();
const known = { codecs, profiles, knownCodecs: [...codecs.keys()], knownPinDrivers, knownUplinks };
/** Files that can not carry a mark. */
const markless = ['empty', 'saved-as-gbk'];

async function problemsOf(name: string): Promise<readonly Problem[]> {
  const outcome = await checkSiteFile(path.join(folder, `${name}.yaml`), known);
  return outcome.ok ? [] : outcome.problems;
}

/** Marks that people have put into the file: `^` under the sign, `v` above it, `#<` under the first one of a line. */
function marksOf(name: string): string[] {
  const lines = readFileSync(path.join(folder, `${name}.yaml`), 'utf8').split('\n');
  return lines.flatMap((text, at) => {
    if (text === '#<') return [`${at}:1`];
    if (/^# *\^$/.test(text)) return [`${at}:${text.length}`];
    return /^# *v$/.test(text) ? [`${at + 2}:${text.length}`] : [];
  });
}

it('the folder has at least sixty of them', () => {
  expect(names.length).toBeGreaterThanOrEqual(60);
});

it.each(names)('%s: every mistake, where the mark stands, and no other', async (name) => {
  const places = (await problemsOf(name)).map(({ at }) => (at === null ? 'nowhere' : `${at.line}:${at.column}`));
  expect([...new Set(places)]).toEqual(markless.includes(name) ? ['1:1'] : marksOf(name));
});

it.each(names)('%s: what it says, in both languages', async (name) => {
  const problems = await problemsOf(name);
  const told = (['zh', 'en'] as const).flatMap((lang) => problems.map((problem) => describeProblem(problem, lang)));
  const text = `${told.join('\n').replaceAll(`${folder}/`, '')}\n`;
  const file = path.join(folder, `${name}.txt`);
  if (process.env['UPDATE'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
});
