/** A drill: everything sounds, everything is marked, it ends by itself, and a real fire ends it at once. */
import { describe, expect, test } from 'vitest';
import { type BootId, brandId, type EntryId, type ZoneId } from '../../config/ids.js';
import { makeStep } from '../../gateway/alarm/engine.js';
import { emptyAlarmState } from '../../gateway/alarm/facets.js';
import { drillDueSubject } from '../../gateway/alarm/site-subjects.js';
import { jsonLine } from '../../gateway/cli/teller.js';
import {
  countsMaxMs,
  type Drill,
  type DrillInput,
  type DrillState,
  drillOff,
  stepDrill,
} from '../../gateway/exercise/drill.js';
import { judgeDrillDue } from '../../gateway/exercise/drill-due.js';
import { datedMark } from '../../gateway/exercise/exercise-marks.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { type Entry, type EntryDraft, laneOf } from '../../sync/journal/entry.js';
import { ExerciseRig, east, eastSiren, horn, usual, villageSiren, west, westStrobe } from './exercise-rig.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const drill: Drill = { id: 'd1', zones: 'all', forMs: 10 * minuteMs, origin: 'cli:wang', begunMono: 0, begunWall: 0 };
const other: Drill = { ...drill, id: 'd0' };
const calm = { hasFire: false, hasSound: false, running: null };
const announced: DrillState = { is: 'announced', drill, soundsMono: 30_000 };
const sounding: DrillState = { is: 'sounding', drill };
const ended = { drill, reason: 'order', lastedMs: 5, endedWall: 0, countsUntilMono: countsMaxMs } as const;
const over: DrillState = { is: 'off', last: ended };
const states = { off: drillOff, announced, sounding, over };

const begin = (odd: Partial<Extract<DrillInput, { kind: 'begin' }>> = {}): DrillInput => ({
  ...{ kind: 'begin', id: 'd2', zones: 'all', forMs: drill.forMs, origin: 'cli:wang', hasWords: true, standing: calm },
  ...odd,
});
const end = (present: number | null = null, note: string | null = null): DrillInput => ({
  ...{ kind: 'end', counts: { present, missing: null }, note, origin: 'cli:li' },
});
const restart = (running: Drill | null): DrillInput => ({ kind: 'restart', running, last: null });

test.each<readonly [keyof typeof states, DrillInput, number, string]>([
  ['off', begin(), 0, 'announced: begin words'],
  ['off', begin({ hasWords: false }), 0, 'sounding: begin sound'],
  ['off', begin({ standing: { ...calm, hasFire: true } }), 0, 'off: refuse fire-stands'],
  ['off', begin({ standing: { ...calm, running: 'walk-test' } }), 0, 'off: refuse exercise-runs'],
  ['off', begin({ standing: { ...calm, hasSound: true } }), 0, 'announced: begin words'],
  ['off', begin({ forMs: minuteMs - 1 }), 0, 'off: refuse too-long'],
  ['off', begin({ forMs: 121 * minuteMs }), 0, 'off: refuse too-long'],
  ['off', { kind: 'said' }, 0, 'off: '],
  ['off', end(), 0, 'off: refuse nothing-runs'],
  ['off', end(5), 0, 'off: refuse nothing-runs'],
  ['off', { kind: 'fire' }, 0, 'off: '],
  ['off', { kind: 'stop' }, 0, 'off: '],
  ['off', { kind: 'tick' }, 0, 'off: '],
  ['off', restart(null), 0, 'off: '],
  ['off', restart(other), 0, 'off: end restart'],
  ['announced', begin(), 100, 'announced: refuse exercise-runs'],
  ['announced', { kind: 'said' }, 100, 'sounding: sound'],
  ['announced', { kind: 'tick' }, 29_999, 'announced: '],
  ['announced', { kind: 'tick' }, 30_000, 'sounding: sound'],
  ['announced', end(), 100, 'off: end order'],
  ['announced', { kind: 'fire' }, 100, 'off: end fire'],
  ['announced', { kind: 'stop' }, 100, 'off: end stop'],
  ['announced', restart(drill), 100, 'announced: '],
  ['sounding', begin(), 100, 'sounding: refuse exercise-runs'],
  ['sounding', { kind: 'said' }, 100, 'sounding: '],
  ['sounding', { kind: 'tick' }, 10 * minuteMs - 1, 'sounding: '],
  ['sounding', { kind: 'tick' }, 10 * minuteMs, 'off: end time'],
  ['sounding', end(120, 'wang'), 100, 'off: end order note'],
  ['sounding', { kind: 'fire' }, 100, 'off: end fire'],
  ['sounding', { kind: 'stop' }, 100, 'off: end stop'],
  ['sounding', restart(drill), 100, 'sounding: '],
  ['over', begin(), 0, 'announced: begin words'],
  ['over', end(120, 'wang'), countsMaxMs, 'off: count note'],
  ['over', end(), 0, 'off: refuse nothing-runs'],
  ['over', end(120), countsMaxMs + 1, 'off: refuse nothing-runs'],
  ['over', { kind: 'fire' }, 0, 'off: '],
])('%s, %j at %i ms → %s', (is, input, mono, wanted) => {
  const { state, effects } = stepDrill(states[is], input, { mono, wall: mono });
  const told = effects.map((effect) => {
    if (effect.do === 'refuse') return `refuse ${effect.reason}`;
    return effect.do === 'end' ? `end ${effect.ended.reason}` : effect.do;
  });
  expect(`${state.is}: ${told.join(' ')}`).toBe(wanted);
  // What changes nothing is not even a new value: timers are planned by it.
  if (told.length === 0 && input.kind !== 'restart') expect(state).toBe(states[is]);
});

