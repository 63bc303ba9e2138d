/** Duty checks (查岗) of centres whose language signs nothing: how long they wait, how they end, what a restart leaves of them. */
import { describe, expect, test } from 'vitest';
import { brandId, type UplinkId } from '../../config/ids.js';
import { emptyAlarmState } from '../../gateway/alarm/facets.js';
import { DutyChecks } from '../../gateway/command/district/duty-checks.js';
import { dailyDraft } from '../../gateway/gateway-entries.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { type EntryDraft, laneOf } from '../../sync/journal/entry.js';
import type { MarkRow } from '../../sync/journal/store.js';
import { isTold, tellAll } from '../../sync/tell-filter.js';
import { kitchen, point, townConfig, VillageRig } from './village-rig.js';

const noon = Date.UTC(2026, 10, 22, 12);
const minuteMs = 60_000;
const [county, city] = [brandId<UplinkId>('county'), brandId<UplinkId>('city')];

function book(mark: MarkRow | null = null, wall = noon, trust: 'trusted' | 'untrusted' = 'trusted') {
  const clock = new SimClock(wall);
  if (trust === 'untrusted') clock.setTrust('untrusted');
  const drafts: EntryDraft[] = [];
  let saved: MarkRow | null = mark;
  const checks = new DutyChecks(clock, (more, marks = []) => {
    drafts.push(...more);
    saved = marks.at(-1) ?? saved;
  });
  checks.restore(mark);
  const told = () =>
    drafts.map(
      ({ kind, detail }) => `${kind} ${String(detail['uplink'])} ${String(detail['afterS'] ?? detail['withinS'])}`,
    );
  return { clock, checks, drafts, told, saved: () => saved };
}

describe('a check of a centre', () => {
  test.each([
    ['0 min: nobody gets to a key in none', 0, 60],
    ['5 min', 5 * minuteMs, 300],
    ['255 min: nobody is called for longer than an hour', 255 * minuteMs, 3600],
    ['what is no number', Number.NaN, 300],
    ['a time that lies behind', -minuteMs, 60],
  ])('within %s', async (_, askedMs, withinS) => {
    const { clock, checks, told } = book();
    expect(checks.askFrom(county, askedMs)).toBe(true);
    await clock.advance(withinS * 1000 - 1);
    expect(checks.open).toHaveLength(1);
    await clock.advance(1);
    expect([checks.open, told()]).toEqual([[], [`duty.asked county ${withinS}`, `duty.missed county ${withinS}`]]);
  });

  test('that is asked again while it waits is the same one, and waits for the longer of both, an hour at most', async () => {
    const { clock, checks, told } = book();
    checks.askFrom(county, 5 * minuteMs);
    for (let n = 0; n < 500; n++) checks.askFrom(county, minuteMs);
    await clock.advance(4 * minuteMs);
    checks.askFrom(county, 255 * minuteMs);
    expect(checks.open).toMatchObject([{ untilWall: noon + 60 * minuteMs }]);
    await clock.advance(56 * minuteMs);
    expect(told()).toEqual(['duty.asked county 300', 'duty.missed county 3600']);
  });

  test('is answered together with all others, each by an entry that names who asked; more than eight are none', async () => {
    const { clock, checks, told, drafts } = book();
    const order = checks.ask('c1', 'centre:duty-room', 300_000);
    checks.askFrom(county, minuteMs);
    await clock.advance(12_400);
    checks.askFrom(city, minuteMs);
    for (let n = 0; n < 5; n++) checks.askFrom(brandId(`more-${n}`), minuteMs);
    expect([checks.isFull, checks.askFrom(brandId('ninth'), minuteMs)]).toEqual([true, false]);
    expect(checks.answer('key:desk/duty')).toBe(8);
    expect(await order).toMatchObject({ state: 'done', detail: { afterS: 12 } });
    expect(
      told()
        .filter((each) => each.startsWith('duty.answered'))
        .slice(0, 3),
    ).toEqual([...['duty.answered undefined 12', 'duty.answered county 12', 'duty.answered city 0']]);
    const answered = drafts.find(({ kind, detail }) => kind === 'duty.answered' && detail['uplink'] === county);
    expect(answered).toMatchObject({ origin: 'key:desk/duty', detail: { check: `county-${noon}`, uplink: 'county' } });
    // Whoever has asked is told, whatever else it is not told.
    const only = { ...tellAll, classes: ['fire'] as const, kinds: ['alarm'] };
    const entry = { kind: 'duty.answered', class: null, zone: null, lane: 'fire', alarm: null } as const;
    // Not behind a backlog: the centre would count it as missed.
    const answers = drafts.filter(({ kind }) => kind === 'duty.answered');
    expect(new Set(answers.map(laneOf))).toEqual(new Set(['fire']));
    expect([isTold(only, entry), isTold(only, { ...entry, kind: 'duty.asked' })]).toEqual([true, false]);
    expect(checks.answer('cli:li')).toBe(0);
  });
});

