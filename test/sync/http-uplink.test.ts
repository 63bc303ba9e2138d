/** The uplink over HTTP before real sockets, and before answers on a virtual clock. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { brandId } from '../../config/ids.js';
import { uplinkEndpoint } from '../../config/uplinks/uplink-reach.js';
import { HttpClientLink } from '../../sync/http/http-client.js';
import type { HttpRequest } from '../../sync/http/http-link.js';
import { httpDateWall, retryAfterMs } from '../../sync/http/retry-after.js';
import type { Report } from '../../sync/uplink.js';
import { FastClock } from './brokers.js';
import { httpConfig, Platform, type Scripted, type ScriptedLink, scripted, startHttp } from './http-rig.js';
import { stored, tempDir } from './rig.js';

const patient = { timeout: 8_000, interval: 5 };
const entry = (n: number, over: Parameters<typeof stored>[1] = {}): Report => ({
  durable: true,
  entry: stored(n, { lane: 'journal', class: 'fault', ...over }),
  previous: n - 1,
  isHistorical: false,
});
const fire = (n: number): Report => entry(n, { lane: 'fire', class: 'fire' });
const id = (n: number): string => `e1-boot1-${n}`;
const codeOf = (sent: Promise<void>): Promise<string> =>
  sent.then(
    () => 'carried',
    (error: { code: string }) => error.code,
  );

describe('before a real platform', () => {
  test('what is handed over together is one list, on one connection that stays; a new fire goes first, by itself', async () => {
    const platform = await Platform.start();
    const { uplink, start, until } = startHttp(platform.url, { batchMax: 3 });
    start();
    await until('up');
    await Promise.all([...[1, 2, 3, 4].map((n) => uplink.send(entry(n))), uplink.send(fire(5))]);
    expect(platform.carried.map(({ ids }) => ids)).toEqual([[id(5)], [id(1), id(2), id(3)], [id(4)]]);
    const [alone, list] = platform.carried.map(({ headers }) => headers);
    expect(alone).toMatchObject({
      'content-type': 'application/cloudevents-batch+json',
      'idempotency-key': id(5),
    });
    expect(list?.['idempotency-key']).toMatch(/^e1-boot1-1\.\.e1-boot1-3\.[0-9a-f]{8}$/);
    expect(platform.connections).toBe(1);
    expect(uplink.traffic()).toMatchObject({ connects: 1, packets: 8 });
    expect(uplink.traffic().sentBytes).toBeGreaterThan(3_000);
  });

  test('a request that was lost is made again under the same key, and what it carried does not go a third time', async () => {
    const platform = await Platform.start();
    const { uplink, news, start, until } = startHttp(platform.url);
    start();
    await until('up');
    platform.answer = (_asked, answer) => answer.destroy();
    const sent = await Promise.all([1, 2].map((n) => codeOf(uplink.send(entry(n)))));
    expect(sent).toEqual(['UPLINK-003', 'UPLINK-003']);
    platform.answer = (_asked, answer) => answer.writeHead(200).end();
    await vi.waitFor(() => expect(news.filter((each) => each === 'up')).toHaveLength(2), patient);
    const keys = platform.carried.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(1);
    const before = platform.carried.length;
    await Promise.all([1, 2].map((n) => uplink.send(entry(n))));
    expect(platform.carried).toHaveLength(before);
  });

  test('of a list with one that the platform never takes, only that one is refused', async () => {
    const platform = await Platform.start();
    platform.answer = ({ ids }, answer) => answer.writeHead(ids.includes(id(3)) ? 422 : 200).end();
    const { uplink, start, until } = startHttp(platform.url);
    start();
    await until('up');
    const all = [1, 2, 3, 4, 5].map((n) => codeOf(uplink.send(entry(n))));
    expect(await Promise.all(all)).toEqual(['carried', 'carried', 'UPLINK-005', 'carried', 'carried']);
    const took = platform.carried.filter(({ ids }) => !ids.includes(id(3)));
    expect(took.flatMap(({ ids }) => ids)).toEqual([1, 2, 4, 5].map(id));
    // Tried again, and given up when others have been taken: but never a fire.
    expect(await codeOf(uplink.send(entry(3)))).toBe('UPLINK-005');
    expect(await codeOf(uplink.send(entry(3)))).toBe('UPLINK-035');
    for (const _again of [1, 2, 3, 4]) expect(await codeOf(uplink.send(fire(3)))).toBe('UPLINK-005');
  });

  test('one that is too large goes again without its details', async () => {
    const platform = await Platform.start();
    platform.answer = ({ text }, answer) => answer.writeHead(text.length > 2_000 ? 413 : 200).end();
    const { uplink, start, until } = startHttp(platform.url);
    start();
    await until('up');
    const large = entry(1, { detail: { text: 'x'.repeat(4_000) } });
    expect(await codeOf(uplink.send(large))).toBe('UPLINK-005');
    expect(await codeOf(uplink.send(large))).toBe('carried');
    expect(platform.carried.at(-1)?.text).toContain('"detailOmitted":true');
    expect(await codeOf(uplink.send(entry(2, { detail: { text: 'x'.repeat(300_000) } })))).toBe('UPLINK-006');
  });

  test('an answer of 4 MB is cut, and its status counts', async () => {
    const platform = await Platform.start();
    let written = 0;
    platform.answer = (_asked, answer) => {
      answer.writeHead(200);
      const more = (): void => {
        while (written < 4 * 1024 * 1024 && !answer.destroyed) {
          written += 65_536;
          if (!answer.write('x'.repeat(65_536))) {
            answer.once('drain', more);
            return;
          }
        }
        answer.end();
      };
      more();
    };
    const { uplink, start, until } = startHttp(platform.url);
    start();
    await until('up');
    expect(await codeOf(uplink.send(entry(1)))).toBe('carried');
    expect(uplink.traffic().receivedBytes).toBeLessThan(1024 * 1024);
  });

  test('an answer that trickles for ever is given up in time, and the path is down', async () => {
    const platform = await Platform.start();
    platform.answer = (_asked, answer) => {
      answer.writeHead(200);
      const drip = setInterval(() => answer.write(' '), 10);
      answer.on('close', () => clearInterval(drip));
    };
    const { uplink, start, until } = startHttp(platform.url, { timeoutMs: 2_000 });
    start();
    await until('up');
    expect(await codeOf(uplink.send(entry(1)))).toBe('UPLINK-003');
    await until('UPLINK-004');
  });

  test('a fire breaks off what has been under way for a second, which goes again behind it', async () => {
    const platform = await Platform.start();
    let isSlow = true;
    platform.answer = ({ ids }, answer) => {
      if (isSlow && !ids.includes(id(9))) return;
      answer.writeHead(200).end();
    };
    const { uplink, news, start, until } = startHttp(platform.url, {}, { clock: new FastClock(10) });
    start();
    await until('up');
    const slow = uplink.send(entry(1));
    await vi.waitFor(() => expect(platform.carried).toHaveLength(1), patient);
    const urgent = uplink.send(fire(9));
    await urgent;
    isSlow = false;
    await slow;
    expect(platform.carried.map(({ ids }) => ids)).toEqual([[id(1)], [id(9)], [id(1)]]);
    const keys = platform.carried.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toBe(keys[2]);
    expect(news).toEqual(['up']);
  });

  test.each([
    [401, 'UPLINK-030', /HTTP 401/],
    [404, 'UPLINK-031', /HTTP 404/],
    [302, 'UPLINK-032', /elsewhere/],
    [503, 'UPLINK-033', /HTTP 503/],
    [502, 'UPLINK-034', /HTTP 502/],
  ])('HTTP %i takes the path down as %s, and nobody follows it anywhere', async (status, code, words) => {
    const platform = await Platform.start();
    platform.answer = (_asked, answer) => answer.writeHead(status, { location: 'http://elsewhere.example/' }).end();
    const rig = startHttp(platform.url);
    rig.start();
    await rig.until('up');
    expect(await codeOf(rig.uplink.send(entry(1)))).toBe('UPLINK-003');
    await rig.until(code);
    expect(rig.words.at(-1)).toMatch(words);
  });

  test('a token that was changed is used at the next try; a name and password go as Basic', async () => {
    const dir = tempDir();
    const tokenFile = join(dir, 'token');
    writeFileSync(tokenFile, 'old\n');
    const platform = await Platform.start();
    platform.answer = ({ headers }, answer) =>
      answer.writeHead(headers.authorization === 'Bearer new' ? 200 : 401).end();
    const { uplink, news, start, until } = startHttp(platform.url, { tokenFile }, { clock: new FastClock(5) });
    start();
    await until('up');
    const first = uplink.send(entry(1));
    writeFileSync(tokenFile, 'new\n');
    expect(await codeOf(first)).toBe('UPLINK-003');
    await vi.waitFor(() => expect(news).toEqual(['up', 'UPLINK-030', 'up']), patient);
    const passwordFile = join(dir, 'password');
    writeFileSync(passwordFile, 'lantern\n');
    platform.answer = (_asked, answer) => answer.writeHead(200).end();
    const named = startHttp(platform.url, { username: 'village', passwordFile }, { clock: new FastClock(5) });
    named.start();
    await named.until('up');
    await named.uplink.send(entry(2));
    const basic = `Basic ${Buffer.from('village:lantern').toString('base64')}`;
    expect(platform.carried.at(-1)?.headers.authorization).toBe(basic);
  });

  test('stopping says goodbye, and what was not answered is not carried', async () => {
    const platform = await Platform.start();
    const { uplink, start, until } = startHttp(platform.url);
    start();
    await until('up');
    await uplink.stop();
    expect(platform.asked.at(-1)?.text).toContain('"reason":"stopped"');
    expect(await codeOf(uplink.send(entry(1)))).toBe('UPLINK-003');
  });
});

test('files that are no certificate and no key are an error of the request, and never of the process', async () => {
  const thrown: unknown[] = [];
  const note = (error: unknown): void => void thrown.push(error);
  process.on('uncaughtException', note);
  onTestFinished(() => void process.off('uncaughtException', note));
  const [cert, key] = ['no certificate', 'no key'].map((text) => Buffer.from(text)) as [Buffer, Buffer];
  const closed = await Platform.start();
  await closed.stop();
  const session = new HttpClientLink().open({
    ...{ url: closed.url.replace('http:', 'https:'), cert, key, ca: null },
    where: 'x',
  });
  const asked = session.request({ method: 'HEAD', path: '/', headers: {}, body: null }, new AbortController().signal);
  await expect(asked).rejects.toMatchObject({ code: 'UPLINK-007' });
  // The refused connection is told by now.
  const refused = await Platform.start();
  await (await fetch(refused.url)).text();
  expect(thrown).toEqual([]);
});

test.each(['http', 'https'])(
  'over %s a request has gone out when a connection that stands has taken all of it, and not before',
  async (scheme) => {
    const send = async (url: string, signal = new AbortController().signal) => {
      const session = new HttpClientLink().open({ url, where: 'x', ca: null, cert: null, key: null });
      onTestFinished(() => session.close());
      const body = Buffer.from('{}');
      const code = await session.request({ method: 'POST', path: '/in', headers: {}, body }, signal).then(
        ({ status }) => status,
        (error) => error.code,
      );
      return { code, hasSent: session.hasSent };
    };
    const closed = await Platform.start();
    await closed.stop();
    expect(await send(closed.url.replace('http:', `${scheme}:`))).toEqual({ code: 'UPLINK-001', hasSent: false });
    // Somebody takes the connection and says nothing: below TLS nothing can go.
    const silent = createServer((socket) => void socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const abort = new AbortController();
    silent.on('connection', (socket: Socket) => socket.once('data', () => abort.abort()));
    const { hasSent } = await send(`${scheme}://127.0.0.1:${port}/in`, abort.signal);
    expect(hasSent).toBe(scheme === 'http');
  },
);

describe('on a virtual clock', () => {
  test('it stays away as long as Retry-After says, and comes back with the same request', async () => {
    const { uplink, link, news, clock, start } = scripted([{}, { status: 503, retryAfter: '120' }, {}]);
    start();
    await clock.advance(10);
    const sent = codeOf(uplink.send(entry(1)));
    await clock.advance(119_000);
    expect(await sent).toBe('UPLINK-003');
    expect(news).toEqual(['up', 'UPLINK-033']);
    expect(link.requests).toHaveLength(2);
    await clock.advance(14_000);
    expect(news).toEqual(['up', 'UPLINK-033', 'up']);
    expect(link.requests[2]?.headers['idempotency-key']).toBe(id(1));
  });

  test('what waits behind a request that is never answered is not carried either', async () => {
    const { uplink, clock, start } = scripted([{}, 'never']);
    start();
    await clock.advance(10);
    const underWay = codeOf(uplink.send(entry(1)));
    await clock.advance(10);
    const waiting = [codeOf(uplink.send(entry(2))), codeOf(uplink.send(entry(3, { lane: 'fire', class: null })))];
    await clock.advance(10_100);
    expect(await Promise.all([underWay, ...waiting])).toEqual(Array(3).fill('UPLINK-003'));
  });

  test('for a fire it comes back within 2 s all the same, at most once in 10 s', async () => {
    const { uplink, link, clock, start } = scripted([{}, { status: 503, retryAfter: '600' }]);
    start();
    await clock.advance(10);
    void uplink.send(entry(1)).catch(() => undefined);
    await clock.advance(100);
    for (let second = 0; second < 60; second++) {
      uplink.hurry();
      await clock.advance(1_000);
    }
    expect(link.requests.length).toBeGreaterThanOrEqual(6);
    expect(link.requests.length).toBeLessThanOrEqual(2 + 6 + 1);
    expect((link.atMono[2] ?? 0) - (link.atMono[1] ?? 0)).toBeLessThan(2_200);
  });

  test('an idle path is asked every heartbeat, with a status or with HEAD; a dead one is down', async () => {
    const { link, news, clock, start } = scripted([{}, {}, {}, 'never'], { heartbeatMs: 60_000, timeoutMs: 5_000 });
    start();
    await clock.advance(185_500);
    expect(link.atMono.slice(0, 4).map((at) => Math.round(at / 60_000))).toEqual([0, 1, 2, 3]);
    expect(news).toEqual(['up', 'UPLINK-004']);
    const standard = scripted([{ status: 405 }], { preset: 'gbt45839', heartbeatMs: 60_000 });
    standard.start();
    await standard.clock.advance(61_000);
    expect(standard.news).toEqual(['up', 'impaired UPLINK-031']);
    expect(standard.link.requests.map(({ method }) => method)).toContain('HEAD');
  });

  test('an uplink that has stopped leaves no timer behind', async () => {
    const { uplink, clock, start } = scripted([{}], { heartbeatMs: 86_400_000 });
    start();
    await clock.advance(1_000);
    const stopped = uplink.stop();
    await clock.advance(2_000);
    await stopped;
    expect(clock.pending).toBe(0);
  });

  test('a message over which the platform stumbles again and again is found, and stops nobody', async () => {
    const { uplink, link, news, clock, start } = scripted([{}, { status: 500 }]);
    start();
    await clock.advance(10);
    const first = [1, 2].map((n) => codeOf(uplink.send(entry(n))));
    await clock.advance(60_000);
    expect(await Promise.all(first)).toEqual(['UPLINK-003', 'UPLINK-003']);
    link.answers = [{}, { status: 500 }, {}];
    await clock.advance(40_000);
    expect(news.at(-1)).toBe('up');
    const again = [1, 2].map((n) => codeOf(uplink.send(entry(n))));
    await clock.advance(1_000);
    expect(await Promise.all(again)).toEqual(['UPLINK-005', 'carried']);
  });

  test.each<[string, Scripted]>([
    ['403', { status: 403 }],
    ['404', { status: 404 }],
    ['408', { status: 408 }],
    ['409', { status: 409 }],
    ['425', { status: 425 }],
    ['503 without a time', { status: 503 }],
    ['502', { status: 502 }],
    ['504', { status: 504 }],
    ['no answer', 'never'],
    ['a broken connection', 'lost'],
  ])('one message that is always answered by %s stops nobody else', async (_case, wrong) => {
    const { uplink, link, clock, start } = scripted([{}]);
    link.answerOf = ({ body }) => (Buffer.from(body ?? []).includes(id(2)) ? wrong : {});
    start();
    await clock.advance(10);
    const carried = new Set<number>();
    /** As a pump does: what was refused rests for a while. */
    const rests = new Set<number>();
    const codes = new Set<string>();
    for (let minute = 0; minute < 10; minute++) {
      for (const n of [1, 2, 3]) {
        if (carried.has(n) || rests.delete(n)) continue;
        const said = codeOf(uplink.send(entry(n, { lane: 'fire', class: n === 2 ? 'fire' : null })));
        void said.then((code) => {
          codes.add(`${n} ${code}`);
          if (code === 'carried') carried.add(n);
          if (code === 'UPLINK-005') rests.add(n);
        });
      }
      await clock.advance(60_000);
    }
    expect([...carried].sort()).toEqual([1, 3]);
    expect(codes).toContain('2 UPLINK-005');
  });

  test('429 and Retry-After are the load of a platform, ten times over; what it says so to for ever stops nobody for ever', async () => {
    const { uplink, link, news, clock, start } = scripted([{}]);
    link.answerOf = ({ body }) => (Buffer.from(body ?? []).includes(id(2)) ? { status: 503, retryAfter: '60' } : {});
    start();
    await clock.advance(10);
    const ends: string[] = [];
    const offer = (n: number): void =>
      void codeOf(uplink.send(entry(n, { lane: 'fire', class: null }))).then((code) => ends.push(`${n} ${code}`));
    for (let minute = 0; minute < 9; minute++) {
      offer(2);
      await clock.advance(70_000);
    }
    expect(new Set(ends)).toEqual(new Set(['2 UPLINK-003']));
    for (let minute = 0; minute < 20 && !ends.includes('2 UPLINK-005'); minute++) {
      offer(2);
      await clock.advance(70_000);
    }
    expect(ends.at(-1)).toBe('2 UPLINK-005');
    offer(3);
    await clock.advance(1_000);
    expect([ends.at(-1), news.at(-1)]).toEqual(['3 carried', 'up']);
  });

  describe('409', () => {
    /** Offers a fire (or another) again whenever it comes back, as a pump does, until it is carried. */
    const offered = async (
      { uplink, clock }: Pick<ReturnType<typeof scripted>, 'uplink' | 'clock'>,
      { report = fire(1), forS = 600 }: { readonly report?: Report; readonly forS?: number } = {},
    ): Promise<{ readonly codes: readonly string[]; readonly tookS: number }> => {
      const codes: string[] = [];
      let isUnderWay = false;
      for (let s = 0; s < forS; s += 1) {
        if (codes.at(-1) === 'carried' || codes.at(-1) === 'UPLINK-035') return { codes, tookS: s };
        if (!isUnderWay) {
          isUnderWay = true;
          void codeOf(uplink.send(report)).then((code) => {
            codes.push(code);
            isUnderWay = false;
          });
        }
        await clock.advance(1_000);
      }
      return { codes, tookS: forS };
    };
    const isOf = (n: number, { headers }: HttpRequest): boolean => headers['idempotency-key'] === id(n);

    test.each([
      ['a fire', fire(1)],
      ['a fault', entry(1)],
    ])(
      'that stands for 60 s says that %s is there that went without an answer, and stops nobody meanwhile',
      async (_what, report) => {
        const rig = scripted([{}]);
        const { link, clock, news, start } = rig;
        const atMono: number[] = [];
        link.answerOf = (request) => {
          if (!isOf(1, request)) return {};
          atMono.push(clock.mono());
          return atMono.length === 1 ? 'lost' : { status: 409 };
        };
        start();
        await clock.advance(10);
        const { codes } = await offered(rig, { report, forS: 45 });
        expect(codes).toContain('UPLINK-005');
        expect(codes).not.toContain('carried');
        // Others go, more of them than it takes for a refused one to be given up.
        const others = await Promise.all([2, 3, 4].map((n) => offered(rig, { report: entry(n), forS: 2 })));
        expect(others.map(({ codes }) => codes)).toEqual([['carried'], ['carried'], ['carried']]);
        expect(news.at(-1)).toBe('up');
        expect((await offered(rig, { report })).codes.at(-1)).toBe('carried');
        const [, firstMono = 0] = atMono;
        expect((atMono.at(-1) ?? 0) - firstMono).toBeGreaterThanOrEqual(60_000);
        expect((atMono.at(-1) ?? 0) - firstMono).toBeLessThan(75_000);
      },
    );

    test('of a platform that is still at work, and whose work then fails, loses no fire: it is sent until it is stored', async () => {
      const rig = scripted([{}]);
      let beganMono: number | null = null;
      let isStored = false;
      rig.link.answerOf = (request) => {
        if (!isOf(1, request)) return {};
        beganMono ??= rig.clock.mono();
        if (rig.clock.mono() === beganMono) return 'never';
        if (rig.clock.mono() - beganMono < 50_000) return { status: 409 };
        isStored = true;
        return {};
      };
      rig.start();
      await rig.clock.advance(10);
      const { codes } = await offered(rig);
      expect([codes.at(-1), isStored]).toEqual(['carried', true]);
    });

    test('begins anew behind each try that is not answered: that may have set it to work again', async () => {
      const rig = scripted([{}]);
      let beganMono: number | null = null;
      let isStored = false;
      rig.link.answerOf = (request) => {
        if (!isOf(1, request)) return {};
        const atMono = rig.clock.mono();
        // It works for 50 s, fails, and begins again with the next that comes; after 140 s it succeeds.
        if (beganMono === null || atMono - beganMono >= 50_000) {
          isStored = beganMono !== null && atMono >= 140_000;
          beganMono = atMono;
          return isStored ? {} : 'never';
        }
        return { status: 409 };
      };
      rig.start();
      await rig.clock.advance(10);
      const { codes } = await offered(rig);
      expect([codes.at(-1), isStored]).toEqual(['carried', true]);
    });

    test.each(['unreached', 'unsent'] as const)(
      'to what never went out (%s) is a refusal, however long it stands',
      async (how) => {
        const rig = scripted([{}]);
        let requests = 0;
        rig.link.answerOf = (request) => {
          if (!isOf(1, request)) return {};
          requests += 1;
          return requests === 1 ? how : { status: 409 };
        };
        rig.start();
        await rig.clock.advance(10);
        const { codes } = await offered(rig, { forS: 300 });
        expect(new Set(codes)).toEqual(new Set(['UPLINK-003', 'UPLINK-005']));
        expect(requests).toBeGreaterThan(5);
      },
    );
  });

  test('who turns away everything, and HEAD too, is down and stays down', async () => {
    const { uplink, link, news, clock, start } = scripted([{}], { preset: 'gbt45839', telemetry: 'none' });
    start();
    await clock.advance(1_000);
    link.answers = [{ status: 403 }];
    void uplink.send(fire(1)).catch(() => undefined);
    await clock.advance(30 * 60_000);
    expect(link.requests.filter(({ method }) => method === 'HEAD').length).toBeGreaterThan(1);
    expect(new Set(news)).toEqual(new Set(['up', 'UPLINK-030']));
    expect(news.lastIndexOf('up')).toBe(0);
  });

  test('the devices are installed once the path is up, and a platform that can not take them gets the reports all the same', async () => {
    const serialsOf = (link: ScriptedLink): string[] =>
      link.requests
        .filter(({ path }) => path === '/in/Install_info')
        .map(({ body }) => JSON.parse(Buffer.from(body ?? []).toString()).serial);
    const [one, other] = ['A1B200260601SN000000101ABCD', 'old-town/call-1'];
    const over = { preset: 'gbt45839', telemetry: 'none' } as const;
    const { link, news, clock, start } = scripted([{}, { status: 400 }, {}], over);
    start();
    await clock.advance(1_000);
    expect([serialsOf(link), news]).toEqual([
      [one, other],
      ['up', 'impaired UPLINK-005'],
    ]);
    await clock.advance(16 * 60_000);
    expect([serialsOf(link), news.slice(2)]).toEqual([[one, other, one], ['impaired no more']]);
    const lacking = scripted([{}, { status: 404 }, {}], over);
    lacking.start();
    await lacking.clock.advance(1_000);
    expect(await codeOf(lacking.uplink.send(fire(1)))).toBe('carried');
    expect([serialsOf(lacking.link), lacking.news]).toEqual([[one], ['up', 'impaired UPLINK-031']]);
  });
});

