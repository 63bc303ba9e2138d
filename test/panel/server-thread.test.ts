/** The panel's thread as it is built: TLS, the journal's file, the village plan, the doors; over real sockets of this computer. */
import { randomBytes, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../gateway/panel/server/people/own-certificate.js';
import { freePort } from '../free-port.js';
import { entriesInJournal, ownCertificate, PanelBrowser, PanelThreadRig, panelFolder } from './thread-rig.js';

const soon = { interval: 5, timeout: 30_000 };
const filter = { filter: {} };
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const name = 'fire.yunxi.cn';

let folder: string;
let port: number;
let thread: PanelThreadRig;
let ca: string;
let wang: PanelBrowser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gengfu-thread-'));
  port = await freePort();
  const bind = '127.0.0.1';
  thread = new PanelThreadRig({
    ...panelFolder(folder),
    bind,
    port,
    names: [name],
    tls: { kind: 'own' },
    idleMs: 600_000,
  });
  await thread.heard('listening');
  ca = ownCertificate(folder);
  wang = browser();
  await wang.signIn('wang');
});
afterAll(async () => {
  await thread.end();
  rmSync(folder, { recursive: true, force: true });
});

const browser = (host = '127.0.0.1', more: object = {}) =>
  new PanelBrowser({
    isTls: true,
    host: '127.0.0.1',
    port,
    ca,
    ...(host === '127.0.0.1' ? {} : { servername: host }),
    ...more,
  });

describe('over TLS with its own certificate', () => {
  it('is trusted by its address and by the name of the site file, and is what the watch was told', async () => {
    const told = await thread.heard('listening');
    expect(told).toEqual({
      ...{ kind: 'listening', url: `https://127.0.0.1:${port}/` },
      fingerprint: new X509Certificate(ca).fingerprint256,
    });
    expect((await browser().ask('/api/v1/brief')).body).toMatchObject({ state: 'normal' });
    const named = await browser(name).ask('/api/v1/brief', { headers: { host: `${name}:${port}` } });
    expect(named.status).toBe(200);
    const other = await browser(name).ask('/api/v1/brief', { headers: { host: 'evil.example' } });
    expect([other.status, other.body['code']]).toEqual([421, 'foreign-host']);
    await expect(browser('evil.example').ask('/')).rejects.toThrow(/altnames/);
    await expect(browser(name, { ca: undefined }).ask('/')).rejects.toThrow(/self-signed/);
    await expect(new PanelBrowser({ isTls: false, host: '127.0.0.1', port }).ask('/')).rejects.toThrow();
  });

  it('a name makes nobody the own screen, and its cookies stay on TLS', async () => {
    const me = await browser(name).ask('/api/v1/me', { headers: { host: `${name}:${port}` } });
    expect(me.body).toMatchObject({ level: 0, isOwnScreen: false });
    expect(me.headers['set-cookie']?.[0]).toMatch(/^__Host-gengfu-mark=.*; HttpOnly; SameSite=Strict; Secure$/);
    expect((await browser().ask('/api/v1/me')).body).toMatchObject({ level: 1, isOwnScreen: true });
  });

  it('its live stream brings what the watch says, and ends with the session within a beat', async () => {
    const li = browser();
    expect((await li.signIn('li')).body).toMatchObject({ level: 2, user: 'li' });
    const stream = await li.open('/api/v1/live');
    let heard = '';
    stream.on('data', (bytes: Buffer) => {
      heard += bytes;
    });
    let isOver = false;
    stream.on('close', () => {
      isOver = true;
    });
    await expect.poll(() => heard, soon).toContain('event: state');
    const value = { id: 'a', value: 7, quality: 'good', reason: null, wall: 1 } as const;
    thread.say({ kind: 'patches', patches: [{ topic: 'points', key: 'a', value }] });
    await expect.poll(() => heard, soon).toContain('event: patches');
    await li.ask('/api/v1/session', { method: 'DELETE' });
    await expect.poll(() => isOver, soon).toBe(true);
  });
});

