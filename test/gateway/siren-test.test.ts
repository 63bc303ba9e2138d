/** A siren test: each siren shortly, one after the other, proven on and proven off, and never silence about one that was not. */
import { describe, expect, test } from 'vitest';
import { brandId, type OutputId, type PointId } from '../../config/ids.js';
import {
  type SirenTest,
  type SirenTestInput,
  type SirenTestState,
  sirenTestMaxMs,
  sirenTestOff,
  stepSirenTest,
} from '../../gateway/exercise/siren-test.js';
import { sirenTestEnded } from '../../gateway/exercise/siren-test-entries.js';
import { weekdayOf } from '../../gateway/exercise/siren-test-run.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { ExerciseRig, east, eastSiren, site, usual, villageSiren, westStrobe } from './exercise-rig.js';

const outputs = [eastSiren, villageSiren];
const run: SirenTest = { id: 't1', outputs, soundsMs: 2000, origin: 'cli:li', begunMono: 0, begunWall: 0 };
const calm = { hasFire: false, hasSound: false, running: null };
const round = { test: run, output: eastSiren, sinceMono: 0, isProvenOn: false, outcomes: new Map() };
const states = {
  off: sirenTestOff,
  announced: { is: 'announced', test: run, untilMono: 30_000 },
  ringing: { is: 'ringing', ...round },
  rung: { is: 'ringing', ...round, isProvenOn: true },
  quieting: { is: 'quieting', ...round, isProvenOn: true },
  last: {
    is: 'quieting',
    ...round,
    output: villageSiren,
    isProvenOn: true,
    outcomes: new Map([[eastSiren, 'proven']]),
  },
} as const satisfies Record<string, SirenTestState>;

const begin = (standing: Partial<typeof calm> | { hasFire: boolean } = {}, hasWords = true): SirenTestInput => ({
  ...{ kind: 'begin', id: 't2', outputs, soundsMs: 2000, origin: 'cli:li', hasWords },
  standing: { ...calm, ...standing },
});
const look = (isOn: boolean | null): SirenTestInput => ({ kind: 'look', isOn });
const end = (reason: 'order' | 'fire' | 'alarm' | 'stop'): SirenTestInput => ({ kind: 'end', reason });

test.each<readonly [keyof typeof states, SirenTestInput, number, string]>([
  ['off', begin(), 0, 'announced: begin words'],
  ['off', begin({}, false), 0, 'ringing: begin ring siren-east'],
  ['off', begin({ hasFire: true }), 0, 'off: refuse fire-stands'],
  ['off', begin({ hasSound: true } as { hasFire: boolean; hasSound: boolean }), 0, 'off: refuse alarm-sounds'],
  ['off', { kind: 'said' }, 0, 'off: '],
  ['off', look(true), 0, 'off: '],
  ['off', end('fire'), 0, 'off: '],
  ['off', end('order'), 0, 'off: refuse nothing-runs'],
  ['off', { kind: 'restart', running: null }, 0, 'off: '],
  ['off', { kind: 'restart', running: run }, 0, 'off: end restart skipped,skipped'],
  ['announced', begin(), 0, 'announced: refuse exercise-runs'],
  ['announced', look(null), 29_999, 'announced: '],
  ['announced', look(null), 30_000, 'ringing: ring siren-east'],
  ['announced', { kind: 'said' }, 5, 'ringing: ring siren-east'],
  ['announced', end('fire'), 5, 'off: end fire skipped,skipped'],
  ['announced', { kind: 'restart', running: run }, 5, 'announced: '],
  ['ringing', { kind: 'said' }, 5, 'ringing: '],
  ['ringing', look(true), 1999, 'ringing: '],
  ['ringing', look(true), 2000, 'quieting: quiet'],
  ['ringing', look(null), 2000, 'ringing: '],
  ['ringing', look(false), 4999, 'ringing: '],
  ['ringing', look(false), 5000, 'quieting: quiet'],
  ['ringing', end('alarm'), 5, 'off: end alarm skipped,skipped'],
  ['rung', look(null), 2000, 'quieting: quiet'],
  ['quieting', look(true), 4999, 'quieting: '],
  ['quieting', look(false), 100, 'ringing: ring siren-village'],
  ['quieting', look(null), 5000, 'ringing: ring siren-village'],
  ['last', look(false), 100, 'off: end done proven,proven'],
  ['last', look(true), 5000, 'off: end done proven,not-proven'],
  ['last', end('order'), 5, 'off: end order proven,skipped'],
  ['last', end('stop'), 5, 'off: end stop proven,skipped'],
])('%s, %j at %i ms → %s', (is, input, mono, wanted) => {
  const { state, effects } = stepSirenTest(states[is], input, { mono, wall: mono });
  const told = effects.map((effect) => {
    if (effect.do === 'refuse') return `refuse ${effect.reason}`;
    if (effect.do === 'ring') return `ring ${effect.output}`;
    return effect.do === 'end' ? `end ${effect.reason} ${[...effect.outcomes.values()].join(',')}` : effect.do;
  });
  expect(`${state.is}: ${told.join(' ')}`).toBe(wanted);
});

