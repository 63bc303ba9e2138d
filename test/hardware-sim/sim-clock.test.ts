import { describe, expect, it } from 'vitest';
import { SimClock, type SimClockOptions } from '../../hardware-sim/sim-clock.js';
import { seeded } from '../drivers/rig.js';

type Settle = NonNullable<SimClockOptions['settle']>;
const kinds: readonly Settle[] = ['turn', 'ticks'];
const clockOf = (settle: Settle): SimClock => new SimClock(0, 'trusted', { settle });

/** Ticks that begin promises that begin ticks, `links` times, from inside whatever runs now. */
function chain(links: number, end: () => void): void {
  if (links === 0) end();
  else process.nextTick(() => void Promise.resolve().then(async () => chain(links - 1, end)));
}

describe.each(kinds)('a virtual clock that settles by %s', (settle) => {
  it('runs timers by their time, those of one moment as they were set, and none that was cancelled', async () => {
    const [clock, random] = [clockOf(settle), seeded(39)];
    const ran: { readonly due: number; readonly order: number; readonly at: number }[] = [];
    const set: { readonly due: number; readonly order: number }[] = [];
    const cancelled = new Set<number>();
    const cancels: (() => void)[] = [];
    const add = (): void => {
      const [order, due] = [set.length, clock.mono() + Math.floor(random() * 20)];
      set.push({ due, order });
      cancels.push(clock.exactly(due, () => happen(due, order)));
    };
    const happen = (due: number, order: number): void => {
      ran.push({ due, order, at: clock.mono() });
      if (set.length < 600) for (let each = 0; each < 3; each++) add();
      const victim = Math.floor(random() * cancels.length);
      if (!ran.some((one) => one.order === victim)) cancelled.add(victim);
      cancels[victim]?.();
    };
    for (let each = 0; each < 40; each++) add();
    await clock.advance(1000);
    const wanted = set
      .filter(({ order }) => !cancelled.has(order))
      .sort((a, b) => a.due - b.due || a.order - b.order)
      .map(({ due, order }) => ({ due, order, at: due }));
    expect(ran).toEqual(wanted);
    expect(cancelled.size).toBeGreaterThan(50);
    expect([clock.pending, clock.ran, clock.mono()]).toEqual([0, ran.length, 1000]);
  });

  it('lets ticks and promises come to their end between two timers, however they feed each other', async () => {
    const clock = clockOf(settle);
    const seen: string[] = [];
    for (let each = 0; each < 40; each++) {
      clock.after(5, () => {
        void (async () => {
          for (let hop = 0; hop < each; hop++) await null;
          chain(each, () => seen.push(`chain ${each} at ${clock.mono()}`));
        })();
      });
      clock.after(5, () => void seen.push(`timer ${each}`));
    }
    chain(30, () => seen.push('what was under way'));
    await clock.advance(5);
    const each = (index: number): readonly string[] => [`chain ${index} at 5`, `timer ${index}`];
    expect(seen).toEqual(['what was under way', ...Array.from({ length: 40 }, (_, index) => each(index)).flat()]);
  });

  it('gives the event loop its turns, and throws what a timer throws, once', async () => {
    const clock = clockOf(settle);
    let isHeard = false;
    clock.after(1, () => void setImmediate(() => setTimeout(() => (isHeard = true), 0)));
    for (let each = 0; each < 20_000 && !isHeard; each += 2000) {
      for (let more = 0; more < 2000; more++) clock.after(2, () => undefined);
      await clock.advance(2);
    }
    expect(isHeard).toBe(true);
    clock.after(1, () => {
      throw new Error('broken');
    });
    clock.after(2, () => undefined);
    await expect(clock.advance(5)).rejects.toThrow('broken');
    await clock.advance(5);
    expect(clock.pending).toBe(0);
  });

  it('waits in steps for something to be true, and says when it never is', async () => {
    const clock = clockOf(settle);
    let isTrue = false;
    clock.after(7.5, () => void Promise.resolve().then(() => (isTrue = true)));
    expect(await clock.until(() => isTrue, 100)).toBe(8);
    await expect(clock.until(() => false, 100)).rejects.toThrow('not true after 100 virtual ms');
    expect(clock.mono()).toBe(108);
  });

  it('names a live lock', async () => {
    const clock = clockOf(settle);
    const askAgain = (): void => void clock.after(0, askAgain);
    clock.after(3, askAgain);
    const moment = 'more than 100000 timers at the virtual moment 3 ms, the last of them: askAgain';
    await expect(clock.advance(10)).rejects.toThrow(moment);
  });
});

describe('the wall of a virtual clock', () => {
  it('drifts and steps without jumping by itself, and without moving monotonic time', async () => {
    const clock = new SimClock(1_000_000);
    await clock.advance(10_000);
    clock.setDriftPpm(100);
    expect(clock.wall()).toBe(1_010_000);
    await clock.advance(100_000);
    expect(clock.wall()).toBe(1_110_010);
    clock.setDriftPpm(-1000);
    expect(clock.wall()).toBe(1_110_010);
    clock.stepWall(-500);
    await clock.advance(100_000);
    expect([clock.wall(), clock.mono()]).toEqual([1_209_410, 210_000]);
  });
});
