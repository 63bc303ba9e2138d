/** How the page keeps its line to the gateway, with a browser of paper: sleep, hidden pages, answers that are late or missing. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '../../gateway/panel/api/session.js';
import { accepted, anAlarm, aSite, aState, beganWall, inAlarm } from './page-village.js';

type Listener = (event: { readonly data: string }) => void;

class Stream {
  static readonly CLOSED = 2;
  static all: Stream[] = [];
  readyState = 1;
  readonly #listeners = new Map<string, Listener[]>();
  constructor() {
    Stream.all.push(this);
  }
  addEventListener(event: string, listener: Listener): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }
  close(): void {
    this.readyState = Stream.CLOSED;
  }
  say(event: string, value: unknown = null): void {
    for (const listener of this.#listeners.get(event) ?? []) listener({ data: JSON.stringify(value) });
  }
}

const screen: Me = { user: null, level: 1, isOwnScreen: true, csrf: 'one', endsWall: null, needsSetup: false };
const watchMan: Me = { ...screen, user: 'li', level: 2, csrf: 'two' };
const doc = { hidden: false, addEventListener: (_: string, take: () => void) => shown.push(take) };
const shown: (() => void)[] = [];
/** By `GET /api/v1/site`; null: it fails. */
let answers: Record<string, () => unknown>;
let asked: string[];

async function answer(url: string, { method }: { method: string }): Promise<unknown> {
  const route = `${method} ${url.replace('/api/v1/', '')}`;
  asked.push(route);
  const value = await answers[route]?.();
  if (value === undefined || value === null) throw new Error('no answer');
  const status = (value as { status?: number }).status ?? 200;
  return { ok: status < 400, status, json: async () => value };
}

async function openPage(level: number) {
  const connection = await import('../../gateway/panel/page/src/live/connection.js');
  const session = await import('../../gateway/panel/page/src/session/session.js');
  const order = await import('../../gateway/panel/page/src/live/order.js');
  connection.keepWatch();
  session.takeMe({ ...screen, level: level as Me['level'] });
  await vi.advanceTimersByTimeAsync(1);
  const begin = (stream = Stream.all.at(-1)): void => {
    stream?.say('open');
    stream?.say('beat', { wall: beganWall, isWatchHeard: true });
    stream?.say('state', inAlarm(aState(), { smoke7: anAlarm({}) }));
    stream?.say('beat', { wall: beganWall, isWatchHeard: true });
  };
  return { ...connection, ...session, ...order, begin };
}

