/** The panel's server, asked without a network: who may what, what it takes, and how it says no. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { mapPlan } from '../../gateway/panel/api/map.js';
import { problem, type RouteInfo, type RouteName, routes } from '../../gateway/panel/api/routes.js';
import type { Incident } from '../../gateway/panel/api/state.js';
import { makeHandlers } from '../../gateway/panel/server/handlers.js';
import { csrf, entry, journal, type PanelRig, panelRig, photo, revision, site, stateOf } from './server-rig.js';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const away = '192.168.1.9';
const filter = { filter: {} };
const user = { user: 'wang', level: 2, password: 'long enough it is' };

/** A good request of each route that needs more than its path. */
const good: Partial<Record<RouteName, { readonly url?: string; readonly payload?: object; readonly type?: string }>> = {
  signIn: { payload: { user: 'wang', password: 'x' } },
  setup: { payload: user },
  setUser: { payload: user },
  removeUser: { url: '/api/v1/users/wang' },
  order: { payload: { ask: 'acknowledge', boot: 'b1', order: 3 } },
  history: { payload: filter },
  entry: { url: `/api/v1/history/${entry.id}` },
  search: { payload: { ...filter, text: 'smoke' } },
  export: { payload: { ...filter, format: 'csv' } },
  trend: { url: '/api/v1/trend?point=a&fromWall=1&toWall=2' },
  setMap: { payload: { plans: [], revision: 0 } },
  image: { url: '/api/v1/images/plan.png' },
  putImage: { url: '/api/v1/images/plan.png', payload: png, type: 'image/png' },
  commissioningRevision: { url: '/api/v1/commissioning/revisions/1' },
  commissioningReport: { url: '/api/v1/commissioning/revisions/1/report' },
  commissioningPhoto: { url: `/api/v1/commissioning/photos/${photo.name}` },
  putCommissioningPhoto: { payload: png, type: 'image/png' },
  makeToken: { payload: { name: 'ha' } },
  removeToken: { url: '/api/v1/tokens/ha' },
};

let rig: PanelRig;
/** Routes are compiled once for a file: each test begins with a folder, a state and posts of its own only where it `isAlone`. */
let shared: PanelRig;
beforeAll(() => {
  shared = panelRig();
});
afterAll(() => shared.stop());
beforeEach(() => {
  rig = shared;
  rig.posted.length = 0;
});

/** For tests that change what others look at. */
function isAlone(options: Parameters<typeof panelRig>[0] = {}): void {
  rig = panelRig(options);
  const { stop } = rig;
  onTestFinished(() => stop());
}

interface Asking {
  readonly who?: string;
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string | object;
}

const noHeaders: Readonly<Record<string, string>> = {};

function ask(name: RouteName, { who = 'level 3', from = away, headers = noHeaders, payload }: Asking = {}) {
  const { url, payload: usual, type } = good[name] ?? {};
  const route: RouteInfo = routes[name];
  const body = payload ?? usual;
  return rig.app.inject({
    method: route.method,
    url: url ?? route.path,
    remoteAddress: from,
    headers: {
      ...(who === '' ? {} : { authorization: who }),
      ...(who === 'token' ? {} : { 'x-gengfu-csrf': csrf }),
      ...(type === undefined ? {} : { 'content-type': type }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: body }),
  });
}

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
  /** Who asks, from where, and whether what people have written is told. */
  it.each([
    ['', '127.0.0.1', true],
    ['level 1', '127.0.0.1', true],
    ['level 1', away, false],
    ['level 2', away, true],
    ['token', away, false],
    ['token', '127.0.0.1', false],
  ])('to "%s" from %s of what people have written: %s', async (who, from, isTold) => {
    const kinds = ['incident.noted', 'shift.taken', 'call.reported', 'user.refused', 'incident.verdict'] as const;
    const said = { zh: '张三', en: '张三' };
    const rows = [
      ...kinds.map((kind) => ({
        // Words of notes and handovers are always the same.
        ...{ ...entry, kind, words: /noted|shift/.test(kind) ? entry.words : said },
        detail:
          kind === 'incident.verdict' ? { call: 'c1', verdict: 'test' } : { call: 'c1', note: '张三', open: ['张三'] },
      })),
      entry,
    ];
    const one = {
      ...journal,
      page: async () => ({ entries: rows, next: null, tookMs: 1 }),
      entry: async () => rows[0] ?? null,
    };
    isAlone({
      reader: {
        ...one,
        search: async (_span, onEntry) => {
          for (const row of rows) await onEntry(row);
        },
        exportRows: async (_span, onRows) => onRows(rows),
      },
    });
    const wrote = { wall: 1, by: 'panel', what: 'arrived', text: '张三' } as const;
    const call: Incident = {
      ...{ id: 'c1', kind: 'call', name: said, place: '张三家', zone: null, beganWall: 1 },
      ...{ verdict: null, isClosed: false, notes: [wrote] },
    };
    const incidents = {
      c1: call,
      a1: { ...call, id: 'a1', kind: 'alarm', name: { zh: '烟感', en: 'smoke' }, place: null },
    } as const;
    rig.say({ kind: 'state', state: stateOf({ incidents, shift: { person: '张三', sinceWall: 5, note: '张三' } }) });
    for (const name of ['state', 'history', 'entry', 'search', 'export'] as const) {
      const { statusCode, body } = await ask(name, { who, from });
      expect([name, statusCode, body.includes('张三')]).toEqual([name, 200, isTold]);
      expect(body).toContain(name === 'state' ? '烟感' : name === 'entry' ? '"c1"' : entry.id);
    }
    const { shift, incidents: shown } = (await ask('state', { who, from })).json();
    expect([shift.sinceWall, shift.person === null, shown.c1.notes.length, shown.a1.notes[0].what]).toEqual([
      ...[5, false, 1, 'arrived'],
    ]);
    const found = (await ask('search', { who, from })).body.trim().split('\n');
    expect(found).toHaveLength(isTold ? 6 : 1);
  });

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

