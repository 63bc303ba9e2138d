/** Random lives of a village that practises, with fires, kills and stops in between. */
import { expect, test } from 'vitest';
import { sirenTestMaxMs } from '../../gateway/exercise/siren-test.js';
import { ExerciseRig, east, usual, west } from './exercise-rig.js';

const stories = 60;
const steps = 120;
const sirenTest = usual.sirenTest;
/** A look may come so much late, and a siren is looked at twice. */
const testMaxMs = sirenTest === null ? 0 : sirenTestMaxMs(sirenTest) + 4 * 200 + 1;

/** mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('no exercise runs beside a standing fire, each that begins ends once, and none lasts longer than its time', async () => {
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= stories; seed++) {
    const rig = new ExerciseRig().start();
    const random = randomOf(seed);
    for (let step = 0; step < steps; step++) {
      await act(rig, random);
      check(rig, seed, step);
    }
    rig.exercises.stop();
    check(rig, seed, steps);
    checkPairs(rig, seed);
    for (const kind of rig.kinds) seen.set(kind, (seen.get(kind) ?? 0) + 1);
  }
  // The lives were lively enough: every end came about.
  for (const reason of ['time', 'order', 'fire', 'stop', 'restart'])
    expect(seen.get(`drill.ended ${reason}`)).toBeGreaterThan(0);
  for (const reason of ['done', 'order', 'fire', 'alarm', 'restart']) {
    expect(seen.get(`siren_test.ended ${reason}`)).toBeGreaterThan(0);
  }
});

async function act(rig: ExerciseRig, random: () => number): Promise<void> {
  const { exercises } = rig;
  const minutes = (most: number): number => Math.ceil(random() * most) * 60_000;
  const deeds: readonly (() => unknown)[] = [
    () => exercises.beginDrill('all', minutes(20), 'cli:wang'),
    () => exercises.beginDrill([random() < 0.5 ? east : west], null, 'key:k'),
    () => exercises.endDrill({ present: null, missing: null }, null, 'cli:li'),
    () => exercises.testSirens('cli:li'),
    () => exercises.testSirens('cli:li'),
    () => exercises.endSirenTest(),
    () => rig.wasSaid(rig.said.at(-1)?.id ?? ''),
    () => rig.wasSaid(rig.said.at(-1)?.id ?? ''),
    () => rig.runDaily('10:00'),
    () => rig.burn(random() < 0.5 ? east : null, 'fire', `point:smoke-${Math.floor(random() * 2)}`),
    () => rig.reset('point:smoke-0'),
    () => rig.reset('point:smoke-1'),
    () => rig.reset('point:gas'),
    () => rig.burn(east, 'warning', 'point:gas'),
    () => rig.restart(),
    () => rig.clock.stepWall((random() - 0.5) * 30 * 24 * 3_600_000),
    () => rig.clock.advance(random() * 1000),
    () => rig.clock.advance(random() * 5000),
    () => rig.clock.advance(minutes(3)),
    () => rig.clock.advance(minutes(15)),
  ];
  await deeds[Math.floor(random() * deeds.length)]?.();
}

function check(rig: ExerciseRig, seed: number, step: number): void {
  const where = `seed ${seed}, step ${step}`;
  const isBurning = [...rig.alarms.subjects.values()].some((each) => each.class === 'fire');
  const { running } = rig.exercises;
  if (isBurning) expect([running, rig.wish], where).toEqual([null, null]);
  if (running === null) expect(rig.wish, where).toBeNull();
  else if (rig.wish !== null) expect(rig.wish.kind, where).toBe(running);
  expect([...rig.foundOn], where).toEqual([]);
  const open = [...begunOf(rig)].filter(([id]) => endsOf(rig, id).length === 0);
  expect(open.length, where).toBe(running === null ? 0 : 1);
}

function checkPairs(rig: ExerciseRig, seed: number): void {
  for (const [id, begun] of begunOf(rig)) {
    const ends = endsOf(rig, id);
    expect(ends.length, `seed ${seed}: ${id}`).toBe(1);
    const lastedS = Number(ends[0]?.detail['lasted_s'] ?? 0);
    const maxMs = begun.kind === 'drill.begun' ? Number(begun.detail['for_s']) * 1000 : testMaxMs;
    expect(lastedS * 1000, `seed ${seed}: ${id}`).toBeLessThanOrEqual(maxMs + 500);
  }
}

type Entry = ExerciseRig['entries'][number];

function idOf({ detail }: Entry): string {
  return String(detail['drill'] ?? detail['test']);
}

function begunOf(rig: ExerciseRig): ReadonlyMap<string, Entry> {
  const begun = rig.entries.filter(({ kind }) => kind === 'drill.begun' || kind === 'siren_test.begun');
  const byId = new Map(begun.map((entry) => [idOf(entry), entry]));
  expect(byId.size).toBe(begun.length);
  return byId;
}

function endsOf(rig: ExerciseRig, id: string): readonly Entry[] {
  return rig.entries.filter((entry) => entry.kind.endsWith('.ended') && idOf(entry) === id);
}
