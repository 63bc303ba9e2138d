import { expect, it } from 'vitest';
import { brandId, type EntryId, type PointId, type ZoneId } from '../../config/ids.js';
import type { BadReason, Reading } from '../../config/reading.js';
import { usualCadences } from '../../config/site-defaults.js';
import { AlarmIndex, indexRules } from '../../gateway/alarm/alarm-index.js';
import { makeStep, resoundOf } from '../../gateway/alarm/engine.js';
import { emptyAlarmState } from '../../gateway/alarm/facets.js';
import { isNoNews } from '../../gateway/alarm/no-news.js';
import type { EngineInput, Now } from '../../gateway/alarm/step.js';
import { conductWalkTests } from '../../gateway/alarm/walk-test.js';
import { watchedOf, watchPoints } from '../../gateway/alarm/watched-point.js';
import { Work } from '../../gateway/alarm/work.js';
import { seeded } from '../drivers/rig.js';
import { pointOf, points as statePoints } from './engine-rig.js';

const points = [
  ...statePoints,
  pointOf('level', 'water.level', {
    class: 'supervisory',
    severities: {},
    physicalUnit: 'm',
    limits: { low: 1, high: 4, deadband: 0.5 },
  }),
  pointOf('current', 'residual_current', {
    class: 'warning',
    severities: {},
    physicalUnit: 'mA',
    limits: { low: null, high: 300, deadband: 20 },
    onDelayMs: 200,
    offDelayMs: 300,
  }),
];
const boot = brandId<Now['boot']>('boot-1');
const hall = brandId<ZoneId>('hall');
const reasons: readonly BadReason[] = ['silent', 'line-down', 'step', 'sentinel'];
const numbers: readonly number[] = [0.5, 1.2, 2, 4.2, 250, 290, 320];

it('what is taken for no news changes nothing in a whole step, whatever stands, whatever is lost, whoever gave orders', () => {
  const random = seeded(39);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const watched = watchPoints(points);
  const known = new Map([...watched.values()].flatMap(({ subject, fault }) => [subject, fault].map((s) => [s.key, s])));
  const site = { points: watched, known, zoneNames: new Map(), ...resoundOf(usualCadences) };
  const step = makeStep(points, []);
  const seen = { noNews: 0, ofStanding: 0, news: 0 };
  let [state, mono, entries, frame] = [emptyAlarmState, 0, 0, 0];
  const nowOf = (): Now => ({
    ...{ boot, mono, wall: 1_000_000 + mono, trust: 'trusted' },
    entryId: (n) => brandId<EntryId>(`e${entries + n}`),
  });
  const latest = new Map<PointId, Reading>();
  const readingOf = (): Reading => {
    const point = pick(points);
    const last = latest.get(point.id);
    const stamp = { pointId: point.id, sampledMono: mono, frame: ++frame, confirmed: random() < 0.8 };
    const states = Object.keys(point.severities);
    const value = states.length > 0 ? pick(states) : pick(numbers);
    // Mostly what was there before, as on a line.
    const reading: Reading =
      last !== undefined && random() < 0.7
        ? { ...last, ...stamp }
        : random() < 0.2
          ? { ...stamp, quality: 'bad', value: null, reason: pick(reasons) }
          : { ...stamp, quality: 'good', value, reason: null };
    latest.set(point.id, reading);
    return reading;
  };
  const inputOf = (): EngineInput => {
    const dice = random();
    if (dice < 0.9) return { kind: 'reading', reading: readingOf() };
    if (dice < 0.94) return { kind: 'tick' };
    if (dice < 0.95) return { kind: 'walk-test', order: { zone: hall, to: 'begin', origin: 'panel', forMs: 5000 } };
    const kind = pick(['acknowledge', 'silence', 'reset'] as const);
    return { kind: 'command', command: { kind, upTo: { boot, order: state.lastOrder }, origin: 'panel' } };
  };
  for (let round = 0; round < 8_000; round++) {
    mono += Math.floor(random() * 100);
    const input = inputOf();
    if (input.kind === 'reading') {
      const { reading } = input;
      const of = watchedOf(watched, reading);
      if (isNoNews(state, of, reading)) {
        seen.noNews++;
        if (state.subjects.get(of.subject.key)?.alarm != null) seen.ofStanding++;
        const work = new Work(state, nowOf(), site, AlarmIndex.of(state, indexRules(site)));
        work.read(reading);
        conductWalkTests(work);
        const { state: after, drafts, facets } = work.result();
        expect([after === state, drafts, facets]).toEqual([true, [], []]);
      } else seen.news++;
    }
    const result = step(state, input, nowOf());
    entries += result.drafts.length;
    state = result.state;
  }
  expect(seen.ofStanding).toBeGreaterThan(400);
  expect(seen.news).toBeGreaterThan(400);
});
