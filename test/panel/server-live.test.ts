/** The live stream over real sockets of this computer: nothing is missed, nobody holds it up, and a flood stays small. */
import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { patched } from '../../gateway/panel/api/patched.js';
import type { PanelState, Patch } from '../../gateway/panel/api/state.js';
import type { JournalReading } from '../../gateway/panel/server/journal-reading.js';
import { Listener } from '../../gateway/panel/server/listener.js';
import { streamsMax, streamsPerAddressMax, waitingMaxBytes } from '../../gateway/panel/server/live.js';
import { accepted, csrf, entry, journal, type PanelRig, panelRig, stateOf } from './server-rig.js';

let rig: PanelRig;
let isSignedIn = true;
let url = '';
let listener: Listener;
const streams: LiveReader[] = [];

/** Real sockets on a computer that does other things besides. */
const soon = { interval: 2, timeout: 30_000 };

beforeEach(async () => {
  isSignedIn = true;
  rig = panelRig({ isStill: () => isSignedIn });
  await rig.app.ready();
  // Beats keep streams from being idle, and the virtual clock gives none by itself.
  rig.app.server.timeout = 0;
  listener = new Listener({
    server: rig.app.server,
    clock: rig.clock,
    port: 0,
    isTls: false,
    onListening: (at) => {
      url = at;
    },
    onRefused: ({ en }) => {
      throw new Error(en);
    },
  });
  await listener.listen('127.0.0.1');
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.request.destroy();
  await rig.app.close();
  await listener.close();
  await rig.stop();
});

interface LiveEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: unknown;
}

/** What a browser's EventSource does with a stream. */
class LiveReader {
  readonly events: LiveEvent[] = [];
  isOver = false;
  #text = '';

  constructor(
    readonly request: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8');
    response.on('close', () => {
      this.isOver = true;
    });
    response.on('error', () => {});
  }

  read(): this {
    this.response.on('data', (text: string) => {
      const parts = `${this.#text}${text}`.split('\n\n');
      this.#text = parts.pop() ?? '';
      for (const part of parts) this.#take(part);
    });
    this.response.resume();
    return this;
  }

  /** Without beats. */
  get news(): readonly LiveEvent[] {
    return this.events.filter(({ event }) => event !== 'beat');
  }

  get lastId(): string {
    return this.events.findLast(({ id }) => id !== null)?.id ?? '';
  }

  /** As the page puts it together. */
  get state(): PanelState {
    return this.news.reduce<PanelState>(
      (state, { event, data }) => (event === 'state' ? (data as PanelState) : patched(state, data as readonly Patch[])),
      stateOf(),
    );
  }

  #take(part: string): void {
    const field = (name: string): string | null => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1] ?? null;
    const event = field('event');
    if (event !== null) this.events.push({ id: field('id'), event, data: JSON.parse(field('data') ?? 'null') });
  }
}

async function open(headers: Record<string, string> = {}, query = ''): Promise<LiveReader> {
  const request = get(`${url}api/v1/live${query}`, { agent: false, headers });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  request.on('error', () => {});
  const stream = new LiveReader(request, response);
  streams.push(stream);
  return stream;
}

const point = (key: string, value: number | string): Patch => ({
  topic: 'points',
  key,
  value: { id: key, value, quality: 'good', reason: null, wall: value === '' ? null : 1 },
});
const say = (...patches: Patch[]): void => rig.say({ kind: 'patches', patches });
const until = (stream: LiveReader, news: number) => expect.poll(() => stream.news.length, soon).toBe(news);

