/** The panel's server, asked without a network: who may what, what it takes, and how it says no. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problem, type RouteInfo, type RouteName, routes } from '../../gateway/panel/api/routes.js';
import { away, png } from './server-asks.js';
import { csrf, type PanelRig, revision, site, stateOf } from './server-rig.js';
import { sharedPanel } from './shared-panel.js';

let rig: PanelRig;
const { isAlone, ask } = sharedPanel((panel) => {
  rig = panel;
});
const get = (url: string, headers: Readonly<Record<string, string>> = {}) => rig.app.inject({ url, headers });

describe('every route', () => {
  const names = Object.keys(routes) as RouteName[];

  it('asks the level before anything else', async () => {
    isAlone();
    await ask('putImage');
    const wrong: string[] = [];
    for (const name of names) {
      const { level, isForTokens } = routes[name] as RouteInfo;
      for (const who of ['', 'level 1', 'level 2', 'level 3', 'token']) {
        const has = who === '' ? 0 : who === 'token' ? 1 : Number(who.at(-1));
        const may = has >= level && (who !== 'token' || isForTokens);
        // A stream that is let in does not end; it has tests of its own.
        if (name === 'live' && may) continue;
        const { statusCode } = await ask(name, { who });
        const expected = may ? 200 : who === '' ? 401 : 403;
        if (statusCode !== expected) wrong.push(`${name} as ${who}: ${statusCode}, expected ${expected}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('that changes something wants the mark of its page, but from a token', async () => {
    const changing = names.filter((name) => routes[name].method !== 'GET');
    for (const name of changing) {
      for (const mark of ['', 'forged']) {
        const answer = await ask(name, { headers: { 'x-gengfu-csrf': mark } });
        expect([name, answer.statusCode, answer.json().code]).toEqual([name, 403, 'csrf']);
      }
    }
    expect(rig.posted).toEqual([]);
    expect((await ask('history', { who: 'token' })).statusCode).toBe(200);
  });

  it('answers in the form that the table tells', async () => {
    isAlone();
    await ask('putImage');
    for (const name of names) {
      const { answer } = routes[name] as RouteInfo;
      if (answer === undefined) continue;
      expect([name, answer.safeParse((await ask(name)).json()).error]).toEqual([name, undefined]);
    }
  });

  it('tells the browser to trust nothing but this box', async () => {
    for (const url of ['/', '/api/v1/me', '/api/v1/nothing', '/%zz', '/api/v1/users']) {
      const { headers } = await get(url, { host: 'gengfu.local' });
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['permissions-policy']).toContain('microphone=(self)');
    }
    expect((await get('/api/v1/me')).headers['cache-control']).toBe('no-store');
  });
});

describe('papers of a commissioning', () => {
  it('are what lies on the box: its bytes, and a report that runs nothing and loads nothing', async () => {
    expect((await ask('commissioningRevision')).json()).toEqual(revision);
    const report = await ask('commissioningReport');
    expect(report.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(report.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; frame-ancestors 'none'/,
    );
    expect(report.body).toContain('&lt;b&gt;Li&lt;/b&gt;');
    expect(report.body).not.toContain('<script');
  });

  it.each([
    ['/api/v1/commissioning/revisions/0', 400],
    ['/api/v1/commissioning/revisions/..%2fcurrent', 400],
    ['/api/v1/commissioning/revisions/1.json/report', 400],
    ['/api/v1/commissioning/revisions/2', 404],
    ['/api/v1/commissioning/revisions/1/report?lang=fr', 400],
    ['/api/v1/commissioning/photos/..%2f..%2fsecret.txt', 400],
    [`/api/v1/commissioning/photos/${'7'.repeat(64)}.svg`, 400],
    [`/api/v1/commissioning/photos/${'8'.repeat(64)}.jpg`, 404],
    ['/api/v1/commissioning?after=x', 400],
  ])('are not reached by another name: %s', async (url, status) => {
    const answer = await rig.app.inject({ url, remoteAddress: away, headers: { authorization: 'level 3' } });
    expect(answer.statusCode).toBe(status);
    expect(problem.safeParse(answer.json()).error).toBeUndefined();
  });

  it('take a photo under the name of what it holds, and nothing that is none', async () => {
    isAlone();
    const { name } = (await ask('putCommissioningPhoto')).json();
    expect(name).toMatch(/^[0-9a-f]{64}\.png$/);
    expect(readFileSync(join(rig.folder, 'commissioning', 'photos', name))).toEqual(png);
    const svg = Buffer.from('<svg onload="x()"/>');
    expect((await ask('putCommissioningPhoto', { payload: svg })).statusCode).toBe(415);
  });

  it.each([
    ['a mark that is no path', { mark: 'M1 2"/><script>' }],
    ['a name that turns letters round', { name: 'a\u202eb' }],
    ['a name of two lines', { name: 'a\nb' }],
    ['no name', { name: ' ' }],
    ['a digest that is none', { sha256: '../1' }],
    ['a role that nobody has', { role: 'king' }],
    ['a mark too large', { mark: `M1 2${'L1 2'.repeat(1600)}` }],
  ])('are signed by nothing but what it should be: %s', async (_name, odd) => {
    const order = { ask: 'commissioning-sign', sha256: 'c'.repeat(64), role: 'owner', name: 'Li', organisation: null };
    const answer = await ask('order', { payload: { ...order, mark: null, ...odd } });
    expect(answer.statusCode).toBe(400);
    expect(rig.posted).toEqual([]);
  });
});

describe('a request that is not what it should be', () => {
  it.each<[string, Parameters<typeof ask>, number, string, string | null]>([
    ['a body too large', ['order', { payload: { ask: 'x'.repeat(70_000) } }], 413, 'too-large', 'body'],
    ['a plan too large', ['setMap', { payload: { plans: 'x'.repeat(1_100_000) } }], 413, 'too-large', 'body'],
    [
      'no JSON',
      ['order', { payload: '{"ask":', headers: { 'content-type': 'application/json' } }],
      400,
      'bad-json',
      'body',
    ],
    [
      'a prototype',
      ['order', { payload: '{"__proto__":{}}', headers: { 'content-type': 'application/json' } }],
      400,
      'bad-json',
      'body',
    ],
    [
      'text',
      ['order', { payload: 'hello', headers: { 'content-type': 'text/plain' } }],
      415,
      'media-type',
      'header content-type',
    ],
    ['an unknown order', ['order', { payload: { ask: 'open-the-doors' } }], 400, 'bad-shape', 'body.ask'],
    ['a key too many', ['setMap', { payload: { plans: [], revision: 0, more: 1 } }], 400, 'bad-shape', 'body'],
    ['no body', ['order', { payload: '', headers: { 'content-type': 'application/json' } }], 400, 'bad-shape', 'body'],
    [
      'another page’s order',
      ['order', { headers: { origin: 'https://evil.example' } }],
      403,
      'cross-site',
      'header origin',
    ],
    [
      'another page’s stream',
      ['live', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' } }],
      403,
      'cross-site',
      'header origin',
    ],
    [
      'a name that was pointed here',
      ['order', { headers: { host: 'evil.example' } }],
      421,
      'foreign-host',
      'header host',
    ],
    ['a script as an image', ['putImage', { payload: Buffer.from('<svg onload="x()"/>') }], 415, 'bad-image', 'body'],
    ['an entry that is not there', ['entry', {}], 200, '', null],
  ])('is refused with what, where and what to do: %s', async (_name, asking, status, code, where) => {
    const answer = await ask(...asking);
    expect(answer.statusCode).toBe(status);
    if (status === 200) return;
    expect(problem.parse(answer.json())).toMatchObject({ code, where });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(rig.posted).toEqual([]);
  });

  it('may come by any address of the box and by its own names', async () => {
    for (const host of ['192.168.1.5:8080', '[fe80::1]:8080', 'localhost', 'GENGFU.local.', '127.0.0.1']) {
      expect([host, (await get('/api/v1/me', { host })).statusCode]).toEqual([host, 200]);
    }
    for (const host of ['evil.example:8080', 'localhost.evil.example', '1.2.3.4.evil', 'a b']) {
      expect([host, (await get('/api/v1/me', { host })).statusCode]).toEqual([host, 421]);
    }
  });

  it('never leaves the page’s folder, however its path is written', async () => {
    isAlone();
    const paths = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/..%5csecret.txt',
    ];
    const images = ['..%2fmap.json', '..%2f..%2fsecret.txt', '%2e%2e', '.png', 'a%00.png', 'A.png', 'x.svg'];
    for (const url of [
      ...paths,
      '/assets',
      '/%zz',
      '//secret.txt',
      ...images.map((name) => `/api/v1/images/${name}`),
    ]) {
      const answer = await get(url, { authorization: 'level 3' });
      expect([url, answer.statusCode]).toEqual([url, url === '/%zz' ? 400 : 404]);
      expect(answer.body).not.toContain('secret\n');
    }
    for (const name of images) {
      const answer = await rig.app.inject({
        method: 'PUT',
        url: `/api/v1/images/${name}`,
        headers: { authorization: 'level 3', 'x-gengfu-csrf': csrf, 'content-type': 'image/png' },
        payload: png,
      });
      expect([name, answer.statusCode]).toEqual([name, name === '%2e%2e' ? 404 : 400]);
    }
    expect(existsSync(join(rig.folder, 'panel'))).toBe(false);
  });
});

describe('what it says', () => {
  it('of a script in a name is data and nothing else', async () => {
    const answer = await get('/api/v1/site');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.json().name.zh).toBe(site.name.zh);
    for (const url of ['/', '/api/docs', '/metrics']) expect((await get(url)).body).not.toContain('<script>alert');
  });

  it('of an old state is that it is not known', async () => {
    isAlone();
    expect((await get('/api/v1/brief')).json()).toEqual({ state: 'normal', isSounding: false, wall: 1 });
    await rig.clock.advance(3001);
    for (const url of ['/api/v1/state', '/api/v1/brief']) {
      const answer = await get(url);
      expect([answer.statusCode, answer.json().code]).toEqual([503, 'watch-silent']);
    }
    expect((await get('/metrics')).body).not.toContain('gengfu_state');
    rig.say({ kind: 'patches', patches: [] });
    expect((await get('/api/v1/brief')).statusCode).toBe(200);
  });

  it('away from the box, before anybody has signed in, is the big state and nothing else', async () => {
    const brief = await ask('brief', { who: '' });
    expect(Object.keys(brief.json())).toEqual(['state', 'isSounding', 'wall']);
  });

  it('of an order that nobody answers is that it may have been done', async () => {
    isAlone({ isAnswering: false });
    const asked = Array.from({ length: 33 }, () => ask('order'));
    await expect.poll(() => rig.posted.length, { timeout: 30_000 }).toBe(32);
    await rig.clock.advance(20_000);
    const codes = (await Promise.all(asked)).map((answer) => answer.json().code);
    expect([
      codes.filter((code) => code === 'no-answer').length,
      codes.filter((code) => code === 'busy').length,
    ]).toEqual([32, 1]);
    const order = { kind: 'order', by: { origin: 'panel:wang', level: 3 }, madeMono: 0 };
    expect(rig.posted[0]).toMatchObject(order);
    // Nothing is handed to a watch that is silent: it would do it when it wakes.
    expect((await ask('order')).json().code).toBe('watch-silent');
    expect(rig.posted.filter(({ kind }) => kind === 'order')).toHaveLength(32);
  });

  it('in metrics is the state, the alarms and what waits', async () => {
    isAlone();
    const uplink = { id: 'district', isUp: true, error: null, oldestWall: null, unkept: 0, isDead: false };
    const times = { heardWall: null, heardByWall: null, toldWall: null, toldByWall: null };
    const queued = { fire: 2, journal: 0, telemetry: 0 };
    rig.say({ kind: 'state', state: stateOf({ uplinks: { district: { ...uplink, ...times, queued } } }) });
    rig.say({ kind: 'entry', entryKind: 'alarm.raised', class: 'fire' });
    await get('/api/nothing');
    const { body } = await get('/metrics');
    expect(body).toContain('gengfu_state{state="normal"} 1\n');
    expect(body).toContain('gengfu_alarms{class="fire"} 0\n');
    expect(body).toContain('gengfu_uplink_queued{uplink="district",lane="fire"} 2\n');
    expect(body).toContain('gengfu_entries_total{kind="alarm.raised",class="fire"} 1\n');
    expect(body).toContain('gengfu_panel_http_requests_total{status="404"} 1\n');
  });

  it('about itself is OpenAPI 3.1 of every route, with references that lead somewhere', async () => {
    const api = (await get('/api/openapi.json')).json();
    const told = Object.entries<object>(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(told.sort()).toEqual(
      Object.values(routes)
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    );
    const named = Object.keys(api.components.schemas);
    const references = [...JSON.stringify(api).matchAll(/"\$ref":"([^"]+)"/g)].map((found) => found[1] ?? '');
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((each) => !named.includes(each.replace('#/components/schemas/', '')))).toEqual([]);
    const docs = await get('/api/docs');
    expect(docs.body).not.toContain('<script');
    for (const { path } of Object.values(routes)) expect(docs.body).toContain(`<code>${path}</code>`);
  });
});

describe('that there is a panel', () => {
  it('is told to any page on the box itself, and to none elsewhere', async () => {
    const foreign = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', host: '127.0.0.1' };
    const here = await get('/up', foreign);
    expect([here.statusCode, here.body, here.headers['cross-origin-resource-policy']]).toEqual([
      204,
      '',
      'cross-origin',
    ]);
    const away = await rig.app.inject({ url: '/up', headers: foreign, remoteAddress: '192.168.1.9' });
    const named = await get('/up', { ...foreign, host: 'evil.example' });
    for (const { statusCode, headers } of [away, named, await get('/', foreign)])
      expect([statusCode, headers['cross-origin-resource-policy']]).toEqual([
        statusCode < 404 ? 403 : 421,
        'same-origin',
      ]);
  });
});

describe('the page', () => {
  it('is kept by the browser as long as its name says', async () => {
    const asset = await get('/assets/index-AbCd1234.js', { 'accept-encoding': 'gzip' });
    expect(asset.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
      'content-type': 'text/javascript; charset=utf-8',
    });
    const first = await get('/');
    expect(first.headers['cache-control']).toBe('no-cache');
    expect((await get('/', { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(304);
  });
});
