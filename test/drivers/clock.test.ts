/** The real clock, back-off and the calendar (clock.ts, backoff.ts, cron-calendar.ts). The only tests on real time. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Backoff } from '../../drivers/backoff.js';
import { pause, SystemClock, sharedMono } from '../../drivers/clock.js';
import { CronCalendar } from '../../drivers/cron-calendar.js';
import { loadLibc } from '../../drivers/native/libc.js';
import { seeded } from './rig.js';

describe('the system clock', () => {
  const clock = new SystemClock();

  it('agrees with other threads of this process about when something was', async () => {
    const worker = new Worker(`require('node:worker_threads').parentPort.postMessage(process.hrtime.bigint())`, {
      eval: true,
    });
    const beforeMono = sharedMono(clock);
    const [there] = (await once(worker, 'message')) as [bigint];
    expect(Number(there) / 1e6).toBeGreaterThan(beforeMono - 1);
    expect(Number(there) / 1e6).toBeLessThan(sharedMono(clock) + 1);
  });

  it('asks for no time before now when what is due is late: the runtime would warn of it in the log', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    try {
      await new Promise<void>((resolve) => clock.after(-4, resolve));
      expect(set.mock.calls.map(([, delayMs]) => delayMs)).toEqual([0]);
    } finally {
      set.mockRestore();
    }
  });

  it('is never early, in 400 waits of up to 4 ms by either way', async () => {
    const random = seeded(5);
    const early: number[] = [];
    await Promise.all(
      Array.from({ length: 400 }, (_, i) => {
        const dueMono = clock.mono() + random() * 4;
        return new Promise<void>((resolve) => {
          const run = (): void => {
            if (clock.mono() < dueMono) early.push(dueMono - clock.mono());
            resolve();
          };
          if (i % 2 === 0) clock.exactly(dueMono, run);
          else clock.after(dueMono - clock.mono(), run);
        });
      }),
    );
    expect(early).toEqual([]);
  });

  it('is never early either when one waits at a time, as a line does', async () => {
    for (let i = 0; i < 60; i++) {
      const fromMono = clock.mono();
      await new Promise<void>((resolve) => clock.exactly(fromMono + 1.75, resolve));
      expect(clock.mono() - fromMono).toBeGreaterThanOrEqual(1.75);
      const pausedMono = clock.mono();
      await pause(clock, 1.5);
      expect(clock.mono() - pausedMono).toBeGreaterThanOrEqual(1.5);
    }
  });

  it('runs what is due at once, but not before the caller is done, and each only once', async () => {
    let runs = 0;
    const run = () => runs++;
    for (const ms of [0, -5]) {
      clock.after(ms, run);
      clock.exactly(clock.mono() + ms, run);
    }
    expect(runs).toBe(0);
    await pause(clock, 8);
    expect(runs).toBe(4);
  });

  it('does not run what was cancelled, however near it was; cancelling later is harmless', async () => {
    const ran: string[] = [];
    const atMono = clock.mono();
    const cancels = [0, 1, 2, 5].flatMap((ms) => [
      clock.after(ms, () => ran.push(`after ${ms}`)),
      clock.exactly(atMono + ms, () => ran.push(`exactly ${ms}`)),
    ]);
    for (const cancel of cancels) cancel();
    await new Promise<void>((resolve) => {
      const cancelSpinning = clock.exactly(clock.mono() + 0.9, () => ran.push('spinning'));
      clock.exactly(clock.mono() + 0.2, cancelSpinning);
      clock.after(8, resolve);
    });
    for (const cancel of cancels) cancel();
    expect(ran).toEqual([]);
  });

  it.each(['exactly', 'after'] as const)(
    'sleeps to a moment in 60 days in pieces that Node can do: %s',
    async (way) => {
      const dayMs = 86_400_000;
      let mono = 0;
      class SteppedClock extends SystemClock {
        override mono(): number {
          return mono;
        }
      }
      const timers: (readonly [fire: () => void, ms: number])[] = [];
      const fake = (fire: () => void, ms = 0) => {
        timers.push([fire, ms]);
        return 0 as unknown as NodeJS.Timeout;
      };
      vi.spyOn(globalThis, 'setTimeout').mockImplementation(fake as typeof setTimeout);
      let runs = 0;
      new SteppedClock()[way](60 * dayMs, () => runs++);
      for (let n = 0; n < timers.length && n < 10; n++) {
        const [fire, ms] = timers[n] ?? [() => undefined, 0];
        expect([runs, ms <= 2 ** 31 - 1]).toEqual([0, true]);
        mono += ms;
        fire();
      }
      vi.restoreAllMocks();
      mono = Math.max(mono, 60 * dayMs);
      await pause(clock, 2);
      expect([timers.length, runs]).toEqual([3, 1]);
    },
  );

  it('tells time that only grows, a wall time, and that it does not trust it without a sign', () => {
    const stamps = Array.from({ length: 1000 }, () => clock.mono());
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
    expect(clock.wall()).toBeGreaterThan(Date.UTC(2024, 0, 1));
    expect(['trusted', 'untrusted']).toContain(clock.trust());
  });
});

describe('a system clock is trusted', () => {
  /** A clock of a box where things stand like this, looked at until promises have settled. */
  async function trustOf(isMarked: boolean, kernel: (() => boolean | null) | null): Promise<[string, number]> {
    let asked = 0;
    const askKernel = async () => {
      asked++;
      return kernel;
    };
    const clock = new SystemClock({ isMarked: () => isMarked, askKernel });
    clock.trust();
    await pause(clock, 2);
    return [clock.trust(), asked];
  }

  it.each<readonly [promise: string, isMarked: boolean, kernel: (() => boolean | null) | null, trust: string]>([
    ['by the mark of systemd-timesyncd', true, () => false, 'trusted'],
    ['by the kernel, whichever program keeps its clock (chrony, ntpd)', false, () => true, 'trusted'],
    ['not when the kernel says that nobody keeps it', false, () => false, 'untrusted'],
    ['not when the kernel does not tell', false, () => null, 'untrusted'],
    ['not without mark and koffi', false, null, 'untrusted'],
  ])('%s', async (_promise, isMarked, kernel, trust) => {
    // With the mark the C library is not even loaded.
    expect(await trustOf(isMarked, kernel)).toEqual([trust, isMarked ? 0 : 1]);
  });

  it('not by a hint: a word from outside that agrees makes it hinted, any other nothing', async () => {
    const trustAfter = (offMs: number, isMarked = false): string => {
      const clock = new SystemClock({ isMarked: () => isMarked, askKernel: async () => null });
      const wall = clock.wall();
      clock.hint(wall + offMs);
      expect(Math.abs(clock.wall() - wall)).toBeLessThan(1_000);
      return clock.trust();
    };
    expect([trustAfter(0), trustAfter(-110_000), trustAfter(130_000)]).toEqual(['hinted', 'hinted', 'untrusted']);
    expect(trustAfter(0, true)).toBe('trusted');
  });

  it('as soon as a later look finds it kept, and from then on', async () => {
    let mono = 0;
    let isKept = false;
    const keeping = { isMarked: () => false, askKernel: async () => () => isKept };
    class SteppedClock extends SystemClock {
      override mono(): number {
        return mono;
      }
    }
    const clock = new SteppedClock(keeping);
    clock.trust();
    await Promise.resolve();
    isKept = true;
    mono = 59_000;
    expect(clock.trust()).toBe('untrusted');
    mono = 61_000;
    expect(clock.trust()).toBe('trusted');
    isKept = false;
    mono = 200_000;
    expect(clock.trust()).toBe('trusted');
  });

  it('or not by the kernel that runs here, asked for real: it gives an answer and changes nothing', async () => {
    const libc = await loadLibc();
    expect([true, false]).toContain(libc.isClockKept());
  });
});