it('begins with a beat and the whole state, and goes on with what changes', async () => {
  const stream = (await open()).read();
  await until(stream, 1);
  await expect.poll(() => stream.events.length, soon).toBe(3);
  expect(stream.events.map(({ event, id }) => [event, id])).toEqual([
    ['beat', null],
    ['state', 's1-1'],
    ['beat', null],
  ]);
  expect(stream.response.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  say(point('a', 1), point('b', 2));
  await until(stream, 2);
  expect(stream.news.at(-1)).toMatchObject({ event: 'patches', id: 's1-2' });
  expect(stream.state.points['b']?.value).toBe(2);
});

it.each(['header', 'query'] as const)('goes on without a hole after a drop, by its last id in the %s', async (how) => {
  const stream = (await open()).read();
  say(point('a', 1));
  await until(stream, 2);
  stream.request.destroy();
  say(point('a', 2));
  say(point('b', 3));
  const { lastId } = stream;
  const again = (
    await open(how === 'header' ? { 'last-event-id': lastId } : {}, how === 'query' ? `?after=${lastId}` : '')
  ).read();
  say(point('c', 4));
  await until(again, 3);
  expect(again.news.map(({ id }) => id)).toEqual(['s1-3', 's1-4', 's1-5']);
  expect(again.news.every(({ event }) => event === 'patches')).toBe(true);
  // The page takes nothing for the present before the beat behind what it has missed.
  const events = again.events.map(({ id, event }) => id ?? event);
  expect(events).toEqual(['beat', 's1-3', 's1-4', 'beat', 's1-5']);
});

it.each<[string, string, () => void]>([
  ['is of another start', 's0-2', () => say(point('a', 1))],
  ['is of no event that ever was', 's1-999', () => say(point('a', 1))],
  ['is nonsense', '<script>', () => say(point('a', 1))],
  ['is older than what is kept', 's1-1', () => Array.from({ length: 1001 }, (_, n) => say(point('a', n)))],
  ['is of before another whole state', 's1-1', () => rig.say({ kind: 'state', state: stateOf() })],
])('sends all of the state when the last id %s', async (_name, lastId, meanwhile) => {
  meanwhile();
  const stream = (await open({ 'last-event-id': lastId })).read();
  await until(stream, 1);
  expect(stream.news[0]?.event).toBe('state');
});

it('beats every two seconds, says whether the watch is heard, and tells the watch that the panel lives', async () => {
  const stream = (await open()).read();
  await until(stream, 1);
  await rig.clock.advance(2500);
  // What says nothing of how things stand.
  rig.say({ kind: 'entry', entryKind: 'alarm.raised', class: 'fire' });
  rig.say({ kind: 'answer', ask: 1, answer: accepted });
  rig.say({ kind: 'doctor', ask: 2, facts: {} });
  await rig.clock.advance(1500);
  await expect.poll(() => stream.events.filter(({ event }) => event === 'beat').length, soon).toBe(5);
  const beats = stream.events.filter(({ event }) => event === 'beat').map(({ data }) => data);
  expect(beats).toMatchObject([true, true, true, false, false].map((isWatchHeard) => ({ isWatchHeard })));
  expect(rig.posted.filter(({ kind }) => kind === 'beat')).toEqual([
    { kind: 'beat', streams: 1 },
    { kind: 'beat', streams: 1 },
  ]);
});

it('tells at once that the watch has fallen silent: the page knows within five seconds of its last word', async () => {
  const stream = (await open()).read();
  await until(stream, 1);
  await rig.clock.advance(1700);
  say();
  await rig.clock.advance(3500);
  const isSilent = () => stream.events.some(({ data }) => (data as { isWatchHeard?: boolean }).isWatchHeard === false);
  await expect.poll(isSilent, soon).toBe(true);
});

it('tells level I beyond the box that something was noted, and not what: in the state, as it comes, and after a drop', async () => {
  const port = await farDoor();
  const request = get(`http://127.0.0.1:${port}/api/v1/live`, {
    ...{ agent: false, headers: { host: '10.0.0.1', authorization: 'level 1' } },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const far = new LiveReader(request, response).read();
  streams.push(far);
  const own = (await open()).read();
  await until(own, 1);
  await until(far, 1);
  const sinceWall = 5;
  say({ topic: 'shift', value: { person: '张三', sinceWall, note: '钥匙' } });
  await until(own, 2);
  await until(far, 2);
  const again = (await open({ 'last-event-id': 's1-1' })).read();
  await until(again, 1);
  const shown = [own, far, again].map(({ state }) => state.shift);
  const all = { person: '张三', sinceWall, note: '钥匙' };
  expect(shown).toEqual([all, { person: '***', sinceWall, note: null }, all]);
});

it('ends with the session that opened it', async () => {
  const stream = (await open()).read();
  isSignedIn = false;
  await rig.clock.advance(2000);
  await expect.poll(() => stream.isOver, soon).toBe(true);
});

it('cuts a reader that does not read, holds nobody else up, and lets it come back without a hole', async () => {
  const slow = await open();
  slow.response.pause();
  const quick = (await open()).read();
  // Sockets of this computer take some megabytes before anything has to wait here.
  const large = 'x'.repeat(waitingMaxBytes);
  let sent = 0;
  while ((await streamsNow()) === 2 && sent < 400) {
    sent += 1;
    say(point('a', `${sent}${large}`));
    await until(quick, sent + 1);
  }
  expect([await streamsNow(), quick.isOver]).toEqual([1, false]);
  slow.read();
  await expect.poll(() => slow.isOver, soon).toBe(true);
  const back = (await open({ 'last-event-id': slow.lastId })).read();
  await expect.poll(() => back.state.points['a']?.value, soon).toBe(`${sent}${large}`);
});

/** A door whose callers come from 10.0.0.N when they call from 127.0.0.N: what is beyond this box, without a network. */
async function farDoor(): Promise<number> {
  const door = createServer((socket) => {
    Object.defineProperty(socket, 'remoteAddress', { value: socket.remoteAddress?.replace('127.', '10.') });
    rig.app.server.emit('connection', socket);
  });
  await once(door.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void door.close());
  return (door.address() as AddressInfo).port;
}

it('of hundreds from other computers keeps 150, 40 of each, and has a stream left for its own screen', async () => {
  const port = await farDoor();
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  const callFrom = (n: number, text: string): Socket => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${n}` });
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('connect', () => socket.write(text));
    socket.resume();
    return socket;
  };
  const ask = 'GET /api/v1/live HTTP/1.1\r\nHost: 10.0.0.1\r\nAuthorization: level 1\r\n';
  const closed = () => sockets.filter((socket) => socket.closed).length;
  for (let n = 0; n < 60; n += 1) callFrom(1, ask);
  await expect.poll(closed, soon).toBe(20);
  for (let n = 0; n < 240; n += 1) callFrom(2 + (n % 47), ask);
  await expect.poll(closed, soon).toBe(150);
  const own = (await open()).read();
  await until(own, 1);
  own.request.destroy();
  await expect.poll(streamsNow, soon).toBe(0);

  for (const socket of sockets) if (!socket.closed) socket.write('\r\n');
  await expect.poll(streamsNow, soon).toBe(streamsMax);
  const screen = (await open()).read();
  await until(screen, 1);
  expect((await open()).response.statusCode).toBe(503);
  say(point('a', 1));
  await until(screen, 2);
  for (const socket of sockets) socket.destroy();
  await expect.poll(streamsNow, soon).toBe(1);

  const few = Array.from({ length: 12 }, () => callFrom(1, `${ask}\r\n`));
  await expect.poll(streamsNow, soon).toBe(1 + streamsPerAddressMax);
  await expect.poll(() => few.filter((socket) => socket.closed).length, soon).toBe(2);
});

async function streamsNow(): Promise<number> {
  const { body } = await rig.app.inject('/metrics');
  return Number(/^gengfu_panel_streams (\d+)$/m.exec(body)?.[1]);
}

it('ends a search when whoever asked for it closes', async () => {
  const signals: AbortSignal[] = [];
  const search: JournalReading['search'] = async (_span, onEntry, signal) => {
    signals.push(signal);
    await onEntry(entry);
    await once(signal, 'abort');
  };
  const other = panelRig({ reader: { ...journal, search } });
  onTestFinished(() => other.stop());
  const address = await other.app.listen({ host: '127.0.0.1', port: 0 });
  const found = (going: AbortController) =>
    fetch(`${address}/api/v1/history/search`, {
      ...{ method: 'POST', body: '{"filter":{},"text":"x"}', signal: going.signal },
      headers: { 'content-type': 'application/json', 'x-gengfu-csrf': csrf },
    });
  // Four at once are all there may be.
  for (let turn = 0; turn < 2; turn += 1) {
    const going = new AbortController();
    const answers = await Promise.all(Array.from({ length: 7 }, () => found(going)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 429, 429, 429]);
    going.abort();
    await expect.poll(() => signals.every(({ aborted }) => aborted), soon).toBe(true);
  }
  expect(signals).toHaveLength(8);
});

it('listens somewhere else without ending what is open', async () => {
  const stream = (await open()).read();
  await until(stream, 1);
  const before = (rig.app.server.address() as AddressInfo).port;
  await listener.listen('0.0.0.0');
  expect((rig.app.server.address() as AddressInfo).address).toBe('0.0.0.0');
  expect((rig.app.server.address() as AddressInfo).port).not.toBe(before);
  say(point('a', 1));
  await until(stream, 2);
});
