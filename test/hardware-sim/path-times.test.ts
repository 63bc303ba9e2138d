/** How long each way of a fire took: what the gateway says, and what the centres say. */
import { expect, it } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { Observation } from '../../gateway/observation.js';
import { withAllUplinks } from '../../hardware-sim/district-doors/all-uplinks-site.js';
import { type Moment, PathTimes, pathLine } from '../../hardware-sim/district-doors/path-times.js';
import { judgePath, verdictWords } from '../../hardware-sim/district-doors/path-verdicts.js';
import { fireInEvents, fireInMessage, fireInUnit } from '../../hardware-sim/district-doors/told-fire.js';

const raisedWall = Date.UTC(2026, 10, 22, 18, 30, 2, 345);
const entry = (id: string, alarmClass: string, wall = raisedWall): Observation =>
  ({
    kind: 'entry',
    entry: { id, kind: 'alarm.raised', class: alarmClass, subject: 'point:x', detail: {}, wall },
  }) as never;
const carried = (entryId: string, uplink: string): Observation =>
  ({ kind: 'report.carried', entryId, uplink, durable: true, tookMs: 1 }) as never;
/** `mono` counts from 1,200 ms before the stamp of the fire. */
const at = (mono: number): Moment => ({ mono, wall: raisedWall - 1_200 + mono });

it('tells of each way when it first confirmed the first fire, from the fire on', () => {
  const times = new PathTimes();
  times.see(entry('before', 'fire'), at(1));
  times.fireSeen(1_000);
  times.see(entry('fault', 'fault'), at(1_100));
  times.see(entry('fire', 'fire'), at(1_200));
  times.see(entry('later', 'fire'), at(1_300));
  times.see(carried('before', 'mqtt'), at(1_350));
  times.see(carried('fire', 'gb26875'), at(1_400));
  times.see(carried('fire', 'gb26875'), at(1_900));
  times.see(carried('later', 'sms'), at(2_000));
  const told = times.of([brandId('mqtt'), brandId('gb26875'), brandId('sms')]);
  expect(told.map(({ tookMs }) => tookMs)).toEqual([null, 400, null]);
  expect(told.map((each) => pathLine(each).en)).toContain('✓ gb26875: confirmed 400 ms after the fire');
});

it('believes a centre more than the gateway, in whatever order the two are heard', () => {
  const times = new PathTimes();
  times.fireSeen(1_000);
  const isFire = ({ id }: { readonly id: string }): boolean => id === 'fire';
  times.confirmed('other', () => true, at(1_100));
  times.confirmed('early', isFire, at(1_240));
  times.see(entry('fire', 'fire'), at(1_300));
  times.confirmed('no-fire', () => false, at(1_310));
  for (const mono of [1_350, 1_800]) times.confirmed('twice', isFire, at(mono));
  for (const uplink of ['early', 'twice', 'gateway-alone']) times.see(carried('fire', uplink), at(1_400));
  // Before its stamp nobody can have confirmed it.
  expect(times.sinceRaised('other')).toEqual({ confirmedMs: null, knownMs: null });
  expect(times.sinceRaised('no-fire')).toEqual({ confirmedMs: null, knownMs: null });
  expect(times.sinceRaised('early')).toEqual({ confirmedMs: 40, knownMs: 200 });
  expect(times.sinceRaised('twice')).toEqual({ confirmedMs: 150, knownMs: 200 });
  expect(times.sinceRaised('gateway-alone')).toEqual({ confirmedMs: null, knownMs: 200 });
});