beforeEach(() => {
  vi.useFakeTimers({ now: beganWall });
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('document', doc);
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('fetch', answer);
  Stream.all = [];
  asked = [];
  doc.hidden = false;
  shown.length = 0;
  answers = {
    'GET site': aSite,
    'GET me': () => screen,
    'GET brief': () => ({ state: 'normal', isSounding: false, wall: Date.now() }),
  };
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('the line to the gateway', () => {
  it('is lost after a sleep whatever had waited in it, and opened anew', async () => {
    const page = await openPage(1);
    page.begin();
    expect(page.live.get().contact).toBe('live');
    const [before] = Stream.all;
    // The browser's own count stands still meanwhile.
    vi.setSystemTime(Date.now() + 6 * 3_600_000);
    before?.say('beat', { wall: beganWall, isWatchHeard: true });
    expect([page.live.get().contact, Stream.all.length, before?.readyState]).toEqual(['lost', 2, Stream.CLOSED]);
    before?.say('patches', []);
    expect(page.live.get().contact).toBe('lost');
    page.begin();
    expect(page.live.get().contact).toBe('live');
    vi.setSystemTime(Date.now() + 6 * 3_600_000);
    for (const show of shown) show();
    expect(page.live.get().contact).toBe('lost');
  });

  it('asks for the site until it has come, and takes no answer that was overtaken', async () => {
    const page = await openPage(1);
    answers['GET site'] = () => ({ status: 503 });
    page.begin();
    await vi.advanceTimersByTimeAsync(1500);
    expect(page.site.get()).toBeNull();
    answers['GET site'] = aSite;
    await vi.advanceTimersByTimeAsync(1000);
    expect(page.site.get()?.id).toBe('yunxi');
    answers['GET site'] = () => new Promise((done) => setTimeout(() => done({ ...aSite(), id: 'before' }), 3000));
    Stream.all.at(-1)?.say('state', aState());
    answers['GET site'] = () => ({ ...aSite(), id: 'now' });
    Stream.all.at(-1)?.say('state', aState());
    await vi.advanceTimersByTimeAsync(4000);
    expect(page.site.get()?.id).toBe('now');
  });

  it('is not called lost by a hidden page that asks once a minute, but by an answer that does not come', async () => {
    const page = await openPage(0);
    const contacts: string[] = [];
    page.live.subscribe(() => contacts.push(page.live.get().contact));
    doc.hidden = true;
    // As a browser does to the timers of a hidden page; the look comes before the question.
    const realTimeout = setTimeout;
    vi.stubGlobal('setTimeout', (take: () => void, ms: number) => realTimeout(take, Math.max(ms, 60_000)));
    await vi.advanceTimersByTimeAsync(180_000);
    expect(asked.filter((route) => route === 'GET brief').length).toBeGreaterThan(3);
    expect(contacts.includes('lost')).toBe(false);
    answers['GET brief'] = () => new Promise(() => {});
    await vi.advanceTimersByTimeAsync(65_000);
    expect(contacts.at(-1)).toBe('lost');
  });

  it('takes no answer for the present that was long on its way', async () => {
    const page = await openPage(0);
    answers['GET brief'] = () =>
      new Promise((done) => setTimeout(() => done({ state: 'normal', isSounding: false, wall: beganWall }), 9000));
    await vi.advanceTimersByTimeAsync(12_000);
    expect(page.live.get().contact).toBe('lost');
  });
});

describe('whoever has signed out', () => {
  it('leaves no answer, no order and no door on the screen', async () => {
    const page = await openPage(1);
    page.takeMe(watchMan);
    await vi.advanceTimersByTimeAsync(1);
    page.begin();
    await vi.advanceTimersByTimeAsync(1);
    const still = [{ subject: 'call2', class: 'fire', zh: '王家厨房烟感', en: 'kitchen' }];
    answers['POST orders'] = () => accepted({ still: still as never });
    await page.giveOrder({ ask: 'reset', boot: 'b1', order: 4 });
    expect(page.ordering.get().last?.answer?.still).toHaveLength(1);
    answers['POST orders'] = () =>
      new Promise((done) => setTimeout(() => done(accepted({ still: still as never })), 500));
    const late = page.giveOrder({ ask: 'note', incident: 'i', text: '李大娘已接出' } as never);
    page.takeMe({ ...screen, level: 0, isOwnScreen: false });
    expect([page.ordering.get(), page.site.get()]).toEqual([{ busyKeys: [], busy: null, last: null }, null]);
    await vi.advanceTimersByTimeAsync(1000);
    await late;
    expect(page.ordering.get().last).toBeNull();
  });
});

describe('a session', () => {
  const signedIn = async (leftMs: number) => {
    const page = await openPage(1);
    page.keepSession();
    await vi.advanceTimersByTimeAsync(1);
    page.begin();
    const signed = { ...watchMan, endsWall: beganWall + leftMs };
    answers['GET me'] = () => signed;
    page.takeMe(signed);
    await vi.advanceTimersByTimeAsync(1);
    page.begin();
    await vi.advanceTimersByTimeAsync(1);
    return page;
  };

  it('ends on the screen when its time is over, although the gateway can not be heard', async () => {
    const page = await signedIn(60_000);
    answers['GET me'] = () => null;
    await vi.advanceTimersByTimeAsync(55_000);
    expect([page.me.get()?.user, page.live.get().contact]).toEqual(['li', 'lost']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([page.me.get(), page.live.get().state, page.site.get()]).toMatchObject([
      { user: null, level: 1 },
      null,
      null,
    ]);
  });

  it('ends on the screen after a sleep, and lives on when the gateway says so', async () => {
    const page = await signedIn(15 * 60_000);
    answers['GET me'] = () => null;
    vi.setSystemTime(Date.now() + 8 * 3_600_000);
    await vi.advanceTimersByTimeAsync(1100);
    expect(page.me.get()?.user).toBeNull();
    answers['GET me'] = () => ({ ...watchMan, endsWall: Date.now() + 900_000 });
    page.takeMe({ ...watchMan, endsWall: beganWall });
    page.begin();
    await vi.advanceTimersByTimeAsync(1100);
    expect(page.me.get()?.user).toBe('li');
  });
});

describe('an order', () => {
  it('keeps no other key waiting, and is no second one of the same key', async () => {
    const page = await openPage(1);
    answers['POST orders'] = () => new Promise((done) => setTimeout(() => done(accepted()), 500));
    const given = [
      page.giveOrder({ ask: 'note', incident: 'i', text: 'x' }),
      page.giveOrder({ ask: 'reset', boot: 'b1', order: 4 }),
      page.giveOrder({ ask: 'silence', boot: 'b1', order: 4 }),
      page.giveOrder({ ask: 'silence', boot: 'b1', order: 4 }),
      page.giveOrder({ ask: 'note', incident: 'i', text: 'x' }),
    ];
    expect(page.ordering.get()).toMatchObject({ busyKeys: ['reset', 'silence'], busy: 'note' });
    await vi.advanceTimersByTimeAsync(600);
    expect((await Promise.all(given)).map((last) => last?.answer?.accepted ?? null)).toEqual([
      true,
      true,
      true,
      null,
      null,
    ]);
    expect(page.ordering.get()).toMatchObject({ busyKeys: [], busy: null });
  });

  it.each([
    ['silence', 2, true],
    ['reset', 1, null],
  ] as const)('%s after the session has ended at the own screen: sent %i times', async (ask, times, accepts) => {
    const page = await openPage(1);
    page.keepSession();
    await vi.advanceTimersByTimeAsync(1);
    const refused = { status: 403, code: 'csrf', words: { zh: '缺少防伪标记', en: 'csrf' } };
    answers['POST orders'] = () =>
      asked.filter((route) => route === 'POST orders').length === 1 ? refused : accepted();
    const last = await page.giveOrder({ ask, boot: 'b1', order: 4 });
    expect([last?.answer?.accepted ?? null, asked.filter((route) => route === 'POST orders').length]).toEqual([
      accepts,
      times,
    ]);
    expect(page.ordering.get()).toMatchObject({ busyKeys: [], last });
  });
});