describe('the journal on the disk', () => {
  it('comes by pages without a hole, and as CSV and JSON of all of it', async () => {
    const read = (before: number | null) =>
      wang.ask('/api/v1/history', { method: 'POST', payload: { ...filter, before, limit: 200 } });
    const first = await read(null);
    const second = await read(Number(first.body['next']));
    const positions = [first, second].flatMap(({ body }) =>
      (body['entries'] as { position: number }[]).map(({ position }) => position),
    );
    expect(positions).toEqual(Array.from({ length: 400 }, (_, n) => entriesInJournal - n));
    const exported = (format: string) =>
      wang.ask('/api/v1/history/export', { method: 'POST', payload: { ...filter, format } });
    const csv = await exported('csv');
    expect(csv.headers['content-disposition']).toContain('gengfu-journal.csv');
    expect(csv.text.trim().split('\r\n')).toHaveLength(entriesInJournal + 1);
    expect(csv.text).toContain(`,'＝第 ${entriesInJournal} 条,number`);
    const json = JSON.parse((await exported('json')).text);
    expect([json.length, json[0].sequence]).toEqual([entriesInJournal, entriesInJournal]);
  });

  it('is searched as it is read; whoever closes ends his search and leaves room for others', async () => {
    const search = { method: 'POST', payload: { ...filter, text: 'number' } };
    const found = await wang.ask('/api/v1/history/search', { ...search, payload: { ...filter, text: 'number 77' } });
    expect(
      found.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).sequence),
    ).toEqual([...Array(10).keys()].map((n) => 779 - n).concat(77));
    for (let lot = 0; lot < 3; lot += 1) {
      const searches = await Promise.all(Array.from({ length: 4 }, () => wang.open('/api/v1/history/search', search)));
      for (const each of searches) each.destroy();
    }
    await expect.poll(() => wang.ask('/api/v1/history/search', search).then(({ status }) => status), soon).toBe(200);
  });
});

describe('the village plan', () => {
  const put = (file: string, payload: Buffer, type = 'image/png') =>
    wang.ask(`/api/v1/images/${file}`, { method: 'PUT', payload, headers: { 'content-type': type } });

  it('takes an image that is one, and no other type, size or name', async () => {
    expect(await put('plan.png', png)).toMatchObject({ status: 200 });
    expect(await put('plan.jpg', png, 'image/jpeg')).toMatchObject({ status: 415, body: { code: 'bad-image' } });
    expect(await put('plan.png', Buffer.from('<svg/>'), 'image/svg+xml')).toMatchObject({ status: 415 });
    expect(await put('..%2f..%2fusers.png', png)).toMatchObject({ status: 400, body: { code: 'bad-image-name' } });
    const large = Buffer.concat([png, Buffer.alloc(8 * 1024 * 1024)]);
    // Told before all of it was sent, or cut.
    const tooLarge = await put('large.png', large).then(
      ({ status }) => status,
      () => 413,
    );
    expect(tooLarge).toBe(413);
    expect(existsSync(join(folder, 'panel', 'images', 'large.png'))).toBe(false);
    const image = await wang.ask('/api/v1/images/plan.png');
    expect(image.headers).toMatchObject({ 'content-type': 'image/png', 'cache-control': 'private, no-cache' });
    expect((await browser(name).ask('/api/v1/images/plan.png', { headers: { host: name } })).status).toBe(401);
  });

  it('changed on an old one is refused, and nothing is lost', async () => {
    const plan = {
      plans: [{ id: 'p', name: { zh: '村', en: 'v' }, image: 'plan.png', aspect: 1.5, pins: [] }],
      revision: 0,
    };
    const set = (revision: number) => wang.ask('/api/v1/map', { method: 'PUT', payload: { ...plan, revision } });
    const both = await Promise.all([set(0), set(0)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await set(1)).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(JSON.parse(readFileSync(join(folder, 'panel', 'map.json'), 'utf8')).revision).toBe(2);
  });
});

describe('its door', () => {
  it('on an address that is not there is the box itself, with given files, and it ends when it is asked', async () => {
    const other = mkdtempSync(join(tmpdir(), 'gengfu-thread-'));
    const made = makeCertificate(['localhost', '127.0.0.1'], Date.UTC(2026, 10, 30), randomBytes);
    const [cert, key] = ['cert.pem', 'key.pem'].map((file) => join(other, file)) as [string, string];
    writeFileSync(cert, made.cert);
    writeFileSync(key, made.key);
    const tls = { kind: 'files', cert, key } as const;
    const at = { bind: '198.51.100.7', port: await freePort(), names: [], idleMs: 600_000 };
    const away = new PanelThreadRig({ ...panelFolder(other), ...at, tls });
    expect(await away.heard('refused')).toMatchObject({
      isServedHere: true,
      error: { en: expect.stringContaining('198.51.100.7') },
    });
    expect((await away.heard('listening')).url).toBe(`https://127.0.0.1:${at.port}/`);
    const screen = new PanelBrowser({ isTls: true, host: 'localhost', port: at.port, ca: made.cert });
    expect((await screen.ask('/api/v1/me')).body).toMatchObject({ level: 1, isOwnScreen: true });
    away.say({ kind: 'stop' });
    expect(await away.exited).toBe(0);
    rmSync(other, { recursive: true, force: true });
  });
});
