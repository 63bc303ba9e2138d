import { describe, expect, it } from 'vitest';
import { isOwnScreen } from '../../gateway/panel/server/people/bind.js';
import { Browser, goodPassword, idleMs, peopleRig, phone, staffedRig } from './people-rig.js';

const hourMs = 3_600_000;

describe('who somebody is', () => {
  it('the own screen is of level Ⅰ without a name, a browser away from it of none', async () => {
    const rig = await staffedRig();
    expect(new Browser(rig).who()).toMatchObject({ level: 1, user: null, origin: 'panel', isOwnScreen: true });
    expect(phone(rig).who()).toMatchObject({ level: 0, user: null, isOwnScreen: false, isToken: false });
  });

  it.each([
    ['behind a proxy on the box', { isForwarded: true }],
    ['a name of the internet that points at 127.0.0.1', { host: 'evil.example:8080' }],
    ['a name that only begins like ours', { host: '127.0.0.1.evil.example' }],
    ['no name at all', { host: null }],
    ['a header that says loopback, on a socket that is none', { isLoopback: false }],
  ])('is not the own screen: %s', (_, caller) => {
    const own = { isLoopback: true, isForwarded: false, host: '127.0.0.1:8080' };
    expect([own, { ...own, host: 'localhost' }, { ...own, host: '[::1]:80' }].map(isOwnScreen)).toEqual([
      true,
      true,
      true,
    ]);
    expect(isOwnScreen({ ...own, ...caller })).toBe(false);
  });

  it('signs in by name and password, with the level of the user and his name on every order', async () => {
    const rig = await staffedRig();
    const browser = phone(rig);
    await browser.me();
    expect(await browser.signIn('LI', goodPassword)).toBeNull();
    expect(browser.who()).toMatchObject({ level: 2, user: 'li', origin: 'panel:li', isOwnScreen: false });
    expect(await browser.me()).toMatchObject({ user: 'li', level: 2, needsSetup: false });
    await browser.signOut();
    expect(browser.who().level).toBe(0);
    expect(rig.notes.map(({ is, user, from }) => [is, user, from])).toEqual([
      ['signed-in', 'li', '192.168.1.20'],
      ['signed-out', 'li', '192.168.1.20'],
    ]);
  });

  it('takes a password that was typed on a Chinese keyboard in full width', async () => {
    const rig = await staffedRig();
    const screen = new Browser(rig);
    await screen.signIn('wang', goodPassword);
    const body = { user: 'zhao', level: 1, password: '１２３老槐树下ａｂｃ' };
    await screen.done(await rig.people.gate.setUser(screen.caller(), screen.who(), body));
    expect(await phone(rig).signIn('zhao', '123老槐树下abc')).toBeNull();
  });

  it('refuses a wrong password, an unknown name and a name of another rule with one and the same answer', async () => {
    const rig = await staffedRig();
    const ask = (user: string) => {
      const browser = phone(rig, '192.168.1.77');
      return rig.people.gate.signIn(browser.caller(), browser.who(), { user, password: 'wrong and long enough' });
    };
    expect(await ask('li')).toEqual(await ask('nobody-of-that-name'));
    // What somebody typed as a name may be his password.
    expect(rig.notes.map(({ user }) => user)).toEqual(['li', '?']);
  });
});