describe('a drill of the site', () => {
  test('says what comes, then sounds every siren and strobe of the fire plans, and ends by itself', async () => {
    const rig = new ExerciseRig().start();
    expect(rig.exercises.beginDrill('all', null, 'cli:wang')).toBeNull();
    expect(rig.wish?.sound.size).toBe(0);
    expect(rig.sayingsNow()).toEqual(['演练：请到祠堂集合']);
    rig.wasSaid('another');
    expect(rig.wish?.sound.size).toBe(0);
    rig.wasSaid(rig.said[0]?.id ?? '');
    expect(rig.wish).toMatchObject({
      kind: 'drill',
      origin: 'cli:wang',
      sound: new Set([eastSiren, westStrobe, villageSiren]),
    });
    expect(rig.wish?.cadence?.burstMs).toBe(15_000);
    expect(rig.wish?.sayings.get(horn)).toEqual([expect.objectContaining({ text: '演练：请到祠堂集合' })]);
    await rig.clock.advance(10 * minuteMs - 1);
    expect(rig.wish).not.toBeNull();
    await rig.clock.advance(1);
    expect([rig.wish, rig.exercises.status]).toEqual([null, null]);
    expect(rig.kinds).toEqual(['drill.begun', 'drill.ended time']);
    expect(rig.sayingsNow().at(-1)).toBe('演练结束');
    expect(rig.entries.every(({ words }) => /演练/.test(words.zh) && /drill/.test(words.en))).toBe(true);
  });

  test('sounds after 30 s although nobody has spoken, and at once where nothing is to be said', async () => {
    const rig = new ExerciseRig().start();
    rig.exercises.beginDrill([east], 2 * minuteMs, 'cli:wang');
    await rig.clock.advance(29_999);
    expect(rig.wish?.sound.size).toBe(0);
    await rig.clock.advance(1);
    expect(rig.wish?.sound).toEqual(new Set([eastSiren, villageSiren]));
    const silent = new ExerciseRig({ exercises: { ...usual, drill: { ...usual.drill, begins: null } } }).start();
    silent.exercises.beginDrill('all', null, 'cli:wang');
    expect(silent.wish).not.toBeNull();
  });

  test('is refused for a zone that nobody knows, and beside a walk test', () => {
    const rig = new ExerciseRig().start();
    expect(rig.exercises.beginDrill([brandId<ZoneId>('north')], null, 'x')).toBe('unknown-zone');
    rig.isWalkTesting = true;
    expect(rig.exercises.beginDrill('all', null, 'x')).toBe('exercise-runs');
    expect(rig.entries).toEqual([]);
  });

  test('gives way to a real fire in the same moment, and is refused until that is reset', async () => {
    const rig = new ExerciseRig().start();
    rig.exercises.beginDrill('all', null, 'cli:wang');
    await rig.clock.advance(60_000);
    expect(rig.wish?.brokenOff?.text).toBe('演练中止，真实火情');
    rig.burn();
    expect(rig.wish).toBeNull();
    expect(rig.kinds).toEqual(['drill.begun', 'drill.ended fire']);
    expect(rig.exercises.beginDrill('all', null, 'x')).toBe('fire-stands');
    rig.reset();
    expect(rig.exercises.beginDrill('all', null, 'x')).toBeNull();
  });

  test('takes no notice of a detector that is out of service', async () => {
    const rig = new ExerciseRig().start();
    const service = { is: 'out-of-service', by: 'x', untilMono: 1e9, untilWall: 1e12, isWallSure: true } as const;
    rig.burn(east, 'fire', 'point:smoke', service);
    expect(rig.exercises.beginDrill('all', null, 'cli:wang')).toBeNull();
    rig.burn(west, 'fire', 'point:other', service);
    expect(rig.exercises.running).toBe('drill');
  });

  test('is not ended by a lesser alarm, and by a fire even before anything sounds', async () => {
    const rig = new ExerciseRig().start();
    rig.exercises.beginDrill('all', null, 'cli:wang');
    rig.burn(east, 'warning');
    await rig.clock.advance(1000);
    expect(rig.exercises.running).toBe('drill');
    rig.burn();
    await rig.clock.advance(minuteMs);
    expect([rig.wish, rig.exercises.running]).toEqual([null, null]);
    expect(rig.withdrawn).toContain(rig.said[0]?.id);
  });

  test('keeps names on the box, and takes the head count for a day, also after a restart', async () => {
    const rig = new ExerciseRig().start();
    rig.exercises.beginDrill('all', null, 'cli:wang');
    await rig.clock.advance(minuteMs);
    rig.exercises.endDrill({ present: null, missing: null }, '李奶奶 没有听到', 'cli:li');
    rig.restart();
    await rig.clock.advance(dayMs - 1000);
    expect(rig.exercises.endDrill({ present: 118, missing: 2 }, null, 'cli:li')).toBeNull();
    await rig.clock.advance(2000);
    expect(rig.exercises.endDrill({ present: 119, missing: 1 }, null, 'cli:li')).toBe('nothing-runs');
    rig.restart();
    expect(rig.exercises.endDrill({ present: 119, missing: 1 }, null, 'cli:li')).toBe('nothing-runs');
    expect(rig.kinds).toEqual(['drill.begun', 'drill.ended order', 'drill.noted', 'drill.ended order']);
    const [begun, first, noted, counted] = rig.entries;
    expect(first?.detail).toMatchObject({ present: null, lasted_s: 60, asked_by: 'cli:wang', zones: 'all' });
    expect(counted?.detail).toMatchObject({ present: 118, missing: 2, drill: begun?.detail['drill'], lasted_s: 60 });
    expect(rig.entries.map(laneOf)).toEqual(['journal', 'journal', 'local', 'journal']);
    const stamps = { id: 'e', epoch: 'p', boot: 'b', lane: 'local', mono: 0, wall: 0, clock: 'trusted' } as const;
    const printed = jsonLine({ kind: 'entry', entry: { ...(noted as EntryDraft), ...stamps } as unknown as Entry }, 0);
    expect(printed).toContain('drill.noted');
    expect(printed).not.toContain('李奶奶');
    const outside = rig.entries.filter((entry) => entry !== noted);
    expect(JSON.stringify(outside)).not.toContain('李奶奶');
  });

  test.each([
    ['announced', 1000],
    ['sounding', 60_000],
  ])('that was %s when the process was killed is over, and its sirens are let go', async (_, afterMs) => {
    const rig = new ExerciseRig().start();
    rig.exercises.beginDrill('all', null, 'cli:wang');
    await rig.clock.advance(afterMs);
    rig.restart();
    expect(rig.foundOn).toEqual(new Set());
    expect(rig.exercises.running).toBeNull();
    rig.restart();
    await rig.clock.advance(60 * minuteMs);
    expect(rig.kinds).toEqual(['drill.begun', 'drill.ended restart']);
    expect(rig.wish).toBeNull();
  });

  test('does not outlive a gateway that is stopped in order', async () => {
    const rig = new ExerciseRig().start();
    rig.exercises.beginDrill('all', null, 'cli:wang');
    await rig.clock.advance(minuteMs);
    rig.exercises.stop();
    expect(rig.wish).toBeNull();
    rig.restart();
    expect(rig.kinds).toEqual(['drill.begun', 'drill.ended stop']);
  });

  test('that runs is not ended by a disk that tells of an older one', () => {
    const rig = new ExerciseRig({ hasLateDisk: true }).start();
    rig.exercises.beginDrill('all', null, 'cli:wang');
    rig.readDisk({ name: 'exercise', wall: 0, detail: JSON.stringify({ is: 'drill', ...other }) });
    expect(rig.exercises.running).toBe('drill');
    expect(rig.kinds).toEqual(['drill.begun']);
  });
});

