/** A reduced start: the watch itself at once, what only tells of it after a minute. */
import { expect, test } from 'vitest';
import type { Calendar } from '../../drivers/calendar.js';
import { lateCalendar } from '../../gateway/health/late-calendar.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { kitchen, streetSiren, VillageRig } from './village-rig.js';

const laterMs = 60_000;

test('a fire sounds its siren and is journaled at once; the district hears of it when the minute is over', async () => {
  const rig = await VillageRig.watching({ besidesAfterMs: laterMs });
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(5000);
  expect(rig.entriesOf('output.commanded').map(({ subject }) => subject)).toContain(`output:${streetSiren}`);
  expect(rig.uplink.reports).toEqual([]);
  await rig.clock.advance(laterMs);
  const classes = rig.uplink.reports.map((report) => ('entry' in report ? report.entry.class : null));
  expect(classes).toContain('fire');
  await rig.stop();
});

test('one that is stopped within the minute starts nothing afterwards', async () => {
  const rig = await VillageRig.watching({ besidesAfterMs: laterMs });
  await rig.stop();
  await rig.clock.advance(2 * laterMs);
  expect(rig.uplink.reports).toEqual([]);
});

test('the calendar registers its days after the minute, and never what was taken back before', async () => {
  const clock = new SimClock();
  const days: string[] = [];
  const plain: Calendar = {
    daily: (at) => {
      days.push(`+${at}`);
      return () => void days.push(`-${at}`);
    },
    weekly: (at) => {
      days.push(`+${at}`);
      return () => void days.push(`-${at}`);
    },
  };
  const late = lateCalendar(plain, clock, laterMs);
  late.daily('08:00', () => undefined)();
  const kept = late.weekly('09:00', [1], () => undefined);
  await clock.advance(laterMs - 1);
  expect(days).toEqual([]);
  await clock.advance(1);
  expect(days).toEqual(['+09:00']);
  kept();
  late.daily('10:00', () => undefined);
  expect(days).toEqual(['+09:00', '-09:00', '+10:00']);
});