describe('a session', () => {
  it('is not begun by a cookie that was made up, cut, doubled or of another kind', async () => {
    const rig = await staffedRig();
    const browser = phone(rig);
    await browser.signIn('li', goodPassword);
    const real = browser.cookies.get('gengfu-session') ?? '';
    const other = real.startsWith('A') ? 'B' : 'A';
    for (const cookie of [
      `gengfu-session=${other}${real.slice(1)}`,
      `gengfu-session=${real.slice(0, -1)}`,
      `gengfu-session=${'A'.repeat(43)}`,
      `gengfu-session=${browser.who().session}`,
      `gengfu-session=${real}; gengfu-session=${'A'.repeat(43)}`,
      `gengfu-mark=${real}`,
      `gengfu-session=__proto__`,
      `gengfu-session=${real}; x=${'y'.repeat(5000)}`,
    ])
      expect(browser.who({ cookie }).level).toBe(0);
    expect(browser.who({ cookie: `a=b;gengfu-session=${real}` }).level).toBe(2);
  });

  it('has an id of its own after each sign-in, whatever the browser sent before (fixation)', async () => {
    const rig = await staffedRig();
    const browser = phone(rig);
    const planted = 'P'.repeat(43);
    browser.cookies.set('gengfu-session', planted);
    await browser.signIn('li', goodPassword);
    const first = browser.cookies.get('gengfu-session');
    expect(first).not.toBe(planted);
    await browser.signIn('wang', goodPassword);
    expect(browser.cookies.get('gengfu-session')).not.toBe(first);
    expect(phone(rig).who({ cookie: `gengfu-session=${first}` }).level).toBe(0);
    expect(phone(rig).who({ cookie: `gengfu-session=${planted}` }).level).toBe(0);
  });

  it('ends when nobody touched anything, and the own screen is of level Ⅰ again', async () => {
    const rig = await staffedRig();
    const screen = new Browser(rig);
    await screen.signIn('li', goodPassword);
    const stream = screen.who({ method: 'GET', path: '/api/v1/live' });
    const ends = (await screen.me()).endsWall;
    expect(ends).toBe(rig.clock.wall() + idleMs);
    await rig.clock.advance(idleMs - 1);
    expect(screen.who()).toMatchObject({ level: 2 });
    await rig.clock.advance(idleMs - 1);
    // The page looks by itself: nobody is there.
    for (const path of ['state', 'households', 'images/plan.png']) {
      expect(screen.who({ method: 'GET', path: `/api/v1/${path}` }).level).toBe(2);
    }
    expect(rig.people.gate.isStill(stream)).toBe(true);
    await rig.clock.advance(1);
    expect(rig.people.gate.isStill(stream)).toBe(false);
    expect(screen.who()).toMatchObject({ level: 1, user: null, origin: 'panel' });
    expect(await screen.me()).toMatchObject({ level: 1, user: null, endsWall: null });
  });

  it('lives on while somebody reads, and ends after twelve hours in any case', async () => {
    const rig = await staffedRig();
    const browser = phone(rig);
    await browser.signIn('li', goodPassword);
    const reads = () => browser.who({ method: 'GET', path: '/api/v1/me', isTouched: true }).level;
    for (let at = 0; at < 12 * 6; at++) {
      await rig.clock.advance(hourMs / 6 - 1);
      expect(reads()).toBe(2);
    }
    await rig.clock.advance(12 * 6 - 1);
    expect(reads()).toBe(2);
    await rig.clock.advance(1);
    expect(reads()).toBe(0);
  });

  it('of level Ⅰ away from the box shows alarms for as long as it is wanted', async () => {
    const rig = await staffedRig();
    const screen = new Browser(rig);
    await screen.signIn('wang', goodPassword);
    await screen.done(
      await rig.people.gate.setUser(screen.caller(), screen.who(), { user: 'wall', level: 1, password: goodPassword }),
    );
    const display = phone(rig);
    await display.signIn('wall', goodPassword);
    expect(await display.me()).toMatchObject({ level: 1, endsWall: null });
    await rig.clock.advance(90 * 24 * hourMs);
    expect(display.who()).toMatchObject({ level: 1, user: 'wall' });
  });

  it('is no matter of the wall clock', async () => {
    const rig = await staffedRig();
    const browser = phone(rig);
    await browser.signIn('li', goodPassword);
    rig.clock.stepWall(400 * 24 * hourMs);
    expect(browser.who().level).toBe(2);
  });

  it('ends when its user is given another password or is removed', async () => {
    const rig = await staffedRig();
    const [screen, first, second] = [new Browser(rig), phone(rig), phone(rig)];
    await screen.signIn('wang', goodPassword);
    await first.signIn('li', goodPassword);
    const body = { user: 'li', level: 2, password: `${goodPassword}!` };
    await screen.done(await rig.people.gate.setUser(screen.caller(), screen.who(), body));
    expect(first.who().level).toBe(0);
    await second.signIn('li', body.password);
    await screen.done(await rig.people.gate.removeUser(screen.caller(), screen.who(), 'li'));
    expect(second.who().level).toBe(0);
    expect(screen.who().level).toBe(3);
  });

  it('is one of 64 at most, and nobody drives the others out', async () => {
    const rig = await staffedRig();
    const other = phone(rig, '192.168.1.30');
    await other.signIn('wang', goodPassword);
    const browsers = Array.from({ length: 40 }, () => phone(rig));
    for (const each of browsers) await each.signIn('li', goodPassword);
    expect(browsers.filter((each) => each.who().level === 2)).toHaveLength(16);
    expect(other.who().level).toBe(3);
  });

  it('is kept in cookies that no script reads and no other page sends', async () => {
    const rig = await staffedRig();
    const lines = async (isTls: boolean) => {
      const browser = phone(rig);
      const caller = browser.caller({ isTls });
      const body = { user: 'li', password: goodPassword };
      const answer = await rig.people.gate.signIn(caller, rig.people.gate.who(caller), body);
      return answer.kind === 'done' ? answer.cookies.map((line) => line.replace(/=[\w-]{43}/, '=…')) : [];
    };
    expect(await lines(false)).toEqual(['gengfu-session=…; Path=/; HttpOnly; SameSite=Strict']);
    expect(await lines(true)).toEqual(['__Host-gengfu-session=…; Path=/; HttpOnly; SameSite=Strict; Secure']);
  });
});

