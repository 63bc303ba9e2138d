/** What the service manager hears of the watch, on the virtual clock. */
import { describe, expect, test } from 'vitest';
import { CheckIns } from '../../gateway/health/check-ins.js';
import { ServiceNotice } from '../../gateway/health/service-notice.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';

const scanned = { kind: 'site.scanned', tookMs: 1, asked: 24, silent: 1 } as const;
const words = { zh: '守望中', en: 'watching' };

function starting(watchdogMs: number | null = 10_000) {
  const clock = new SimClock();
  const checkIns = new CheckIns(clock, () => undefined);
  const told: { readonly atMs: number; readonly line: string }[] = [];
  const notice = new ServiceNotice({
    manager: { watchdogMs, tell: (lines) => void told.push(...lines.map((line) => ({ atMs: clock.mono(), line }))) },
    clock,
  });
  return {
    ...{ clock, checkIns, told, notice },
    watch: () => notice.watching(words, () => checkIns.isWatchOverdue),
    timesOf: (start: string) => told.filter(({ line }) => line.startsWith(start)).map(({ atMs }) => atMs),
    /** A loop that checks in once a second until it hangs. */
    loop: (name: string, weight: 'watch' | 'beside') => {
      const checkIn = checkIns.register(name, 5000, weight);
      const part = { isHung: false };
      const round = (): void => {
        if (part.isHung) return;
        checkIn();
        clock.after(1000, round);
      };
      round();
      return part;
    },
  };
}

describe('READY', () => {
  test('is told once, when everything was asked once', async () => {
    const rig = starting();
    rig.watch();
    await rig.clock.advance(700);
    expect(rig.timesOf('READY')).toEqual([]);
    rig.notice.see(scanned);
    rig.notice.see(scanned);
    rig.watch();
    await rig.clock.advance(60_000);
    expect(rig.timesOf('READY')).toEqual([700]);
    expect(rig.told.map(({ line }) => line)).toContain(
      'STATUS=守望中：查询 24，无应答 1 / watching: 24 asked, 1 silent',
    );
  });

  test('does not wait for a line that is dead longer than 5 s of watching', async () => {
    const rig = starting();
    await rig.clock.advance(2000);
    rig.watch();
    await rig.clock.advance(60_000);
    expect(rig.timesOf('READY')).toEqual([7000]);
  });

  test('is told at once by a site where nothing is asked, however early that was said', async () => {
    const rig = starting();
    rig.notice.see(scanned);
    rig.watch();
    expect(rig.timesOf('READY')).toEqual([0]);
  });

  test('a start that takes long asks for more time, but not for ever', async () => {
    const rig = starting();
    await rig.clock.advance(20_000);
    expect(rig.timesOf('EXTEND_TIMEOUT_USEC=15000000')).toEqual([5000, 10_000, 15_000, 20_000]);
    await rig.clock.advance(600_000);
    expect(rig.timesOf('EXTEND').at(-1)).toBeLessThanOrEqual(180_000);
  });
});

describe('WATCHDOG', () => {
  test('is fed five times in each wait while every loop makes progress', async () => {
    const rig = starting();
    rig.loop('scan:smoke-1', 'watch');
    rig.watch();
    rig.notice.see(scanned);
    await rig.clock.advance(20_000);
    expect(rig.timesOf('WATCHDOG')).toHaveLength(11);
  });

  test('is fed no more once a loop of the watch hangs, although the clock goes on', async () => {
    const rig = starting();
    const loop = rig.loop('scan:smoke-1', 'watch');
    rig.watch();
    rig.notice.see(scanned);
    await rig.clock.advance(20_000);
    loop.isHung = true;
    await rig.clock.advance(60_000);
    expect(rig.timesOf('WATCHDOG').at(-1)).toBeLessThanOrEqual(25_000);
  });

  test('is fed on while only something beside the watch hangs: a disk that hangs would hang in the next gateway too', async () => {
    const rig = starting();
    const loop = rig.loop('box:disk_free', 'beside');
    rig.watch();
    rig.notice.see(scanned);
    loop.isHung = true;
    await rig.clock.advance(60_000);
    expect(rig.timesOf('WATCHDOG').at(-1)).toBeGreaterThanOrEqual(58_000);
    expect(rig.checkIns.isAnyOverdue).toBe(true);
  });

  test('is not fed where nobody waits for it, nor before READY', async () => {
    const unwatched = starting(null);
    unwatched.watch();
    await unwatched.clock.advance(60_000);
    expect(unwatched.timesOf('WATCHDOG')).toEqual([]);
    const early = starting();
    early.watch();
    await early.clock.advance(4900);
    expect(early.timesOf('WATCHDOG')).toEqual([]);
  });
});

test('STOPPING is told once and is the last word, also of a gateway that was not ready yet', async () => {
  for (const isReady of [true, false]) {
    const rig = starting();
    rig.watch();
    if (isReady) rig.notice.see(scanned);
    await rig.clock.advance(3000);
    rig.notice.stopping();
    rig.notice.stopping();
    rig.notice.see(scanned);
    await rig.clock.advance(60_000);
    expect(rig.timesOf('STOPPING')).toEqual([3000]);
    expect(rig.told.at(-1)?.line).toBe('STATUS=正在停止 / stopping');
  }
});