describe('a drill is due', () => {
  const yearMs = 365 * dayMs;
  test.each<
    readonly [
      string,
      number | null,
      ReturnType<typeof datedMark> | null,
      number,
      'trusted' | 'hinted' | 'untrusted',
      string,
    ]
  >([
    ['after a year', yearMs, datedMark('drill', 0, true), yearMs, 'trusted', 'due'],
    ['not before', yearMs, datedMark('drill', 0, true), yearMs - 1, 'trusted', 'not-due'],
    ['never by a clock that nobody trusts', yearMs, datedMark('drill', 0, true), 9 * yearMs, 'untrusted', 'unknown'],
    ['never by a hint', yearMs, datedMark('drill', 0, true), 9 * yearMs, 'hinted', 'unknown'],
    ['never by a date that such a clock had made', yearMs, datedMark('drill', 0, false), 9 * yearMs, 'trusted', 'date'],
    ['from the first start on', yearMs, null, 9 * yearMs, 'trusted', 'date'],
    ['never where nobody asks', null, null, 0, 'trusted', 'not-due'],
  ])('%s', (_, dueAfterMs, since, wall, trust, wanted) => {
    expect(judgeDrillDue({ dueAfterMs, since, wall, trust })).toBe(wanted);
  });

  test('is said by the engine as a technical condition, and comes back after a restart', () => {
    const step = makeStep([], [drillDueSubject]);
    const now = {
      boot: brandId<BootId>('b'),
      mono: 1,
      wall: 1,
      trust: 'trusted',
      entryId: () => brandId<EntryId>('e'),
    } as const;
    const input = {
      kind: 'condition',
      subject: drillDueSubject,
      isActive: true,
      detail: { error_zh: '太久没有', error_en: 'too long ago' },
    } as const;
    const raised = step(emptyAlarmState, input, now);
    expect(raised.drafts).toMatchObject([
      { kind: 'alarm.raised', class: 'technical', subject: 'upkeep:drill', words: { zh: '提示：消防演练 太久没有' } },
    ]);
    const rows = raised.facets.flatMap(({ row }) => (row === null ? [] : [row]));
    const restored = step(emptyAlarmState, { kind: 'restore', rows }, now);
    expect(restored.state.subjects.get('upkeep:drill')?.condition).toBe('active');
  });

  test('a year after the first start, until one is held; not before the disk has told when the last one was', async () => {
    const rig = new ExerciseRig({ hasLateDisk: true }).start();
    await rig.clock.advance(2 * 3_600_000);
    expect([rig.told, rig.marks.size]).toEqual([[], 0]);
    rig.readDisk();
    rig.clock.stepWall(yearMs);
    await rig.clock.advance(3_600_000);
    expect(rig.told.at(-1)).toBe('due upkeep:drill');
    rig.exercises.beginDrill('all', null, 'cli:wang');
    await rig.clock.advance(31_000);
    expect(rig.told.at(-1)).toBe('due upkeep:drill');
    await rig.clock.advance(10 * minuteMs);
    expect(rig.told.at(-1)).toBe('not due upkeep:drill');
  });

  test('still, after one that a fire broke off', async () => {
    const clock = new SimClock();
    const rig = new ExerciseRig({ clock }).start();
    clock.stepWall(yearMs);
    rig.exercises.beginDrill('all', null, 'cli:wang');
    await clock.advance(31_000);
    rig.burn();
    await clock.advance(3_600_000);
    expect(rig.told.at(-1)).toBe('due upkeep:drill');
  });
});