it.each([
  ['both in time', 40, 60, true, 100, 'held'],
  ['nobody yet', null, null, true, 10_000, 'waiting'],
  ['nobody at all', null, null, true, 10_001, 'silent'],
  ['the gateway alone, of a centre that is ours', null, 60, true, 10_001, 'silent'],
  ['the gateway alone, of a centre that is not', null, 60, false, 10_001, 'held'],
  ['the centre too late', 10_001, 10_020, true, 10_100, 'late'],
  ['the centre, and the gateway may still hear of it', 40, null, true, 9_000, 'waiting'],
  ['the centre, and the gateway never', 40, null, true, 10_001, 'unknown'],
  ['the centre, and the gateway too late', 9_990, 10_001, true, 10_100, 'unknown'],
] as const)('judges a way: %s', (_, confirmedMs, knownMs, isWatched, waitedMs, outcome) => {
  const times = new PathTimes();
  times.fireSeen(0);
  times.see(entry('fire', 'fire'), at(1_200));
  if (confirmedMs !== null) times.confirmed('http', () => true, at(1_200 + confirmedMs));
  if (knownMs !== null) times.see(carried('fire', 'http'), at(1_200 + knownMs));
  const verdict = judgePath(times, { uplink: 'http', kind: 'http', isWatched }, waitedMs, 1);
  expect(verdict.outcome).toBe(outcome);
  expect(verdictWords(verdict, waitedMs).en).toMatch(outcome === 'held' ? /^✓ http: the platform/ : /^✗ http: /);
  expect(verdictWords(verdict, waitedMs).en.includes('as the gateway says')).toBe(!isWatched);
  if (outcome === 'silent') expect(verdictWords(verdict, waitedMs).zh).toContain('10001 ms 平台仍未确认');
});

it('gives people on the telephone 15 s more, and a slow machine as many times more as it is slow', () => {
  const limitOf = (kind: string, slowness: number): number =>
    judgePath(new PathTimes(), { uplink: 'x', kind, isWatched: true }, 0, slowness).limitMs;
  expect([limitOf('mqtt', 1), limitOf('sms', 1), limitOf('gb26875', 4)]).toEqual([10_000, 25_000, 40_000]);
});

it('knows a fire by what the centre itself reads', () => {
  const fire = { id: 'e-1', wall: raisedWall };
  const other = { id: 'e-2', wall: raisedWall + 1_000 };
  const fits = (tells: ReturnType<typeof fireInEvents>): readonly (boolean | null)[] =>
    tells === null ? [null] : [tells(fire), tells(other)];
  expect(fits(fireInEvents('{"id":"e-1","type":"gengfu.alarm.raised"}'))).toEqual([true, false]);
  expect(fits(fireInEvents('[{"id":"e-0"},{"id":"e-1"}]'))).toEqual([true, false]);
  for (const text of ['', '{', '[]x', '{"id":1}', '{}', 'null']) expect(fireInEvents(text)).toBeNull();
  const unit = (state: number, time: string | null, type = 2) =>
    fits(fireInUnit({ type, count: 1, objects: [{ state, time }], faults: [] }));
  // The same second in China and in London, and another one.
  expect(unit(3, '2026-11-23 02:30:02')).toEqual([true, false]);
  expect(unit(2, '2026-11-22 18:30:02')).toEqual([true, false]);
  expect(unit(3, '2026-11-23 02:30:03')).toEqual([false, true]);
  expect([unit(4, '2026-11-23 02:30:02'), unit(3, null), unit(3, '?ffffffffffff'), unit(2, '', 1)].flat()).toEqual(
    new Array(4).fill(null),
  );
  expect(fits(fireInMessage('【古镇】火警：老街 12 号厨房 烟感 2:30，请立即核实并组织疏散。'))).toEqual([true, true]);
  expect(fireInMessage('【古镇】火警已复位：老街 12 号厨房 烟感 2:30。')).toBeNull();
});

it('writes a site file that tells four centres and nobody else', () => {
  const places = {
    brokerUrl: 'mqtt://127.0.0.1:1',
    gbPort: 2,
    httpUrl: 'http://127.0.0.1:3/fire',
    modemPath: '/tmp/m',
  };
  const text = withAllUplinks('version: 1\nuplinks: [{id: old, kind: mqtt}]\n', places);
  expect(text).toContain('version: 1');
  expect(text).not.toContain('old');
  expect(text.match(/kind: \w+/g)).toEqual(['kind: mqtt', 'kind: gb26875', 'kind: http', 'kind: sms']);
});