describe('the word against foreign pages (CSRF)', () => {
  it('belongs to one session and to one browser that has not signed in', async () => {
    const rig = await staffedRig();
    const [screen, other, signed, signedToo] = [new Browser(rig), new Browser(rig), phone(rig), phone(rig)];
    const words = [(await screen.me()).csrf, (await other.me()).csrf];
    expect([screen.who().csrf, other.who().csrf]).toEqual(words);
    await signed.signIn('li', goodPassword);
    await signedToo.signIn('li', goodPassword);
    words.push(String(signed.who().csrf), String(signedToo.who().csrf));
    expect((await signed.me()).csrf).toBe(words[2]);
    expect(new Set(words).size).toBe(4);
    await screen.signIn('li', goodPassword);
    expect(words).not.toContain(screen.who().csrf);
  });

  it('can not be known for a browser without our cookie, or after another start', async () => {
    const rig = await staffedRig();
    const stranger = new Browser(rig);
    expect(stranger.who().csrf).not.toBe(stranger.who().csrf);
    await stranger.me();
    const again = await rig.again();
    expect(again.people.gate.who(stranger.caller()).csrf).not.toBe(stranger.who().csrf);
  });
});

describe('the first password', () => {
  it('opens the panel to the network, as the site file wants it, and nothing else does', async () => {
    const rig = await peopleRig();
    expect(rig.people.bind()).toBe('127.0.0.1');
    const screen = new Browser(rig);
    expect(await screen.me()).toMatchObject({ level: 1, needsSetup: true });
    expect(await screen.signIn('wang', goodPassword)).toBe('needs-setup');
    await expect(screen.setup('wang', 2)).rejects.toThrow('first-is-installer');
    expect(rig.people.bind()).toBe('127.0.0.1');
    expect(await screen.setup('wang')).toMatchObject({ user: 'wang', level: 3, needsSetup: false });
    expect(rig.binds).toEqual(['0.0.0.0']);
    expect(screen.who().level).toBe(3);
    expect((await rig.again()).people.bind()).toBe('0.0.0.0');
  });

  it('is set at the box alone, and once', async () => {
    const rig = await peopleRig();
    await expect(phone(rig).setup('mallory')).rejects.toThrow('only-at-the-box');
    await expect(new Browser(rig, { isForwarded: true }).setup('mallory')).rejects.toThrow('only-at-the-box');
    const [first, second] = [new Browser(rig), new Browser(rig)];
    const both = await Promise.allSettled([first.setup('wang'), second.setup('mallory')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(second.setup('mallory')).rejects.toThrow('is-set-up');
  });

  it.each([
    ['short', '123老槐树'],
    ['common', 'Qwertyuiop'],
    ['common in full width', '１２３４５６７８９０'],
    ['a run', 'abcdefghijklm'],
    ['a repetition', '119119119119119'],
    ['the name', 'wangwang12'],
    ['endless', 'x1'.repeat(101)],
  ])('is refused when it is %s, in words', async (_, word) => {
    const rig = await peopleRig();
    const screen = new Browser(rig);
    const answer = await rig.people.gate.setup(screen.caller(), screen.who(), {
      user: 'wang',
      level: 3,
      password: word,
    });
    expect(answer).toMatchObject({ kind: 'refused', status: 422, problem: { code: 'password', got: null } });
    expect(JSON.stringify(answer)).not.toContain(word);
  });
});

describe('users and tokens', () => {
  it('is made by nobody who was signed out while his password was computed', async () => {
    const rig = await staffedRig();
    const wang = phone(rig);
    await wang.signIn('wang', goodPassword);
    const body = { user: 'mallory', level: 3, password: `${goodPassword}!` };
    const making = rig.people.gate.setUser(wang.caller(), wang.who(), body);
    await wang.signOut();
    expect(await making).toMatchObject({ kind: 'refused', status: 401 });
    expect(rig.notes.some(({ user }) => user === 'mallory')).toBe(false);
  });

  it('the last installer can neither go nor step down', async () => {
    const rig = await staffedRig();
    const screen = new Browser(rig);
    await screen.signIn('wang', goodPassword);
    const down = { user: 'wang', level: 2, password: goodPassword };
    const gate = rig.people.gate;
    expect(await gate.setUser(screen.caller(), screen.who(), down)).toMatchObject({
      problem: { code: 'last-installer' },
    });
    expect(await gate.removeUser(screen.caller(), screen.who(), 'wang')).toMatchObject({
      problem: { code: 'last-installer' },
    });
    expect(await gate.removeUser(screen.caller(), screen.who(), 'nobody')).toMatchObject({ status: 404 });
  });

  it('a token reads, is shown once, and is nobody when it was removed', async () => {
    const rig = await staffedRig();
    const screen = new Browser(rig);
    await screen.signIn('wang', goodPassword);
    const gate = rig.people.gate;
    const { token } = await screen.done(await gate.makeToken(screen.caller(), screen.who(), 'grafana'));
    const asked = { authorization: `Bearer ${token}` };
    const program = phone(rig).who(asked);
    expect(program).toMatchObject({ level: 1, user: 'grafana', isToken: true, csrf: null, origin: 'token:grafana' });
    expect(JSON.stringify(await gate.tokens(screen.caller(), screen.who()))).not.toContain(token);
    expect(await gate.makeToken(screen.caller(), screen.who(), 'grafana')).toMatchObject({ status: 409 });
    // Not more than a token, also with the cookie of an installer or at the own screen.
    expect(screen.who(asked)).toMatchObject({ level: 1, isToken: true, isOwnScreen: false });
    expect(screen.who({ authorization: `Bearer ${token.slice(0, -1)}_` })).toMatchObject({ level: 0, csrf: null });
    expect((await rig.again()).people.gate.who(phone(rig).caller(asked)).level).toBe(1);
    await screen.done(await gate.removeToken(screen.caller(), screen.who(), 'grafana'));
    expect(phone(rig).who(asked).level).toBe(0);
    expect(gate.isStill(program)).toBe(false);
    expect(rig.notes.map(({ is }) => is)).toEqual(['signed-in', 'token-made', 'refused', 'token-removed', 'refused']);
  });
});
