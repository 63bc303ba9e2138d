/** Bytes that no browser sends, at the panel's real HTTP server: nothing gets past who may what, and nothing is taken for two requests. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { headersMax, makeHttpServer } from '../../gateway/panel/server/http-server.js';
import { makeCertificate } from '../../gateway/panel/server/people/own-certificate.js';
import { csrf, type PanelRig, panelRig } from './server-rig.js';

let rig: PanelRig;
let port: number;
let isSignedIn = true;
beforeAll(async () => {
  rig = panelRig({ isStill: () => isSignedIn });
  await rig.app.listen({ host: '127.0.0.1', port: 0 });
  port = (rig.app.server.address() as AddressInfo).port;
});
afterAll(() => rig.stop());

/** All that comes back until the server closes. */
async function raw(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (bytes) => {
    heard += bytes.toString('latin1');
  });
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return heard;
}

const statuses = (heard: string): readonly string[] =>
  [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => status ?? '');
const http = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n\r\n`;
const host = 'Host: 127.0.0.1';
const last = 'Connection: close';
const order = '{"ask":"silence","boot":"b1","order":3}';
const mark = [`X-Gengfu-Csrf: ${csrf}`, 'Content-Type: application/json'];
const smuggled = http('POST /api/v1/orders HTTP/1.1', host, ...mark, `Content-Length: ${order.length}`) + order;

describe('one request is one request', () => {
  it.each<[string, readonly string[]]>([
    ['two kinds of length', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
    ['two lengths', ['Content-Length: 0', `Content-Length: ${smuggled.length}`]],
    ['a coding that is none', ['Transfer-Encoding: xchunked']],
    ['chunked twice, not at the end', ['Transfer-Encoding: chunked, identity']],
    ['a length with a sign', ['Content-Length: +0']],
    ['a space before the colon', ['Content-Length : 0']],
    ['a folded line', ['X-A: b', ' Transfer-Encoding: chunked']],
    ['a bare line feed', ['X-A: b\nTransfer-Encoding: chunked']],
  ])('with %s: refused, closed, and nothing behind it is heard', async (_name, headers) => {
    rig.posted.length = 0;
    const heard = await raw(`${http('POST /api/v1/history HTTP/1.1', host, ...mark, ...headers)}0\r\n\r\n${smuggled}`);
    expect(statuses(heard)).toEqual(['400']);
    expect(rig.posted.filter(({ kind }) => kind === 'order')).toEqual([]);
  });
});

describe('a request that no browser sends', () => {
  it.each<[string, string, string]>([
    ['HEAD of the page', http('HEAD / HTTP/1.1', host, last), '404'],
    ['OPTIONS of everything', http('OPTIONS * HTTP/1.1', host, last), '4\\d\\d'],
    [
      'OPTIONS of a route, as before another page’s request',
      http('OPTIONS /api/v1/orders HTTP/1.1', host, 'Origin: http://evil', 'Access-Control-Request-Method: POST', last),
      '403',
    ],
    ['TRACE', http('TRACE /api/v1/me HTTP/1.1', host, 'Cookie: a=b', last), '40\\d'],
    [
      'a WebSocket',
      http('GET /api/v1/users HTTP/1.1', host, 'Connection: Upgrade, close', 'Upgrade: websocket'),
      '403',
    ],
    ['the whole address as its path', http('GET http://127.0.0.1/api/v1/users HTTP/1.1', host, last), '403'],
    [
      'another host in the address than in its header',
      http('GET http://127.0.0.1/api/v1/me HTTP/1.1', 'Host: evil.example', last),
      '421',
    ],
    ['HTTP/1.0 without a host', http('GET /api/v1/me HTTP/1.0'), '421'],
    ['HTTP/1.1 without a host', http('GET /api/v1/me HTTP/1.1', last), '400'],
    ['a query of 20 kB', http(`GET /api/v1/me?${'a'.repeat(20_000)} HTTP/1.1`, host, last), '4(?:00|31)'],
    ['a name of 500 characters', http(`GET /api/v1/images/${'a'.repeat(500)} HTTP/1.1`, host, last), '4\\d\\d'],
    ['a path that climbs', http('GET /api/v1/../../etc/passwd HTTP/1.1', host, last), '404'],
    ['a route in capitals', http('GET /API/v1/users HTTP/1.1', host, last), '404'],
    ['a line end in a header', http('GET /api/v1/me HTTP/1.1', host, 'X-A: b\rSet-Cookie: c', last), '400'],
    ['HTTP/2 by force', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400'],
    [
      'arrays without an end',
      `${http('POST /api/v1/orders HTTP/1.1', host, ...mark, 'Content-Length: 60000', last)}${'['.repeat(60_000)}`,
      '400',
    ],
    [
      'a prototype in the query',
      http('GET /api/v1/trend?point=a&fromWall=1&toWall=2&__proto__=1&constructor=2 HTTP/1.1', host, last),
      '400',
    ],
  ])('is refused, or is nothing else: %s', async (_name, bytes, status) => {
    const heard = await raw(bytes);
    expect(statuses(heard).join()).toMatch(new RegExp(`^${status}$`));
    // Whatever has a body tells the browser what to refuse.
    if (/^content-type/im.test(heard)) expect(heard).toMatch(/^content-security-policy: default-src 'none'/im);
    expect(heard).not.toMatch(/access-control|set-cookie|cookie: a=b/i);
  });

  it('and that came through a proxy is not the own screen, whatever stands before or instead of its mark', async () => {
    const me = (...headers: readonly string[]) =>
      raw(http('GET /api/v1/users HTTP/1.1', 'Host: localhost', ...headers, last));
    expect(statuses(await me())).toEqual(['403']);
    for (const header of [
      'X-Forwarded-For: 1',
      'X-Forwarded-Port: 80',
      'Via: 1.1 a',
      'X-Real-IP: 1',
      'Forwarded: for=1',
      'True-Client-IP: 1',
    ])
      expect([header, statuses(await me(header))]).toEqual([header, ['401']]);
    expect(statuses(await raw(http('GET /api/v1/users HTTP/1.0', 'Host: localhost')))).toEqual(['401']);
    // Node keeps the first so many headers, and a proxy writes its own behind those of the browser.
    const many = Array.from({ length: headersMax + 6 }, (_, n) => `X-${n}: 1`);
    const refused = await me(...many, 'X-Forwarded-For: 1');
    // Node 24 refuses them before us.
    expect(refused).toMatch(/^HTTP\/1\.1 (?:431 [\s\S]*too-many-headers|400 )/);
  });
});

it('whose body comes after its session has ended orders nothing', async () => {
  rig.posted.length = 0;
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (bytes) => {
    heard += bytes.toString('latin1');
  });
  const [begin, end] = [order.slice(0, 5), order.slice(5)];
  socket.write(
    `${http('POST /api/v1/orders HTTP/1.1', host, ...mark, 'Authorization: level 3', `Content-Length: ${order.length}`, last)}${begin}`,
  );
  // Its headers were heard when another one that came later is answered.
  await raw(http('GET /api/v1/me HTTP/1.1', host, last));
  isSignedIn = false;
  onTestFinished(() => {
    isSignedIn = true;
  });
  socket.write(end);
  await once(socket, 'close');
  expect(statuses(heard)).toEqual(['401']);
  expect(rig.posted.filter(({ kind }) => kind === 'order')).toEqual([]);
});

it('a connection that was opened ahead and is late is told so, and not that a request was wrong: a browser asks again', async () => {
  const taken = once(rig.app.server, 'connection');
  const heard = raw('');
  const [socket] = await taken;
  const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
  rig.app.server.emit('clientError', late, socket);
  expect(statuses(await heard)).toEqual(['408']);
});

it('limits hold before TLS begins: of sixty sockets of one computer forty stay', async () => {
  const server = makeHttpServer(() => undefined, makeCertificate(['localhost'], 0, randomBytes));
  const door = createServer((socket) => {
    Object.defineProperty(socket, 'remoteAddress', { value: '10.0.0.1' });
    server.emit('connection', socket);
  });
  await once(door.listen(0, '127.0.0.1'), 'listening');
  const sockets = Array.from({ length: 60 }, () => connect((door.address() as AddressInfo).port, '127.0.0.1'));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    door.close();
  });
  for (const socket of sockets) socket.on('error', () => undefined).resume();
  await expect.poll(() => sockets.filter(({ closed }) => closed).length, { interval: 2, timeout: 30_000 }).toBe(20);
});