test('what a language has no words for is settled, and nobody was told', async () => {
  const { uplink, clock, start } = scripted([{}], { preset: 'gbt45839', telemetry: 'none' });
  start();
  await clock.advance(1_000);
  const line = entry(2, { subject: 'fault:line:east' });
  await Promise.all([uplink.send(line), uplink.send(fire(3))]);
  expect([uplink.whyNotTold(line.entry.id), uplink.whyNotTold(fire(3).entry.id)]).toEqual(['no-word', null]);
});

test('GB/T 45839: a status that was broken off for a fire says what stands when it goes again', async () => {
  const over = { preset: 'gbt45839', telemetry: 'none' } as const;
  const { uplink, link, clock, start } = scripted([{}], over);
  start();
  await clock.advance(1_000);
  link.answers = ['never', {}];
  const fault = { subject: 'point:smoke-1/battery', alarm: brandId<never>('e1-boot1-8') };
  const slow = uplink.send(entry(2, { ...fault, kind: 'alarm.returned', detail: { latched: false } }));
  await clock.advance(10);
  await Promise.all([uplink.send(entry(3, { lane: 'fire', class: 'fire' })), clock.advance(2_000), slow]);
  const told = link.requests.filter(({ path }) => path === '/in/status_info');
  expect(told.map(({ body }) => JSON.parse(Buffer.from(body ?? []).toString()).status)).toEqual([1, 2, 2]);
});

test.each([
  ['https://fire.example.cn/api', { host: 'fire.example.cn', port: 443, isTls: true }],
  ['http://[::1]:8080', { host: '::1', port: 8080, isTls: false }],
])('the doctor knows where %s is', (url, { host, port, isTls }) => {
  const at = uplinkEndpoint(httpConfig(url));
  expect(at).toMatchObject({ host, port });
  expect(at?.tls !== null).toBe(isTls);
});

test.each([
  ['120', null, 120_000],
  ['0', null, 0],
  ['86400', null, 600_000],
  ['Sun, 06 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49:07 GMT', 30_000],
  ['Sun, 06 Nov 1994 08:49:37 GMT', null, 0],
  ['Sun, 06 Nov 2094 08:49:37 GMT', null, 600_000],
  ['-5', null, null],
  ['soon', null, null],
  [null, null, null],
])('Retry-After %j, answered at %j, is %j ms', (text, date, ms) => {
  expect(retryAfterMs(text, date, Date.UTC(2026, 10, 30))).toBe(ms);
  expect(httpDateWall('Sun, 06 Nov 1994 08:49:37 GMT')).toBe(784_111_777_000);
});
