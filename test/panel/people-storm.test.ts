import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HashTurns } from '../../gateway/panel/server/people/hash-turns.js';
import { NoteMeasure } from '../../gateway/panel/server/people/note-measure.js';
import {
  hashPassword,
  isPassword,
  keptPassword,
  passwordOfNobody,
} from '../../gateway/panel/server/people/password-hash.js';
import { Throttle } from '../../gateway/panel/server/people/throttle.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { Browser, cheap, goodPassword, phone, staffedRig } from './people-rig.js';

const minuteMs = 60_000;

describe('a storm of wrong passwords', () => {
  it('waits after five, longer each time, up to a quarter of an hour, and is told once per wait', async () => {
    const rig = await staffedRig();
    const browser = phone(rig);
    const waits: number[] = [];
    for (let at = 0; at < 16; at++) {
      const asked = await rig.people.gate.signIn(browser.caller(), browser.who(), { user: 'li', password: 'guess' });
      if (asked.kind === 'refused' && asked.retryAfterS !== null) {
        waits.push(asked.retryAfterS);
        await rig.clock.advance(asked.retryAfterS * 1000);
        at--;
        if (waits.length === 10) break;
      }
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
    expect(rig.notes.filter(({ is }) => is === 'throttled').length).toBeGreaterThan(5);
    expect(await browser.signIn('li', goodPassword)).toBeNull();
    expect(await browser.signIn('li', 'guess')).toBe('wrong-password');
  });

  it('treats a name that does not exist as it does one that does', async () => {
    const rig = await staffedRig();
    const codes = async (user: string, address: string) => {
      const all: (string | null)[] = [];
      for (let at = 0; at < 8; at++) all.push(await phone(rig, address).signIn(user, 'guess'));
      return all;
    };
    expect(await codes('nobody', '10.0.0.1')).toEqual(await codes('li', '10.0.0.2'));
  });

  it('wins nothing by trying many at once', async () => {
    const rig = await staffedRig();
    const all = await Promise.all(Array.from({ length: 20 }, () => phone(rig).signIn('li', 'guess')));
    expect(all.filter((code) => code === 'wrong-password')).toHaveLength(5);
  });

  it('from hundreds of addresses keeps nobody from the own screen', async () => {
    const rig = await staffedRig();
    for (let at = 0; at < 250; at++) await phone(rig, `10.0.0.${at}`).signIn('li', 'guess');
    expect(await phone(rig, '10.9.9.9').signIn('li', goodPassword)).toBe('wait');
    expect(await new Browser(rig).signIn('li', goodPassword)).toBeNull();
    // Told, and not hundreds of times.
    await rig.clock.advance(minuteMs);
    expect(rig.notes.length).toBeLessThan(20);
  });

  it('does not hold up who has been given a new password', async () => {
    const rig = await staffedRig();
    for (let at = 0; at < 9; at++) await phone(rig, `10.0.0.${at}`).signIn('li', 'guess');
    const screen = new Browser(rig);
    await screen.signIn('wang', goodPassword);
    const body = { user: 'li', level: 2, password: `${goodPassword}!` };
    await screen.done(await rig.people.gate.setUser(screen.caller(), screen.who(), body));
    expect(await phone(rig, '10.9.9.9').signIn('li', body.password)).toBeNull();
  });

  it('fills no memory, and invented names and addresses push no real one out', () => {
    const throttle = new Throttle(new SimClock());
    const away = { isKnown: true, isOwnScreen: false };
    for (let at = 0; at < 5; at++) throttle.begin({ ...away, user: 'li', address: `10.1.1.${at}` });
    for (let at = 0; at < 4_000; at++)
      throttle.begin({
        ...away,
        user: `n${at}`,
        isKnown: false,
        address: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
      });
    expect(throttle.size()).toBeLessThan(1_400);
    expect(throttle.begin({ ...away, user: 'li', address: '10.2.2.2' }).waitMs).toBeGreaterThan(0);
  });

  it('counts all addresses of an IPv6 household as one', () => {
    const throttle = new Throttle(new SimClock());
    const at = (address: string, user: string) =>
      throttle.begin({ user, isKnown: false, address, isOwnScreen: false }).waitMs;
    for (let n = 1; n <= 5; n++) expect(at(`2001:db8:0:7::${n}`, `a${n}`)).toBe(0);
    expect(at('2001:db8:0:7:ffff::9', 'b')).toBeGreaterThan(0);
    expect(at('2001:db8:0:8::1', 'c')).toBe(0);
    expect(at('2001:db8::1', 'd')).toBe(0);
    for (let n = 1; n <= 5; n++) expect(at('fe80::a%eth0', `e${n}`)).toBe(0);
    expect([at('fe80::a%eth0', 'f') > 0, at('fe80::b%eth0', 'f')]).toEqual([true, 0]);
  });

  it('is forgotten an hour after the wait', async () => {
    const clock = new SimClock();
    const throttle = new Throttle(clock);
    const by = { user: 'li', isKnown: true, address: '10.0.0.1', isOwnScreen: false };
    for (let at = 0; at < 5; at++) throttle.begin(by);
    await clock.advance(5_000 + 60 * minuteMs);
    expect([1, 2, 3, 4].map(() => throttle.begin(by).isLast)).toEqual([false, false, false, false]);
  });
});

describe('passwords that are computed', () => {
  it('are kept with their cost, which may change without anybody losing his', async () => {
    const [now, before] = [
      await hashPassword(goodPassword, randomBytes),
      await hashPassword(goodPassword, randomBytes, cheap),
    ];
    expect([now.n, now.r, now.p, before.n]).toEqual([2 ** 15, 8, 1, cheap.n]);
    for (const kept of [now, before]) expect(keptPassword.parse(kept)).toEqual(kept);
    expect(await isPassword(goodPassword, now)).toBe(true);
    expect(await isPassword(goodPassword, before)).toBe(true);
    expect(await isPassword(`${goodPassword} `, before)).toBe(false);
    expect(await isPassword(goodPassword, passwordOfNobody(randomBytes, cheap))).toBe(false);
    const costs = [{ n: 2 ** 24 }, { n: 1000 }, { p: 99 }, { r: 0 }, { salt: 'AA==' }, { hash: '' }];
    for (const cost of costs) expect(keptPassword.safeParse({ ...before, ...cost }).success).toBe(false);
  });

  it('come one at a time, the own screen first, and the rest is told to come back', async () => {
    const turns = new HashTurns();
    const order: string[] = [];
    let running = 0;
    const one = (name: string, isOwn: boolean) =>
      turns.take(isOwn, async () => {
        running++;
        expect(running).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        order.push(name);
      });
    const away = Array.from({ length: 20 }, (_, at) => one(`away ${at}`, false));
    const own = one('own', true);
    const taken = await Promise.all(away);
    await own;
    expect(taken.filter((each) => each === null)).toHaveLength(11);
    expect(order.slice(0, 3)).toEqual(['away 0', 'own', 'away 1']);
  });

  it('go on after one that failed', async () => {
    const turns = new HashTurns();
    const failed = turns.take(false, () => Promise.reject(new Error('no memory')));
    const next = turns.take(false, async () => 7);
    await expect(failed).rejects.toThrow('no memory');
    expect(await next).toEqual({ value: 7 });
    expect(await turns.take(false, async () => 8)).toEqual({ value: 8 });
  });
});

describe('notes of refusals', () => {
  it('are counted after the first ten of a minute; what people did is always told', async () => {
    const clock = new SimClock();
    const told: (number | undefined)[] = [];
    const measure = new NoteMeasure(clock, ({ is, count }) => told.push(is === 'refused' ? (count ?? 1) : undefined));
    for (let at = 0; at < 500; at++) measure.tell({ is: 'refused', user: '?', by: null, from: `10.0.0.${at}` });
    measure.tell({ is: 'signed-in', user: 'li', by: null, from: '10.0.0.1' });
    expect(told).toEqual([...Array(10).fill(1), undefined]);
    await clock.advance(minuteMs);
    expect(told.at(-1)).toBe(490);
    measure.tell({ is: 'refused', user: '?', by: null, from: '10.0.0.1' });
    expect(told.at(-1)).toBe(1);
    expect(clock.pending).toBe(1);
  });
});
