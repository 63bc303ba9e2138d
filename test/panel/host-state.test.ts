/** What the panel is told of the watch: at once, once, and never more than there is. */
import { expect, test, vi } from 'vitest';
import type { Clock } from '../../drivers/clock.js';
import { zoneOf } from '../../drivers/time-zone.js';
import { household, siteInfo } from '../../gateway/panel/api/site.js';
import { type Patch, panelState } from '../../gateway/panel/api/state.js';
import { soundingRows } from '../../gateway/panel/host/live-rows.js';
import { pointsEveryMs } from '../../gateway/panel/host/state-feed.js';
import { SwapRig } from '../gateway/staging/swap-rig.js';
import { device, hallSiren, hallSmoke, kitchen, point, townConfig } from '../gateway/village-rig.js';
import { hostOf, panelRig, StandInThread } from './host-rig.js';

const smoke = `point:${hallSmoke}`;
const seenNow = (clock: Clock) => ({ sampledMono: clock.mono(), frame: 1, confirmed: true });

test('a fire is a row and a head in the turn after its siren, and its report is queued, then carried', async () => {
  const { rig, thread, log } = await panelRig();
  expect(panelState.safeParse(thread.state).error).toBeUndefined();
  expect(thread.state?.head).toMatchObject({ state: 'normal', isSounding: false, isRecording: true });
  rig.uplink.setPulled(true);
  rig.village.setPoint(hallSmoke, 'alarm');
  await rig.clock.until(() => rig.entriesOf('alarm.raised', smoke).length > 0, 5000, 1);
  await rig.clock.advance(1);
  const raised = rig.entriesOf('alarm.raised', smoke)[0];
  const row = thread.state?.alarms[smoke];
  expect(row).toMatchObject({
    ...{
      class: 'fire',
      alarm: raised?.id,
      order: rig.runtime.alarms.lastOrder,
      raisedWall: raised?.wall,
      words: raised?.words,
    },
    ...{ point: hallSmoke, device: 'smoke-1', isActive: true, isLost: false, sounder: 'sounding' },
    ...{ acknowledged: null, name: rig.config.points.find(({ id }) => id === hallSmoke)?.name },
  });
  expect(row?.told).toMatchObject([{ uplink: rig.uplink.id, how: 'queued', wall: null }]);
  expect(thread.state?.head).toMatchObject({
    state: 'fire',
    isSounding: true,
    order: rig.runtime.alarms.lastOrder,
    boot: rig.runtime.journal.boot,
  });
  expect(thread.state?.head.counts).toMatchObject({ fire: 1 });
  expect(thread.state?.outputs[hallSiren]).toMatchObject({ desired: true, because: [smoke] });
  rig.uplink.setPulled(false);
  await rig.clock.until(() => rig.uplink.reports.some(({ entry }) => entry.id === raised?.id), 60_000);
  await rig.clock.advance(60);
  expect(thread.state?.alarms[smoke]?.told).toMatchObject([{ how: 'carried', wall: expect.any(Number) }]);
  expect(panelState.safeParse(thread.state).error).toBeUndefined();
  expect(log.lines.filter((text) => text.startsWith('panel state'))).toEqual([]);
});

test('what the panel was told patch by patch is what it would be told at once', async () => {
  const { rig, host, thread, pass } = await panelRig();
  rig.village.setPoint(hallSmoke, 'alarm');
  await pass(3000);
  rig.village.switchUnit(device('smoke-kitchen'), false);
  await pass(20_000);
  thread.say({
    ...{ kind: 'order', ask: 1, by: { origin: 'panel', level: 2 }, madeMono: rig.clock.mono() },
    order: { ask: 'acknowledge', boot: rig.runtime.journal.boot, order: rig.runtime.alarms.lastOrder },
  });
  rig.village.setPoint(hallSmoke, 'normal');
  await pass(4000);
  const patchedState = thread.state;
  thread.say({ kind: 'state' });
  const { points, head, ...rest } = thread.state ?? {};
  const { points: patchedPoints, head: patchedHead, ...patchedRest } = patchedState ?? {};
  expect(patchedRest).toEqual(rest);
  expect(patchedHead).toMatchObject({ state: head?.state, counts: head?.counts, order: head?.order });
  expect(Object.keys(patchedPoints ?? {})).toEqual(Object.keys(points ?? {}));
  expect(patchedPoints?.[kitchen]).toMatchObject({ quality: 'bad', reason: 'silent', value: null });
  expect(thread.state?.alarms['fault:unit:smoke-kitchen']).toMatchObject({
    ...{ class: 'fault', device: 'smoke-kitchen', cause: { zh: expect.any(String) }, next: { en: expect.any(String) } },
  });
  await host.stop();
});

