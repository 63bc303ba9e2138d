import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Typing, typed } from '../../gateway/cli/ask-password.js';
import { orderUser, type UserVerb } from '../../gateway/cli/order-user.js';
import { userFile } from '../../gateway/panel/server/people/user-file.js';
import { cheap, goodPassword, newFolder, peopleRig, phone } from './people-rig.js';

interface Run {
  readonly status: number;
  readonly said: string;
}

async function run(dataDir: string, what: UserVerb, answers: readonly (string | null)[] | null): Promise<Run> {
  let said = '';
  const left = [...(answers ?? [])];
  const say = (text: string): void => {
    said += text;
  };
  const terminal = { isThere: answers !== null, ask: async () => left.shift() ?? null };
  const status = await orderUser(what, {
    ...{ dataDir, lang: 'en', isJson: false, wall: 7, terminal, out: say, err: say, cost: cheap },
  });
  return { status, said };
}

const set = (user: string, level: 1 | 2 | 3, passwordFile: string | null = null): UserVerb => ({
  ...{ verb: 'set', user, level, passwordFile },
});

describe('gengfu user', () => {
  it('makes, lists and removes users whom a panel lets in', async () => {
    const dataDir = newFolder();
    expect(await run(dataDir, set('wang', 3), [goodPassword, goodPassword])).toMatchObject({ status: 0 });
    const path = join(dataDir, 'word');
    writeFileSync(path, `${goodPassword}\r\n`, { mode: 0o644 });
    const byFile = await run(dataDir, set('li', 2, path), null);
    expect(byFile).toMatchObject({ status: 0 });
    expect(byFile.said).toContain('others can read');
    expect((await run(dataDir, { verb: 'list' }, null)).said).toBe('Ⅱ li\nⅢ wang\n');
    const rig = await peopleRig(dataDir);
    expect(await phone(rig).signIn('li', goodPassword)).toBeNull();
    expect(await run(dataDir, { verb: 'remove', user: 'LI' }, null)).toMatchObject({ status: 0 });
    expect((await run(dataDir, { verb: 'list' }, null)).said).toBe('Ⅲ wang\n');
  });

  it.each<[string, UserVerb, readonly (string | null)[] | null, string]>([
    ['no installer yet', set('li', 2), [goodPassword, goodPassword], 'level Ⅲ'],
    ['not the same twice', set('wang', 3), [goodPassword, `${goodPassword} `], 'not the same twice'],
    ['given up', set('wang', 3), [goodPassword, null], 'given up'],
    ['too common', set('wang', 3), ['qwertyuiop', 'qwertyuiop'], 'guessed first'],
    ['no terminal', set('wang', 3), null, '--password-file'],
    ['no name', set('../etc', 3), [goodPassword, goodPassword], 'letters, digits'],
    ['nobody to remove', { verb: 'remove', user: 'li' }, null, 'no such user'],
    ['no file of a password', set('wang', 3, '/nowhere/word'), null, 'check the path'],
  ])('changes nothing: %s', async (_, what, answers, words) => {
    const dataDir = newFolder();
    const { status, said } = await run(dataDir, what, answers);
    expect(status).toBeGreaterThan(0);
    expect(said).toContain(words);
    expect(said).not.toContain(goodPassword);
    expect(await userFile(dataDir).read()).toEqual({ kind: 'none' });
  });

  it('keeps the last installer, and sets a damaged file aside only to make a user', async () => {
    const dataDir = newFolder();
    await run(dataDir, set('wang', 3), [goodPassword, goodPassword]);
    expect((await run(dataDir, { verb: 'remove', user: 'wang' }, null)).said).toContain('last user of level Ⅲ');
    const path = join(dataDir, 'panel', 'users.json');
    writeFileSync(path, 'not ours');
    expect(await run(dataDir, { verb: 'list' }, null)).toMatchObject({ status: 1 });
    expect((await run(dataDir, set('wang', 3), [goodPassword, goodPassword])).said).toContain('set aside');
    expect(readFileSync(`${path}.damaged-1`, 'utf8')).toBe('not ours');
  });

  it('puts nothing in the place of a file that it can not read', async () => {
    const dataDir = newFolder();
    const path = join(dataDir, 'panel', 'users.json');
    mkdirSync(join(dataDir, 'panel'));
    // Root reads everything but what leads to itself.
    symlinkSync(path, path);
    const { status, said } = await run(dataDir, set('wang', 3), [goodPassword, goodPassword]);
    expect([status, said.includes('can not be read')]).toEqual([1, true]);
  });
});

describe('a password at the terminal', () => {
  it.each<[string, readonly string[], Typing]>([
    ['typed', ['老', '槐', '树', '\r'], { text: '老槐树', is: 'done' }],
    ['pasted with its end', ['secret\nls\n'], { text: 'secret', is: 'done' }],
    ['mended', ['abx', '\u007f', 'c', '\r'], { text: 'abc', is: 'done' }],
    ['begun anew', ['abc', '\u0015', 'd', '\n'], { text: 'd', is: 'done' }],
    ['with arrows', ['a', '\u001b[D', 'b', '\r'], { text: 'ab', is: 'done' }],
    ['given up', ['abc', '\u0003'], { text: '', is: 'given-up' }],
    ['not begun', ['\u0004'], { text: '', is: 'given-up' }],
    ['not ended', ['abc'], { text: 'abc', is: 'going-on' }],
  ])('is read when it is %s', (_, chunks, end) => {
    const start: Typing = { text: '', is: 'going-on' };
    expect(chunks.reduce((typing, chunk) => typed(typing, chunk), start)).toEqual(end);
  });
});