describe('back-off', () => {
  it('doubles from the first delay to its cap and stays there', () => {
    const backoff = new Backoff(500, 10_000, () => 0.999999);
    const delays = Array.from({ length: 8 }, () => Math.round(backoff.nextMs()));
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
  });

  it('spreads each delay over its upper half', () => {
    const random = seeded(3);
    const delays = Array.from({ length: 500 }, () => new Backoff(1000, 10_000, random).nextMs());
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(500);
    expect(Math.min(...delays)).toBeLessThan(520);
    expect(Math.max(...delays)).toBeLessThan(1000);
    expect(Math.max(...delays)).toBeGreaterThan(980);
  });

  it('begins anew after a reset', () => {
    const backoff = new Backoff(500, 10_000, () => 0);
    for (let i = 0; i < 5; i++) backoff.nextMs();
    backoff.reset();
    expect([backoff.nextMs(), backoff.nextMs()]).toEqual([250, 500]);
  });
});

describe('the calendar', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  function watchOutput(): () => number {
    const spies = [
      ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name)),
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
    ];
    for (const spy of spies) spy.mockImplementation(() => true as never);
    return () => spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  }

  it('runs once a day at its minute, and not after it was cancelled, without a word on the terminal', async () => {
    const written = watchOutput();
    vi.useFakeTimers({ now: new Date(2026, 10, 22, 7, 59, 0) });
    const runs: string[] = [];
    const cancel = new CronCalendar(new SystemClock()).daily('08:00', () =>
      runs.push(new Date().toTimeString().slice(0, 5)),
    );
    await vi.advanceTimersByTimeAsync(30_000);
    expect(runs).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs).toEqual(['08:00']);
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(runs).toEqual(['08:00', '08:00']);
    cancel();
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(runs).toHaveLength(2);
    const count = written();
    vi.restoreAllMocks();
    expect(count).toBe(0);
  });

  it('says nothing on the terminal when the clock is stepped over its minute', async () => {
    const written = watchOutput();
    vi.useFakeTimers({ now: new Date(2026, 10, 22, 7, 59, 50) });
    let runs = 0;
    const cancel = new CronCalendar(new SystemClock()).daily('08:00', () => runs++);
    await vi.advanceTimersByTimeAsync(5_000);
    vi.setSystemTime(new Date(2026, 10, 22, 8, 3, 0));
    await vi.advanceTimersByTimeAsync(120_000);
    cancel();
    const count = written();
    vi.restoreAllMocks();
    expect(runs).toBeLessThanOrEqual(1);
    expect(count).toBe(0);
  });

  it.each([1, -1, 14, -14])(
    'goes by the new time when the clock is set by %i days: its minute comes, and once',
    async (days) => {
      vi.useFakeTimers({ now: new Date(2026, 10, 22, 7, 0, 0) });
      const runs: string[] = [];
      const cancel = new CronCalendar(new SystemClock()).daily('08:00', () =>
        runs.push(new Date().toTimeString().slice(0, 5)),
      );
      await vi.advanceTimersByTimeAsync(10_000);
      vi.setSystemTime(Date.now() + days * 24 * 3_600_000);
      await vi.advanceTimersByTimeAsync(23 * 3_600_000);
      expect(runs).toEqual(['08:00']);
      await vi.advanceTimersByTimeAsync(24 * 3_600_000);
      expect(runs).toEqual(['08:00', '08:00']);
      cancel();
    },
  );
});
