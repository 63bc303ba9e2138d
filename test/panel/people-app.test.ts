/** People behind the real routes: what a browser, a foreign page, a phone and a program get. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromPanel, ToPanel } from '../../gateway/panel/bridge.js';
import { makeApp } from '../../gateway/panel/server/app.js';
import { goodPassword, type PeopleRig, staffedRig } from './people-rig.js';
import { accepted, journal, site, stateOf } from './server-rig.js';

const order = { ask: 'acknowledge', boot: 'b1', order: 3 };
const screen = '127.0.0.1';
const phone = '192.168.1.20';

let rig: PeopleRig;
let app: ReturnType<typeof makeApp>;
let orders: FromPanel[];
beforeEach(async () => {
  rig = await staffedRig();
  orders = [];
  const takers: ((message: ToPanel) => void)[] = [];
  const say = (message: ToPanel): void => {
    for (const take of takers) take(message);
  };
  app = makeApp({
    bridge: {
      post: (message) => {
        if (message.kind !== 'order') return;
        orders.push(message);
        say({ kind: 'answer', ask: message.ask, answer: accepted });
      },
      onMessage: (take) => takers.push(take),
    },
    ...{ clock: rig.clock, people: rig.people.gate, reader: journal, pageDir: rig.dataDir, dataDir: rig.dataDir },
    ...{ hostNames: ['localhost'], tls: null, start: 's1' },
  });
  say({ kind: 'site', site, households: [] });
  say({ kind: 'state', state: stateOf() });
});
afterEach(() => app.close());

interface Asked {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly from?: string;
  readonly cookie?: string;
  readonly csrf?: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly payload?: object;
}

async function ask(path: string, { method = 'POST', from = screen, cookie, csrf, more, payload }: Asked = {}) {
  const answer = await app.inject({
    ...{ method, url: `/api/v1/${path}`, remoteAddress: from },
    headers: {
      host: from === screen ? 'localhost:8080' : '192.168.1.5:8080',
      ...(cookie === undefined ? {} : { cookie }),
      ...(csrf === undefined ? {} : { 'x-gengfu-csrf': csrf }),
      ...more,
    },
    ...(payload === undefined ? {} : { payload }),
  });
  const [first] = [answer.headers['set-cookie'] ?? []].flat();
  const body = answer.json();
  return { status: answer.statusCode, code: body.code, body, cookie: first?.split(';')[0], headers: answer.headers };
}

async function browser(from: string) {
  const { cookie, body } = await ask('me', { method: 'GET', from });
  return { from, cookie: cookie ?? '', csrf: String(body.csrf) };
}

async function signedIn(from: string, user: string) {
  const { cookie, body } = await ask('session', {
    ...(await browser(from)),
    payload: { user, password: goodPassword },
  });
  return { from, cookie: cookie ?? '', csrf: String(body.csrf) };
}

describe('people behind the routes', () => {
  it('the own screen acknowledges without a name, and no page but its own can make it', async () => {
    const [own, other] = [await browser(screen), await browser(screen)];
    expect(await ask('orders', { ...own, payload: order })).toMatchObject({ status: 200 });
    expect(orders).toMatchObject([{ by: { origin: 'panel', level: 1 } }]);
    const { cookie, csrf } = own;
    for (const forged of [{ cookie }, { csrf }, { cookie, csrf: '' }, { cookie, csrf: other.csrf }, {}])
      expect(await ask('orders', { ...forged, payload: order })).toMatchObject({ status: 403 });
    expect(await ask('orders', { ...own, more: { 'x-forwarded-for': phone }, payload: order })).toMatchObject({
      status: 401,
    });
    expect(orders).toHaveLength(1);
  });

  it('a phone orders under the name that signed in, while it is signed in, and up to its level', async () => {
    expect(await ask('orders', { ...(await browser(phone)), payload: order })).toMatchObject({ status: 401 });
    const li = await signedIn(phone, 'li');
    expect(await ask('orders', { ...li, payload: order })).toMatchObject({ status: 200 });
    expect(orders).toMatchObject([{ by: { origin: 'panel:li', level: 2 } }]);
    expect(await ask('tokens', { ...li, payload: { name: 'x' } })).toMatchObject({ status: 403 });
    const wang = await signedIn(phone, 'wang');
    // The word of one session with the cookie of another.
    expect(await ask('orders', { ...li, csrf: wang.csrf, payload: order })).toMatchObject({ status: 403 });
    await rig.clock.advance(11 * 60_000);
    expect(await ask('orders', { ...li, payload: order })).toMatchObject({ status: 401 });
    expect(orders).toHaveLength(1);
  });

  it('nobody is signed in by a foreign page under a foreign name', async () => {
    const payload = { user: 'li', password: goodPassword };
    const { cookie, from } = await browser(phone);
    expect(await ask('session', { from, cookie, payload })).toMatchObject({ status: 403 });
    expect(await ask('session', { from, payload })).toMatchObject({ status: 403 });
  });

  it('a token reads and does nothing else', async () => {
    const wang = await signedIn(phone, 'wang');
    const { body } = await ask('tokens', { ...wang, payload: { name: 'grafana' } });
    const program = { from: phone, more: { authorization: `Bearer ${body.token}` } };
    expect(await ask('state', { ...program, method: 'GET' })).toMatchObject({ status: 200 });
    for (const path of ['orders', 'tokens', 'session'])
      expect((await ask(path, { ...program, payload: order })).status).toBeGreaterThanOrEqual(400);
    expect(await ask('orders', { ...program, payload: order })).toMatchObject({ status: 403 });
    expect(await ask('users', { ...program, method: 'GET' })).toMatchObject({ status: 403 });
    // Also with the cookie and the word of an installer.
    expect(await ask('orders', { ...wang, ...program, payload: order })).toMatchObject({ status: 403 });
    expect(orders).toHaveLength(0);
  });

  it('who guesses is told how long to wait', async () => {
    const guess = { ...(await browser(phone)), payload: { user: 'li', password: 'guess' } };
    for (let at = 0; at < 5; at++)
      expect(await ask('session', guess)).toMatchObject({ status: 401, code: 'wrong-password' });
    const { status, code, headers } = await ask('session', guess);
    expect([status, code, headers['retry-after']]).toEqual([429, 'wait', '5']);
  });
});