test('a thousand points that change at once are one list with one patch for each, however often they change', async () => {
  const { rig, host, thread } = await panelRig();
  const before = thread.of('patches').length;
  // Of no unit, so that nobody reads them in between.
  const ids = Array.from({ length: 1000 }, (_, n) => point(`meter/${n}`));
  for (const value of [1, 2, 3]) {
    for (const pointId of ids) {
      const reading = { pointId, value, quality: 'good', reason: null, ...seenNow(rig.clock) } as const;
      rig.runtime.points.accept(reading);
      host.see({ kind: 'point.changed', reading });
    }
  }
  await rig.clock.advance(pointsEveryMs + 1);
  const isMeter = (patch: Patch): boolean => patch.topic === 'points' && patch.key.startsWith('meter/');
  const lists = thread
    .of('patches')
    .slice(before)
    .map(({ patches }) => patches.filter(isMeter));
  expect(lists.filter((meters) => meters.length > 0).map((meters) => meters.length)).toEqual([1000]);
  expect(ids.every((id) => thread.state?.points[id]?.value === 3)).toBe(true);
});

test('a panel that does not listen is told nothing, and then of each thing only how it stands now', async () => {
  const { rig, thread } = await panelRig();
  await rig.clock.advance(5500);
  const before = thread.of('patches').length;
  rig.village.setPoint(hallSmoke, 'alarm');
  await rig.clock.advance(1500);
  rig.village.setPoint(hallSmoke, 'normal');
  await rig.clock.advance(1500);
  expect(thread.of('patches')).toHaveLength(before);
  thread.say({ kind: 'beat', streams: 0 });
  await rig.clock.advance(21);
  const lists = thread.of('patches').slice(before);
  expect(lists).toHaveLength(1);
  const keys = lists[0]?.patches.map((patch) => ('key' in patch ? `${patch.topic} ${patch.key}` : patch.topic)) ?? [];
  expect(new Set(keys).size).toBe(keys.length);
  expect(thread.state?.alarms[smoke]).toMatchObject({ class: 'fire', isActive: false });
});

test('a head comes every 2 s although nothing happens, and starting is no normal', async () => {
  const { rig, thread, pass } = await panelRig();
  await pass(2000);
  const heads = (): number =>
    thread.of('patches').flatMap(({ patches }) => patches.filter(({ topic }) => topic === 'head')).length;
  const before = heads();
  await pass(20_000);
  expect(heads() - before).toBe(10);
  expect(thread.state?.head.upMs).toBeGreaterThan(rig.clock.mono() - 2001);
  expect(thread.of('state')[0]?.state.head.state).toBe('starting');
});

test('another site file: no moment without the fire that stands, and then its own points, without a second life', async () => {
  const town = await townConfig();
  const rig = new SwapRig(town);
  const thread = new StandInThread();
  let site = town;
  const host = hostOf(rig, thread, { now: () => ({ runtime: rig.runtime, config: site }) });
  const push = rig.observations.push.bind(rig.observations);
  rig.observations.push = (...seen) => {
    for (const each of seen) host.see(each);
    return push(...seen);
  };
  await rig.start(town);
  host.start();
  const beat = (): void => {
    thread.say({ kind: 'beat', streams: 0 });
    rig.clock.after(2000, beat);
  };
  beat();
  rig.village.setPoint(hallSmoke, 'alarm');
  await rig.clock.until(() => thread.state?.alarms[smoke] !== undefined, 5000, 1);
  await rig.clock.advance(1000);
  const told = thread.state?.alarms[smoke]?.told;
  expect(told).toMatchObject([{ how: 'carried' }]);
  const [boot, from] = [thread.state?.head.boot, thread.posted.length];
  site = { ...town, zones: town.zones.map((zone) => ({ ...zone, name: { zh: '新名', en: 'new name' } })) };
  await rig.wait(rig.runner.swapTo(site));
  await rig.clock.advance(3000);
  expect(thread.lives).toBe(1);
  expect(thread.state?.head.boot).not.toBe(boot);
  expect(thread.of('site').at(-1)?.site.zones[0]?.name.zh).toBe('新名');
  expect(thread.state?.alarms[smoke]).toMatchObject({ class: 'fire', order: 0, told });
  const states = thread.posted.slice(from).flatMap((message) => (message.kind === 'state' ? [message.state] : []));
  expect(states).toHaveLength(1);
  expect(states[0]?.alarms[smoke]).toMatchObject({ class: 'fire' });
  expect(thread.state?.head.state).toBe('fire');
  await host.stop();
});