async function toTheEnd(rig: ExerciseRig): Promise<void> {
  await rig.clock.until(() => rig.exercises.running === null, sirenTestMaxMs(run) + 1000, 100);
}

const lastOf = (rig: ExerciseRig) => rig.entries.findLast(({ kind }) => kind === 'siren_test.ended');

describe('a siren test of the site', () => {
  test('says so first, quietly, then rings one siren after the other, and nothing for longer than it must', async () => {
    const rig = new ExerciseRig().start();
    expect(rig.exercises.testSirens('cli:li')).toBeNull();
    expect(rig.said).toEqual([expect.objectContaining({ volume: 20, occasion: 'siren-test' })]);
    expect(rig.wish).toBeNull();
    const heard: string[] = [];
    const soundedMs = new Map<string, number>();
    while (rig.exercises.running !== null) {
      await rig.clock.advance(100);
      const now = [...(rig.wish?.sound ?? [])];
      expect(now.length).toBeLessThan(2);
      for (const id of now) soundedMs.set(id, (soundedMs.get(id) ?? 0) + 100);
      if (now[0] !== undefined && heard.at(-1) !== now[0]) heard.push(now[0]);
    }
    expect(heard).toEqual(outputs);
    for (const ms of soundedMs.values()) expect(ms).toBeLessThanOrEqual(2300);
    expect(lastOf(rig)?.detail).toMatchObject({
      outputs: { [eastSiren]: 'proven', [villageSiren]: 'proven' },
      ...{ ok: true, reason: 'done', asked_by: 'cli:li' },
    });
    expect(lastOf(rig)?.words.zh).toBe('警铃试鸣：继电器已回读（声音未证实）');
    expect(rig.told).toEqual(expect.arrayContaining([`sound ${eastSiren}`, `sound ${villageSiren}`]));
  });

  test('tells of the siren that did not ring and of the one that did not stop, until a test proves them', async () => {
    const rig = new ExerciseRig().start();
    rig.dead.add(eastSiren);
    rig.stuck.add(villageSiren);
    rig.exercises.testSirens('cli:li');
    await toTheEnd(rig);
    expect(lastOf(rig)).toMatchObject({
      detail: { outputs: { [eastSiren]: 'not-proven', [villageSiren]: 'not-proven' }, ok: false },
      words: { zh: '警铃试鸣：未全部证实；未能证实：siren-east、siren-village' },
    });
    expect(rig.told.filter((told) => told.startsWith('fault'))).toEqual([
      `fault ${eastSiren}`,
      `fault ${villageSiren}`,
    ]);
    rig.dead.clear();
    rig.stuck.clear();
    rig.exercises.testSirens('cli:li');
    await toTheEnd(rig);
    expect(rig.told.slice(-2)).toEqual([`sound ${eastSiren}`, `sound ${villageSiren}`]);
  });

  test.each(['fire', 'warning'] as const)(
    'is quiet as soon as a %s sounds, and blames no siren for it',
    async (alarmClass) => {
      const rig = new ExerciseRig().start();
      rig.exercises.testSirens('cli:li');
      await rig.clock.until(() => rig.wish !== null, 31_000, 100);
      rig.burn(east, alarmClass);
      expect(rig.wish).toBeNull();
      expect(rig.kinds.at(-1)).toBe(`siren_test.ended ${alarmClass === 'fire' ? 'fire' : 'alarm'}`);
      expect(rig.told.filter((told) => told.startsWith('fault'))).toEqual([]);
      expect(rig.exercises.testSirens('cli:li')).toBe(alarmClass === 'fire' ? 'fire-stands' : 'alarm-sounds');
    },
  );

  test('that ran when the process was killed is over, and its siren is let go', async () => {
    const rig = new ExerciseRig().start();
    rig.exercises.testSirens('cli:li');
    await rig.clock.until(() => rig.wish !== null, 31_000, 100);
    rig.restart();
    rig.restart();
    expect(rig.foundOn).toEqual(new Set());
    expect(rig.kinds).toEqual(['siren_test.begun', 'siren_test.ended restart']);
  });

  test('waits, also by the calendar, until somebody has decided about a siren found on', () => {
    const rig = new ExerciseRig({ clock: new SimClock(new Date(2026, 10, 22, 10, 0, 0).getTime()) }).start();
    rig.foundOn = new Set([westStrobe, villageSiren]);
    rig.runDaily('10:00');
    expect(rig.exercises.testSirens('cli:li')).toBe('alarm-sounds');
    expect(rig.kinds).toEqual(['siren_test.ended alarm-sounds']);
    rig.foundOn = new Set([westStrobe]);
    expect(rig.exercises.testSirens('cli:li')).toBeNull();
  });

  test('is no order where the site file tests nothing', () => {
    const rig = new ExerciseRig({ exercises: { ...usual, sirenTest: null } }).start();
    expect(rig.exercises.testSirens('cli:li')).toBe('nothing-sounds');
  });
});