test('the figures are those of the shift and of the day, and stand in the daily report', async () => {
  const { clock, checks } = book();
  for (const [afterMs, isAnswered] of [
    [10_000, true],
    [30_000, true],
    [minuteMs, false],
  ] as const) {
    checks.askFrom(county, minuteMs);
    await clock.advance(afterMs);
    if (isAnswered) checks.answer('panel:li');
  }
  expect(checks.report.shift).toEqual({ sinceWall: null, asked: 3, answered: 2, missed: 1, medianS: 20 });
  checks.sawShift(clock.wall());
  await clock.advance(1000);
  checks.askFrom(county, minuteMs);
  expect(checks.report).toMatchObject({
    shift: { sinceWall: noon + 100_000, asked: 1, answered: 0, missed: 0, medianS: null },
    day: { asked: 4, answered: 2, missed: 1 },
  });
  const daily = dailyDraft(emptyAlarmState, 1000, checks.report.day);
  expect([daily.words.zh, daily.detail['duty_checks']]).toEqual([
    '每日报告：报警 0，故障 0，查岗 4 次，应答 2，未应答 1',
    { asked: 4, answered: 2, missed: 1, median_s: 20 },
  ]);
});

describe('after a restart a check', () => {
  const interrupted = async () => {
    const first = book();
    first.checks.askFrom(county, 5 * minuteMs);
    void first.checks.ask('c1', 'centre:duty-room', 300_000);
    await first.clock.advance(2 * minuteMs);
    first.checks.stop();
    return first.saved();
  };

  test('goes on counting its time, is not asked anew, and is answered to whoever asked', async () => {
    const { clock, checks, told } = book(await interrupted(), noon + 3 * minuteMs);
    expect(checks.open).toMatchObject([{ by: 'centre:county', sinceWall: noon, untilWall: noon + 5 * minuteMs }]);
    await clock.advance(minuteMs);
    checks.answer('key:desk/duty');
    expect(told()).toEqual(['duty.answered county 240']);
    // The order's district was told that nobody knows how it ended.
    expect(checks.report.day).toEqual({ asked: 2, answered: 1, missed: 0, medianS: 240 });
  });

  test('is kept beyond the limit as well: what was taken is answered, or missed', async () => {
    const first = book();
    for (let n = 0; n < 8; n++) first.checks.askFrom(brandId(`centre-${n}`), 5 * minuteMs);
    const late = new DutyChecks(first.clock, () => undefined);
    late.askFrom(county, 5 * minuteMs);
    late.restore(first.saved());
    expect([late.open.length, late.isFull, late.askFrom(city, minuteMs)]).toEqual([9, true, false]);
  });

  test('whose time was over meanwhile is missed', async () => {
    const { clock, checks, told } = book(await interrupted(), noon + 20 * minuteMs);
    await clock.advance(1);
    expect([checks.open, told()]).toEqual([[], ['duty.missed county 300']]);
  });

  test('begins its time anew when no clock can say how long ago it was', async () => {
    const { clock, told } = book(await interrupted(), noon + 20 * minuteMs, 'untrusted');
    await clock.advance(5 * minuteMs - 1);
    expect(told()).toEqual([]);
    await clock.advance(1);
    expect(told()).toEqual(['duty.missed county 300']);
  });
});

test('a ninth check of a centre is refused by an entry, those of its minute by one more', async () => {
  const rig = await VillageRig.watching();
  const asked = { kind: 'duty-check', withinMs: 5 * minuteMs } as const;
  const ask = () => rig.uplink.asks(asked);
  for (let n = 0; n < 8; n++) rig.runtime.district.hears.onAsked?.(brandId(`centre-${n}`), asked);
  ask();
  ask();
  expect(rig.entriesOf('command.refused')).toMatchObject([
    { origin: 'centre', detail: { reason: 'too-many-checks', count: 1, uplink: rig.uplink.id } },
  ]);
  expect(rig.entriesOf('command.refused')[0]?.words.zh).toBe('拒绝平台指令：查岗：已有 8 次查岗等待应答');
  await rig.clock.advance(minuteMs);
  expect(rig.entriesOf('command.refused').map(({ detail }) => detail['count'])).toEqual([1, 1]);
  rig.runtime.district.answerDuty('key:desk/duty');
  ask();
  expect(rig.runtime.district.requests).toMatchObject([{ by: `centre:${rig.uplink.id}` }]);
  await rig.stop();
});

test('in a village that burns the check stays to be seen, the fire has the ear, and the key of its own answers', async () => {
  const town = await townConfig();
  const points = town.points.map((each) => (each.role === 'key.test' ? { ...each, role: 'key.duty' as const } : each));
  const own = points.find(({ role }) => role === 'key.duty')?.id ?? point('none');
  const rig = await VillageRig.watching({ config: { ...town, points } });
  rig.uplink.asks({ kind: 'duty-check', withinMs: 5 * minuteMs });
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(3_000);
  expect(rig.runtime.district.requests).toMatchObject([{ is: 'duty-check', by: `centre:${rig.uplink.id}` }]);
  rig.village.setPoint(own, 'pressed');
  await rig.clock.advance(2_000);
  expect([rig.runtime.district.requests, rig.runtime.district.isDutyAsked]).toEqual([[], false]);
  // It acknowledges nothing.
  expect(rig.entriesOf('alarm.acknowledged')).toEqual([]);
  expect(rig.entriesOf('duty.answered')).toMatchObject([{ origin: `key:${own}`, detail: { uplink: rig.uplink.id } }]);
  expect(rig.uplink.reports.some(({ entry }) => entry.kind === 'duty.answered')).toBe(true);
  rig.uplink.asks({ kind: 'initialise' });
  expect(rig.entriesOf('command.accepted')).toMatchObject([{ detail: { order: 'initialise', uplink: rig.uplink.id } }]);
  await rig.stop();
});
