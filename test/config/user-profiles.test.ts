/** Profiles that an installer writes himself: beside the site file, as good as the program's, and in nobody's way. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfigOf, loadConfigText } from '../../config/load-config.js';
import { describeProblem } from '../../config/problem.js';
import { fileMaxBytes } from '../../config/read-text.js';
import { loadSiteLibrary, loadUserLibrary, ownProfileIds, userProfilesDir } from '../../config/user-profiles.js';
import { codesAndPlaces, known, placeIn, profiles, siteText, temporaryDir } from './rig.js';

const duct = readFileSync('config/examples/profiles/own-duct-smoke.yaml', 'utf8');
const withDuct = siteText(['profile: generic-smoke-0010', 'profile: own-duct-smoke']);

/** A site folder with these files in `profiles/`; null: no such folder. Its site file. */
function siteWith(files: Readonly<Record<string, string | ((file: string) => void)>> | null): string {
  const folder = temporaryDir();
  if (files === null) return path.join(folder, 'gateway.yaml');
  mkdirSync(path.join(folder, 'profiles'));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, 'profiles', name);
    if (typeof content === 'string') writeFileSync(file, content);
    else content(file);
  }
  return path.join(folder, 'gateway.yaml');
}

/** The program's profiles are read once for all tests. */
async function problems(files: Parameters<typeof siteWith>[0], text = withDuct): Promise<readonly string[]> {
  const file = siteWith(files);
  const user = await loadUserLibrary(userProfilesDir(file), null);
  const joined = { ...user, profiles: new Map([...user.profiles, ...profiles.profiles]) };
  const outcome = loadConfigText(file, text, { ...known, profiles: joined });
  return outcome.ok ? [] : codesAndPlaces(outcome.problems);
}

describe('a profile beside the site file', () => {
  it('is used as one of the program, and is told with the config', async () => {
    const outcome = await loadConfigOf(
      siteWith({ 'own-duct-smoke.yaml': duct, 'own-idle.yaml': '{' }),
      withDuct,
      known,
    );
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    expect(outcome.config.points.find(({ id }) => id === 'smoke-1/smoke')?.class).toBe('fire');
    expect(outcome.userProfiles).toEqual({ 'own-duct-smoke': duct });
  });

  it('kept with a site text counts in the place of the one that stands there now', async () => {
    const file = siteWith({ 'own-duct-smoke.yaml': duct.replace('addr: 0x0000', 'addr: 0x0040') });
    const userProfiles = { 'own-duct-smoke': duct };
    const outcome = await loadConfigOf(file, withDuct, { ...known, userProfiles });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    const source = outcome.config.points.find(({ id }) => id === 'smoke-1/smoke')?.source;
    expect(source).toMatchObject({ address: 0 });
  });

  it('is only read when the site names it', async () => {
    const file = siteWith({
      'own-duct-smoke.yaml': duct,
      'own-other.yaml': duct.replace('own-duct-smoke', 'own-other'),
    });
    const { profiles } = await loadSiteLibrary(file, withDuct);
    expect([profiles.has('own-duct-smoke'), profiles.has('own-other')]).toEqual([true, false]);
  });

  const bad: readonly (readonly [string, Parameters<typeof siteWith>[0], string])[] = [
    ['not YAML', { 'own-duct-smoke.yaml': 'schema: 1\nid: [a, b}\n' }, 'CONF-006 2:5'],
    [
      'a key that is none',
      { 'own-duct-smoke.yaml': duct.replace('category:', 'categroy:') },
      `CONF-011 ${placeIn(duct, 'category')}`,
    ],
    [
      'a severity that its role can not have',
      { 'own-duct-smoke.yaml': duct.replace('severity: fire}', 'severity: warning}') },
      `CONF-061 ${placeIn(duct, 'fire}')}`,
    ],
    [
      'another id than its name',
      { 'own-duct-smoke.yaml': duct.replace('id: own-duct', 'id: my-duct') },
      'CONF-060 8:5',
    ],
    ['empty', { 'own-duct-smoke.yaml': '' }, 'CONF-005 1:1'],
    ['too large', { 'own-duct-smoke.yaml': '#'.repeat(fileMaxBytes + 1) }, 'CONF-003 1:1'],
    ['a folder', { 'own-duct-smoke.yaml': (file) => mkdirSync(file) }, 'CONF-002 1:1'],
    ['a link to itself', { 'own-duct-smoke.yaml': (file) => symlinkSync(file, file) }, 'CONF-001 1:1'],
    ['a link to nothing', { 'own-duct-smoke.yaml': (file) => symlinkSync('/nowhere', file) }, 'CONF-001 1:1'],
    ['called .yml', { 'own-duct-smoke.yml': duct }, 'CONF-089 1:1'],
  ];

  it.each(bad)(
    'that is %s refuses the site that uses it, at its place, and no other site',
    async (_, files, expected) => {
      expect(await problems(files)).toContain(expected);
      expect(await problems(files, siteText())).toEqual([]);
    },
  );

  it('can not take the place of one of the program; nor can a second file have its id', async () => {
    const own = readFileSync('config/profiles/generic-smoke-0010.yaml', 'utf8');
    expect(await problems({ 'generic-smoke-0010.yaml': own }, siteText())).toEqual([
      `CONF-087 ${placeIn(own, 'generic')}`,
    ]);
    const twice = { 'own-duct-smoke.yaml': duct, 'own-duct-smoke-2.yaml': duct };
    // The file whose name tells another id is the wrong one.
    expect(codesAndPlaces((await loadUserLibrary(path.dirname(userFile(twice)), null)).problems)).toEqual([
      'CONF-060 8:5',
    ]);
  });

  it('is missed in words: the folder may be absent, but what is no folder is told to whom needs it', async () => {
    expect(await problems(null, siteText())).toEqual([]);
    expect(await problems(null)).toEqual(['CONF-024 10:28']);
    const file = siteWith(null);
    writeFileSync(userProfilesDir(file), 'a file');
    expect(await loadConfigOf(file, siteText(), known)).toMatchObject({ ok: true });
    const outcome = await loadConfigOf(file, withDuct, known);
    expect(outcome.ok ? [] : outcome.problems.map(({ code }) => code)).toEqual(['CONF-024', 'CONF-063']);
  });

  it('that is wrong is told in Chinese and in English, with file, line, column and hint', async () => {
    const file = userFile({ 'own-duct-smoke.yaml': duct.replace('type: u16', 'type: int') });
    const { problems: found } = await loadUserLibrary(path.dirname(file), null);
    const [problem] = found;
    if (problem === undefined) throw new Error('a problem');
    const place = `${file}:${placeIn(duct, 'u16')} points[0].type`;
    expect(describeProblem(problem, 'en')).toContain(`${place}: this value is not allowed; expected bool, u16`);
    expect(describeProblem(problem, 'zh')).toContain(`${place}：不允许的值；应为`);
  });
});

function userFile(files: Readonly<Record<string, string>>): string {
  return path.join(userProfilesDir(siteWith(files)), 'own-duct-smoke.yaml');
}

it('no profile of the program begins with own-: those ids are the installer’s', async () => {
  const ids = [...(await ownProfileIds())];
  expect(ids.length).toBeGreaterThan(30);
  expect(ids.filter((id) => id.startsWith('own-'))).toEqual([]);
});