describe('the weekly siren test', () => {
  /** 2026-11-22 was a Sunday. */
  const sunday = () => new SimClock(new Date(2026, 10, 22, 10, 0, 0).getTime());

  test('is on its day, once, whatever the clock does, and again a week later', async () => {
    const rig = new ExerciseRig({ clock: sunday() }).start();
    expect(weekdayOf(rig.clock.wall())).toBe(0);
    rig.runDaily('10:00');
    expect(rig.exercises.status).toMatchObject({ is: 'siren-test', by: 'calendar' });
    await toTheEnd(rig);
    rig.clock.stepWall(-60_000);
    rig.runDaily('10:00');
    rig.restart();
    rig.runDaily('10:00');
    expect(rig.kinds).toEqual([
      'siren_test.begun',
      'siren_test.ended done',
      'siren_test.ended just-tested',
      'siren_test.ended just-tested',
    ]);
    await rig.clock.advance(24 * 3_600_000);
    rig.runDaily('10:00');
    expect(rig.exercises.running).toBeNull();
    rig.clock.stepWall(6 * 24 * 3_600_000);
    rig.runDaily('10:00');
    expect(rig.exercises.running).toBe('siren-test');
  });

  test('is left out beside a fire or a drill, and says why', async () => {
    const rig = new ExerciseRig({ clock: sunday() }).start();
    rig.burn();
    rig.runDaily('10:00');
    expect(lastOf(rig)).toMatchObject({
      words: { zh: expect.stringContaining('火警'), en: expect.stringContaining('fire') },
      detail: { ok: false, reason: 'fire-stands', outputs: { [eastSiren]: 'skipped', [villageSiren]: 'skipped' } },
    });
    rig.reset();
    rig.exercises.beginDrill('all', null, 'cli:wang');
    rig.runDaily('10:00');
    expect(lastOf(rig)?.detail['reason']).toBe('exercise-runs');
  });
});

test('only where something proves every siren it is told that all are proven', () => {
  const proof = { point: brandId<PointId>('ear/sound'), on: { state: 'on' }, withinMs: 1000 };
  const outcomes = new Map(outputs.map((id) => [id, 'proven'] as const));
  const told = (proven: readonly OutputId[]): string =>
    sirenTestEnded(
      { do: 'end', test: run, reason: 'done', outcomes, lastedMs: 9000 },
      site.outputs.map((each) => (proven.includes(each.id) ? { ...each, proof } : each)),
    ).words.en;
  expect(told(outputs)).toBe('siren test: all proven');
  expect(told([eastSiren])).toBe('siren test: relays read back (sound not proven)');
});
