/** The daily programme, over the real calendar and clocks that are set, over fires, nights and restarts. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { brandId } from '../../../config/ids.js';
import type { DayWindow, Weekday } from '../../../config/sounding.js';
import type { ClockTrust } from '../../../config/vocabulary.js';
import { localMinuteOf, SystemClock } from '../../../drivers/clock.js';
import { CronCalendar } from '../../../drivers/cron-calendar.js';
import type { Announcement } from '../../../gateway/voice/announcement.js';
import { Programme } from '../../../gateway/voice/programme.js';
import { hall, says } from './voice-rig.js';

const hourMs = 3_600_000;
const everyDay: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6];
/** Of the machine: the fake timers replace the one that is found later. */
const { hrtime } = process;
const zoneBefore = process.env['TZ'];

/** The real clock on fake timers, except whether it can be trusted. */
class TestClock extends SystemClock {
  trusted: ClockTrust = 'trusted';
  override trust(): ClockTrust {
    return this.trusted;
  }
}

interface Rig {
  readonly clock: TestClock;
  readonly programme: Programme;
  /** `said`, `left-out <why>`, `withdrawn`, each with the local time. */
  readonly told: string[];
  readonly announced: Announcement[];
  isFireStanding: boolean;
}

function rigAt(at: string, days: readonly Weekday[] = everyDay, quietHours: DayWindow | null = null): Rig {
  const clock = new TestClock();
  const time = (): string => new Date().toTimeString().slice(0, 5);
  const told: string[] = [];
  const announced: Announcement[] = [];
  const rig = { clock, told, announced, isFireStanding: false };
  const programme = new Programme({
    items: [{ id: brandId('morning'), say: { message: brandId('m'), speakers: [hall] }, at, days, times: 1 }],
    quietHours,
    calendar: new CronCalendar(clock),
    clock,
    localMinute: () => localMinuteOf(clock.wall()),
    voice: {
      announce: (announcement) => {
        announced.push(announcement);
        told.push(`said ${time()}`);
      },
      leaveOut: (_announcement, why) => void told.push(`${why} ${time()}`),
      withdraw: (id) => void told.push(`withdrawn ${id}`),
    },
    sayingsOf: () => new Map([[hall, [says('早上好')]]]),
    isFireStanding: () => rig.isFireStanding,
  });
  programme.start();
  return Object.assign(rig, { programme });
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 22, 7, 0, 0) });
});

afterEach(() => {
  vi.useRealTimers();
  if (zoneBefore === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zoneBefore;
});

const hours = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * hourMs);

it('is said at its minute on its days only, by the calendar, and given up ten minutes later', async () => {
  // 2026-11-22 is a Sunday.
  const rig = rigAt('08:00', [1, 3]);
  await hours(4 * 24);
  expect(rig.told).toEqual(['said 08:00', 'said 08:00']);
  const [first] = rig.announced;
  expect(first).toMatchObject({ rank: 'programme', origin: 'calendar', volume: null });
  expect((first?.untilMono ?? 0) - rig.clock.mono()).toBeLessThan(0);
  rig.programme.stop();
  await hours(14 * 24);
  expect(rig.told).toHaveLength(2);
});

it('a clock that is set back does not say it again; a clock that is set forward over it leaves it out, and the next day it comes', async () => {
  const rig = rigAt('08:00');
  await hours(1.05);
  vi.setSystemTime(new Date(2026, 10, 22, 7, 50, 0));
  await hours(1);
  expect(rig.told).toEqual(['said 08:00', 'said-lately 08:00']);
  vi.setSystemTime(new Date(2026, 10, 23, 9, 0, 0));
  await hours(12);
  expect(rig.told).toHaveLength(2);
  await hours(12);
  expect(rig.told.slice(2)).toEqual(['said 08:00']);
});

it('a box without a clock of its own wakes in 1970 and is set: nothing is said by the wrong time, nothing is late by the right one', async () => {
  vi.setSystemTime(new Date(1970, 0, 1, 7, 59, 30));
  const rig = rigAt('08:00');
  rig.clock.trusted = 'untrusted';
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rig.told).toEqual(['clock-untrusted 08:00']);
  vi.setSystemTime(new Date(2026, 10, 22, 7, 58, 0));
  rig.clock.trusted = 'trusted';
  const startedNs = hrtime.bigint();
  await vi.advanceTimersByTimeAsync(150_000);
  expect(rig.told.slice(1)).toEqual(['said 08:00']);
  // A step of 56 years holds nobody up.
  expect(Number(hrtime.bigint() - startedNs) / 1e6).toBeLessThan(1000);
});

it('summer time: what stands in the hour that comes twice is said once, in the hour that is missing not at all', async () => {
  process.env['TZ'] = 'Europe/Berlin';
  vi.setSystemTime(new Date(2026, 9, 25, 1, 0, 0));
  const autumn = rigAt('02:30');
  await hours(6);
  expect(autumn.told).toEqual(['said 02:30']);
  autumn.programme.stop();
  vi.setSystemTime(new Date(2026, 2, 29, 1, 0, 0));
  const spring = rigAt('02:30');
  await hours(6);
  expect(spring.told).toEqual([]);
  await hours(24);
  expect(spring.told).toEqual(['said 02:30']);
});

it('on days of the week as people count them, wherever the box stands', async () => {
  for (const [zone, now] of [
    ['Asia/Shanghai', '2026-11-21T15:00:00Z'],
    ['America/St_Johns', '2026-11-22T02:00:00Z'],
  ] as const) {
    process.env['TZ'] = zone;
    vi.setSystemTime(new Date(now));
    const rigs = [rigAt('00:10', [0]), rigAt('23:50', [0])];
    await hours(2 * 24);
    const said = rigs.flatMap(({ announced, told, clock }) => {
      const dayOf = ({ untilMono }: Announcement): number =>
        new Date(clock.wall() - clock.mono() + untilMono - 600_000).getDay();
      return [...told, ...announced.map(dayOf)];
    });
    expect(said).toEqual(['said 00:10', 0, 'said 23:50', 0]);
    for (const { programme } of rigs) programme.stop();
  }
});

it('after a restart what is over is not made up for', async () => {
  const before = rigAt('08:00');
  await hours(1.001);
  before.programme.stop();
  const after = rigAt('08:00');
  await hours(12);
  expect([before.told, after.told]).toEqual([['said 08:00'], []]);
  await hours(12);
  expect(after.told).toEqual(['said 08:00']);
});

it('gives way to a fire that stands, and to the night; what waits ends where the night begins', async () => {
  const night = { fromMin: 21 * 60, toMin: 6 * 60 };
  const rig = rigAt('08:00', everyDay, night);
  rig.isFireStanding = true;
  rig.programme.giveWay();
  await hours(2);
  expect(rig.told).toEqual(['withdrawn programme:morning', 'fire 08:00']);
  rig.programme.stop();
  const late = rigAt('05:59', everyDay, night);
  await hours(24);
  expect(late.told).toEqual(['quiet-hours 05:59']);
  late.programme.stop();
  const evening = rigAt('20:55', everyDay, night);
  await hours(11.92);
  expect(evening.told).toEqual(['said 20:55']);
  const leftMs = (evening.announced[0]?.untilMono ?? 0) - evening.clock.mono();
  expect(leftMs / 60_000).toBeGreaterThan(3);
  expect(leftMs / 60_000).toBeLessThanOrEqual(5);
});