test('the site is told in the shapes of the API, households by their doors only', async () => {
  const { rig, thread } = await panelRig();
  const told = thread.of('site')[0];
  expect(siteInfo.safeParse(told?.site).error).toBeUndefined();
  for (const each of told?.households ?? []) expect(household.safeParse(each).error).toBeUndefined();
  expect(told?.households).toHaveLength(rig.config.households.length);
  expect(told?.site.care.length).toBeGreaterThan(0);
  expect(told?.site.night).toEqual({ fromMinute: rig.config.panel?.night.fromMin, toMinute: expect.any(Number) });
  for (const { people, phone, note } of rig.config.households) {
    for (const secret of [people, phone, note])
      if (secret !== null) expect(JSON.stringify(told?.site)).not.toContain(secret);
  }
  expect(told?.site.points.find(({ id }) => id === hallSmoke)?.states).toMatchObject({ alarm: { zh: '火警' } });
  expect(
    told?.site.steps.find(({ class: each, zones }) => each === 'fire' && zones === null)?.steps.length,
  ).toBeGreaterThan(0);
});

test('a report is kept when a receipt reaches its row, and which way it went is known after the reset', async () => {
  const { rig, host, thread, pass } = await panelRig();
  rig.village.setPoint(hallSmoke, 'alarm');
  await pass(4000);
  const how = () => thread.state?.alarms[smoke]?.told.map((each) => each.how);
  const alarm = rig.entriesOf('alarm.raised', smoke)[0]?.id;
  const row = rig.observations.flatMap((seen) =>
    seen.kind === 'entry.durable' && seen.entryId === alarm ? [seen.position] : [],
  )[0];
  if (alarm === undefined || row === undefined) throw new Error('the fire is on disk');
  const { ways } = rig.runtime.centres;
  const kept = { kind: 'report.kept', uplink: rig.uplink.id, lane: 'fire', position: row } as const;
  ways.receipted(rig.uplink.id, 'fire', row - 1);
  host.see(kept);
  await pass(100);
  expect(how()).toEqual(['carried']);
  ways.receipted(rig.uplink.id, 'fire', row);
  host.see(kept);
  await pass(300);
  expect(how()).toEqual(['kept']);
  // After its reset it has no row any more, and is still asked for.
  rig.village.setPoint(hallSmoke, 'normal');
  await pass(4000);
  rig.runtime.command({ kind: 'reset', level: 2, upTo: rig.newestSeen, origin: 'cli:li' });
  await pass(300);
  expect([how(), thread.state?.ways[alarm]?.told]).toMatchObject([undefined, [{ how: 'kept' }]]);
});

test('what is practised says which, where, by whom and until when, to the second', async () => {
  const { rig } = await panelRig();
  const { zones } = rig.config;
  const [zone] = zones;
  if (zone === undefined) throw new Error('the town has zones');
  const row = (is: 'drill' | 'siren-test', where: readonly (typeof zone.id)[] | 'all') =>
    soundingRows(
      { exercise: { is, by: 'panel:li', zones: where, untilWall: 60_400 }, saying: [], isSounding: true },
      rig.runtime.alarms,
      zones,
      rig.clock,
    )['exercise'];
  const drill = { exercise: 'drill', words: { zh: '消防演练' }, origin: 'panel:li', untilWall: 60_000 };
  expect(row('drill', [zone.id])).toMatchObject({ ...drill, where: [zone.name] });
  expect(row('drill', 'all')).toMatchObject({ ...drill, where: [{ zh: '全部防区' }] });
  expect(row('siren-test', 'all')).toMatchObject({ exercise: 'siren-test', words: { zh: '警铃试鸣' } });
});

/** What Intl says on some machines, how far local time is ahead, min, and the zone that is told to the panel. */
test.each([
  ['Asia/Shanghai', 480, 'Asia/Shanghai', true],
  // TZ= empty, GMT-8, CST-8 with Node 20.
  ['Etc/Unknown', 0, 'UTC', false],
  ['GMT-08:00', 480, 'Etc/GMT-8', false],
  [undefined, 480, 'Etc/GMT-8', false],
  [undefined, -180, 'Etc/GMT+3', false],
  // Of half an hour there is no such name, and beyond 14 h no zone.
  [undefined, 330, 'UTC', false],
  [undefined, 960, 'UTC', false],
])('a time zone of %s with %s min is told as one that every browser knows', (named, offsetMin, name, isOwn) => {
  expect(zoneOf(named, offsetMin)).toEqual({ name, isOwn });
  expect(new Intl.DateTimeFormat('zh-CN', { timeZone: name }).format(1e12)).toContain('2001');
});

test('an alarm whose row can not be made is tried again, and not hidden for ever', async () => {
  const { rig, thread, pass } = await panelRig();
  let isBroken = true;
  const detail = {
    get cause_zh(): undefined {
      if (isBroken) throw new Error('broken');
      return undefined;
    },
  };
  vi.spyOn(rig.runtime.lastRaised, 'detailOf').mockReturnValue(detail as never);
  rig.village.setPoint(hallSmoke, 'alarm');
  await pass(4000);
  const whileBroken = thread.state?.alarms[smoke];
  isBroken = false;
  await pass(2000);
  expect([whileBroken, thread.state?.alarms[smoke]?.class]).toEqual([undefined, 'fire']);
});
