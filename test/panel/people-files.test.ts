import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { userFile, withUser } from '../../gateway/panel/server/people/user-file.js';
import { Browser, goodPassword, newFolder, peopleRig, phone, settled, staffedRig } from './people-rig.js';

const lookMs = 2_000;

function damaged(text: string): string {
  const dataDir = newFolder();
  mkdirSync(join(dataDir, 'panel'));
  writeFileSync(join(dataDir, 'panel', 'users.json'), text);
  return dataDir;
}

describe('the file of users', () => {
  it('is its owner’s alone and holds no password', async () => {
    const rig = await peopleRig();
    const screen = new Browser(rig);
    await screen.setup('wang');
    const body = { user: 'li', level: 2, password: goodPassword };
    await screen.done(await rig.people.gate.setUser(screen.caller(), screen.who(), body));
    const path = join(rig.dataDir, 'panel', 'users.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(rig.dataDir, 'panel')).mode & 0o777).toBe(0o700);
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain(goodPassword);
    const salts = [...text.matchAll(/"salt": "(.+)"/g)].map(([, salt]) => salt);
    expect(new Set(salts).size).toBe(2);
  });

  it.each([
    ['cut in the middle', '{"version":1,"users":[{"us'],
    ['empty', ''],
    ['of another version', '{"version":2,"users":[]}'],
    ['with a user of level 7', '{"version":1,"users":[{"user":"li","level":7,"createdWall":0,"password":{}}]}'],
    ['endless', ' '.repeat(300_000)],
  ])('%s lets nobody in, and nobody set a first password', async (_, text) => {
    const dataDir = damaged(text);
    const rig = await peopleRig(dataDir);
    const screen = new Browser(rig);
    expect(rig.people.bind()).toBe('127.0.0.1');
    expect(await screen.me()).toMatchObject({ level: 1, needsSetup: false });
    expect(await screen.signIn('li', goodPassword)).toBe('file-damaged');
    await expect(screen.setup('mallory')).rejects.toThrow('file-damaged');
    expect(readFileSync(join(dataDir, 'panel', 'users.json'), 'utf8')).toBe(text);
    expect(rig.notes[0]).toMatchObject({ is: 'file-damaged', user: 'users.json' });
    expect(rig.notes).toHaveLength(1);
  });

  it('that asks for a cost no box can pay is damaged', async () => {
    const { dataDir } = await staffedRig();
    const path = join(dataDir, 'panel', 'users.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"n":16', `"n":${2 ** 30}`));
    const rig = await peopleRig(dataDir);
    expect(await new Browser(rig).signIn('wang', goodPassword)).toBe('file-damaged');
  });

  it('that was damaged is set aside by the command line, which opens the panel while it runs', async () => {
    const dataDir = damaged('{"version":1,');
    const rig = await peopleRig(dataDir);
    const kept = await (await staffedRig()).again();
    const from = await userFile(kept.dataDir).read();
    if (from.kind !== 'content') throw new Error(from.kind);
    await userFile(dataDir).write(from.content);
    expect(readFileSync(join(dataDir, 'panel', 'users.json.damaged-1'), 'utf8')).toBe('{"version":1,');
    await rig.clock.advance(lookMs);
    await settled(() => rig.binds.length > 0);
    expect(rig.binds).toEqual(['0.0.0.0']);
    expect(await phone(rig).signIn('li', goodPassword)).toBeNull();
  });

  it('that becomes damaged while the panel runs throws nobody out, and is set aside by the next change', async () => {
    const rig = await staffedRig();
    const path = join(rig.dataDir, 'panel', 'users.json');
    const screen = new Browser(rig);
    await screen.signIn('wang', goodPassword);
    writeFileSync(path, 'not ours');
    await rig.clock.advance(lookMs);
    await settled(() => rig.notes.some(({ is }) => is === 'file-damaged'));
    expect(screen.who().level).toBe(3);
    expect(await phone(rig).signIn('li', goodPassword)).toBeNull();
    await screen.done(await rig.people.gate.removeUser(screen.caller(), screen.who(), 'li'));
    expect(readdirSync(join(rig.dataDir, 'panel')).sort()).toEqual(['users.json', 'users.json.damaged-1']);
  });

  it('changed by another is seen within 2 s: sessions of who changed end, with a note', async () => {
    const rig = await staffedRig();
    const [li, wang] = [phone(rig), phone(rig)];
    await li.signIn('li', goodPassword);
    await wang.signIn('wang', goodPassword);
    rig.notes.length = 0;
    const file = userFile(rig.dataDir);
    const kept = await file.read();
    if (kept.kind !== 'content') throw new Error(kept.kind);
    const [one] = kept.content.users;
    if (one === undefined) throw new Error('nobody');
    const users = [...withUser(kept.content.users, { ...one, level: 1 }), { ...one, user: 'zhao' }];
    await file.write({ version: 1, users });
    await rig.clock.advance(lookMs);
    await settled(() => rig.notes.length === 2);
    expect(rig.notes).toEqual(['li', 'zhao'].map((user) => ({ is: 'user-set', user, by: null, from: 'users.json' })));
    expect([li.who().level, wang.who().level]).toEqual([0, 3]);
  });

  it('taken away closes the panel to the network again', async () => {
    const rig = await staffedRig();
    const browser = phone(rig);
    await browser.signIn('li', goodPassword);
    rig.binds.length = 0;
    rmSync(join(rig.dataDir, 'panel', 'users.json'));
    await rig.clock.advance(lookMs);
    await settled(() => rig.binds.length > 0);
    expect(rig.binds).toEqual(['127.0.0.1']);
    expect(browser.who().level).toBe(0);
  });

  it('that the disk does not take leaves everything as it was', async () => {
    const rig = await staffedRig();
    const screen = new Browser(rig);
    await screen.signIn('wang', goodPassword);
    // A folder where the new file would be written first: refused to root, too.
    mkdirSync(join(rig.dataDir, 'panel', 'users.json.new'));
    const answer = await rig.people.gate.removeUser(screen.caller(), screen.who(), 'li');
    expect(answer).toMatchObject({ status: 507, problem: { code: 'not-kept', got: 'EISDIR' } });
    expect(await phone(rig).signIn('li', goodPassword)).toBeNull();
  });

  it('of tokens that is damaged lets no token in, and is not written over', async () => {
    const rig = await staffedRig();
    const path = join(rig.dataDir, 'panel', 'tokens.json');
    writeFileSync(path, '[]', { mode: 0o600 });
    chmodSync(path, 0o600);
    const again = await rig.again();
    const screen = new Browser(again);
    await screen.signIn('wang', goodPassword);
    const made = await again.people.gate.makeToken(screen.caller(), screen.who(), 'grafana');
    expect(made).toMatchObject({ status: 503, problem: { code: 'file-damaged', where: 'tokens.json' } });
    expect(readFileSync(path, 'utf8')).toBe('[]');
  });
});