describe('the village plan', () => {
  const plan = {
    plans: [{ id: 'p', name: { zh: '村', en: 'village' }, image: 'plan.png', aspect: 1.5, pins: [] }],
    revision: 0,
  };

  it('is replaced whole by whoever saw the newest, and the change is told', async () => {
    isAlone();
    expect((await ask('setMap', { payload: plan })).json()).toMatchObject({ revision: 1 });
    expect((await ask('setMap', { payload: plan })).json()).toMatchObject({
      code: 'map-changed',
      expected: '1',
      got: '0',
    });
    expect(mapPlan.parse(JSON.parse(readFileSync(join(rig.folder, 'panel/map.json'), 'utf8'))).revision).toBe(1);
    expect(rig.posted).toEqual([{ kind: 'note', what: { is: 'map-changed', user: 'wang', by: null, from: away } }]);
  });

  it('of a release without photos is read, and one with too many photos is refused', async () => {
    isAlone();
    await ask('setMap', { payload: plan });
    writeFileSync(join(rig.folder, 'panel/map.json'), JSON.stringify({ ...plan, revision: 7 }));
    expect((await ask('map')).json()).toEqual({ ...plan, photos: [], revision: 7 });
    const photos = Array.from({ length: 201 }, () => ({ of: 'smoke-1', kind: 'device', image: 'a.jpg' }));
    expect((await ask('setMap', { payload: { ...plan, photos, revision: 7 } })).statusCode).toBe(400);
  });

  it('that can not be read is kept aside, and begins anew', async () => {
    isAlone();
    await ask('setMap', { payload: plan });
    writeFileSync(join(rig.folder, 'panel/map.json'), '{"plans":');
    expect((await ask('map')).json()).toEqual({ plans: [], photos: [], revision: 0 });
    expect(existsSync(join(rig.folder, 'panel/map.json.broken'))).toBe(true);
  });

  it('has a bounded number of images; those that no plan and no photo shows make room', async () => {
    isAlone();
    const put = (name: string) =>
      rig.app.inject({
        method: 'PUT',
        url: `/api/v1/images/${name}`,
        headers: { authorization: 'level 3', 'x-gengfu-csrf': csrf, 'content-type': 'image/png' },
        payload: png,
      });
    const names = Array.from({ length: 240 }, (_, n) => `image-${n}.png`);
    mkdirSync(join(rig.folder, 'panel/images'), { recursive: true });
    for (const name of names) writeFileSync(join(rig.folder, 'panel/images', name), png);
    const shown = names.slice(0, 20).map((image) => ({ ...plan.plans[0], image }));
    const photos = names.slice(20, 40).map((image, at) => ({ of: `smoke-${at}`, kind: 'device', image }));
    await ask('setMap', { payload: { plans: shown, photos, revision: 0 } });
    expect((await put('another.png')).statusCode).toBe(200);
    const kept = names.filter((name) => existsSync(join(rig.folder, 'panel/images', name)));
    expect(kept.length).toBe(239);
    expect(kept.slice(0, 40)).toEqual(names.slice(0, 40));
  });
});

describe('the journal', () => {
  it('comes as CSV in the time of the site, with no formula in it', async () => {
    const { body, headers } = await ask('export');
    expect(headers['content-disposition']).toBe('attachment; filename="gengfu-journal.csv"');
    const [first, row] = body.split('\r\n');
    expect(first?.startsWith('\uFEFFtime,class,kind,zh')).toBe(true);
    expect(row?.startsWith('2026-05-29 04:26:40,fire,alarm.raised,"\'=HYPERLINK(""http://evil"")"')).toBe(true);
    const rows = (await ask('export', { payload: { ...filter, format: 'json' } })).json();
    expect(rows).toEqual([entry, entry]);
  });

  it('is looked through by four at most, also when seven ask in the same turn', async () => {
    const { search } = makeHandlers({ reader: journal } as never);
    const call = { body: filter, who: { level: 3, isOwnScreen: false, isToken: false } } as never;
    const answers = await Promise.all(Array.from({ length: 7 }, () => search(call)));
    expect(answers.filter(({ kind }) => kind === 'text')).toHaveLength(4);
    expect(answers.filter(({ kind }) => kind === 'refused')).toHaveLength(3);
  });

  it('that can not be read says so, and not more than four look through it at once', async () => {
    const open: (() => void)[] = [];
    const search = () => new Promise<void>((resolve) => open.push(resolve));
    const page = () => Promise.reject(new Error('disk at /dev/secret is gone'));
    isAlone({ reader: { ...journal, search, page } });
    const broken = await ask('history');
    expect([broken.statusCode, broken.json().code]).toEqual([503, 'no-journal']);
    expect(broken.body).not.toContain('secret');
    const searches = Array.from({ length: 7 }, () => ask('search'));
    await expect.poll(() => open.length, { timeout: 30_000 }).toBe(4);
    expect((await ask('search')).json().code).toBe('too-many-searches');
    for (const end of open) end();
    const codes = (await Promise.all(searches)).map(({ statusCode }) => statusCode);
    expect(codes.filter((code) => code === 200)).toHaveLength(4);
    expect(codes.filter((code) => code === 429)).toHaveLength(3);
  });
});
