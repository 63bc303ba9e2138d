/** Stories in which a fire was once not heard, heard in the wrong place, or heard without end. */
import { describe, expect, test } from 'vitest';
import {
  type BootId,
  brandId,
  type EntryId,
  type OutputId,
  type PlanId,
  type PointId,
  type ZoneId,
} from '../../config/ids.js';
import type { PlanConfig, PointConfig } from '../../config/site.js';
import { usualCadences } from '../../config/site-defaults.js';
import type { AlarmClass, PointRole } from '../../config/vocabulary.js';
import { type EngineOptions, makeStep, resoundOf } from '../../gateway/alarm/engine.js';
import { type AlarmState, emptyAlarmState, type Facets } from '../../gateway/alarm/facets.js';
import type { EngineInput, Now, StepResult } from '../../gateway/alarm/step.js';
import { desiredOutputs } from '../../gateway/annunciator/desired-outputs.js';
import { sirenPhase } from '../../gateway/annunciator/siren-rest.js';
import type { FacetRow } from '../../sync/journal/store.js';
import { pointOf } from './engine-rig.js';

const siren = brandId<OutputId>('siren');
const town = brandId<OutputId>('town');
const plans: readonly PlanConfig[] = [
  {
    id: brandId<PlanId>('night'),
    when: { class: 'fire', zones: 'all' },
    steps: [
      { start: [{ kind: 'at-once' }], sound: [siren] },
      { start: [{ kind: 'confirmed' }, { kind: 'unacknowledged', afterMs: 60_000 }], sound: [town] },
    ],
  },
];

const pt = (id: string, role: PointRole = 'smoke.alarm', odd: Partial<PointConfig> = {}) => pointOf(id, role, odd);

class Rig {
  state: AlarmState = emptyAlarmState;
  readonly saved = new Map<string, FacetRow>();
  entries = 0;
  trust: Now['trust'] = 'trusted';
  wallOffset = 1_000_000;
  next: number | null = null;
  readonly #step;
  constructor(
    points: readonly PointConfig[],
    readonly boot = 'b1',
    options?: EngineOptions,
  ) {
    this.#step = makeStep(points, [], options);
  }
  give(mono: number, input: EngineInput): StepResult {
    const entryId = (n: number): EntryId => brandId<EntryId>(`${this.boot}-${this.entries + n + 1}`);
    const r = this.#step(this.state, input, {
      boot: brandId<BootId>(this.boot),
      mono,
      wall: this.wallOffset + mono,
      trust: this.trust,
      entryId,
    });
    this.entries += r.drafts.length;
    this.state = r.state;
    for (const { subject, row } of r.facets) {
      if (row === null) this.saved.delete(subject);
      else this.saved.set(subject, row);
    }
    this.next = r.nextTickMono;
    return r;
  }
  see(mono: number, id: string, value: string | number, frame = mono + 1): StepResult {
    return this.give(mono, {
      kind: 'reading',
      reading: {
        pointId: brandId<PointId>(id),
        sampledMono: mono,
        frame,
        confirmed: true,
        quality: 'good',
        value,
        reason: null,
      },
    });
  }
  lose(mono: number, id: string): StepResult {
    return this.give(mono, {
      kind: 'reading',
      reading: {
        pointId: brandId<PointId>(id),
        sampledMono: mono,
        frame: mono + 1,
        confirmed: true,
        quality: 'bad',
        value: null,
        reason: 'silent',
      },
    });
  }
  order(mono: number, kind: 'acknowledge' | 'silence' | 'reset', raisedBeforeMono = mono - 1000): StepResult {
    return this.give(mono, { kind: 'command', command: { kind, upTo: { raisedBeforeMono }, origin: 'p' } });
  }
  serve(mono: number, id: string, to: 'out-of-service' | 'in-service', forMs = 3_600_000): StepResult {
    return this.give(mono, { kind: 'service', order: { subjects: [`point:${id}`], to, forMs, origin: 'p' } });
  }
  restore(mono: number, rows: Iterable<FacetRow>, isLate = false): StepResult {
    return this.give(mono, { kind: 'restore', rows: [...rows], isLate });
  }
  tick(mono: number): StepResult {
    return this.give(mono, { kind: 'tick' });
  }
  of(id: string): Facets | undefined {
    return this.state.subjects.get(`point:${id}`);
  }
  on(mono: number, out: OutputId): boolean {
    return desiredOutputs(this.state, plans, mono).outputs.get(out)?.on === true;
  }
}
const ab = [pt('a'), pt('b')];

test('a fire that flaps every 40 s, unacknowledged, wakes the town after a minute', () => {
  const rig = new Rig(ab);
  let isOn = false;
  for (let t = 0; t < 600_000; t += 40_000) {
    rig.see(t, 'a', 'alarm');
    isOn ||= rig.on(t + 38_000, town);
    rig.see(t + 38_000, 'a', 'normal');
    isOn ||= rig.on(t + 39_999, town);
  }
  expect(isOn).toBe(true);
});
test('the town siren that sounds goes on when the detector flaps', () => {
  const rig = new Rig(ab);
  rig.see(0, 'a', 'alarm');
  expect(rig.on(61_000, town)).toBe(true);
  rig.see(62_000, 'a', 'normal');
  expect(rig.on(62_000, town)).toBe(true);
  rig.see(63_000, 'a', 'alarm');
  expect(rig.on(63_000, town)).toBe(true);
});
test('the town siren goes on after a restart, too, when the detector flaps', () => {
  const rig = new Rig(ab);
  rig.see(0, 'a', 'alarm');
  const next = new Rig(ab, 'b2');
  next.restore(0, rig.saved.values());
  expect(next.on(1, town)).toBe(true);
  next.see(100, 'a', 'normal');
  next.see(200, 'a', 'alarm');
  expect(next.on(200, town)).toBe(true);
});
test('a late disk does not put the town off', () => {
  const rig = new Rig(ab);
  rig.see(0, 'a', 'alarm');
  const next = new Rig(ab, 'b2');
  next.see(2_500, 'a', 'alarm');
  next.restore(3_000, rig.saved.values());
  expect(next.on(3_000, town)).toBe(true);
});
test('a fire that nobody saw is not acknowledged and silenced by putting its detector back', () => {
  const rig = new Rig(ab);
  rig.serve(0, 'a', 'out-of-service');
  rig.see(100_000, 'a', 'alarm');
  rig.serve(100_100, 'a', 'in-service');
  expect([rig.of('a')?.acknowledged, rig.on(100_100, siren)]).toEqual([null, true]);
});
test('put back while it burns it sounds again some time, as any silenced fire', () => {
  const rig = new Rig(ab);
  rig.see(0, 'a', 'alarm');
  rig.serve(1, 'a', 'out-of-service');
  rig.serve(100, 'a', 'in-service');
  for (let i = 0; i < 50 && rig.next !== null; i++) rig.tick(rig.next);
  for (const t of [1e6, 1e7, 1e8]) rig.tick(t);
  expect(rig.on(1e8, siren)).toBe(true);
});
test('two detectors burn, one comes back into service: confirmed', () => {
  const rig = new Rig(ab);
  rig.serve(0, 'a', 'out-of-service', 60_000);
  for (const t of [100, 200, 300]) rig.see(t, 'a', 'alarm');
  for (const t of [1100, 1200, 1300]) rig.see(t, 'b', 'alarm');
  rig.order(2_500, 'acknowledge');
  rig.tick(60_000);
  for (const t of [61_000, 62_000]) {
    rig.see(t, 'a', 'alarm');
    rig.see(t + 1, 'b', 'alarm');
  }
  expect(rig.of('a')?.alarm?.confirmed).toBe('second-detector');
});
test('a call point in alarm comes back into service: confirmed', () => {
  const rig = new Rig([pt('a'), pt('c', 'call_point.alarm')]);
  rig.serve(0, 'c', 'out-of-service', 60_000);
  for (const t of [100, 200, 300]) rig.see(t, 'c', 'alarm');
  rig.tick(60_000);
  for (const t of [61_000, 62_000, 63_000]) rig.see(t, 'c', 'alarm');
  expect(rig.of('c')?.alarm?.confirmed).toBe('call-point');
});
test('silenced, not acknowledged, then the neighbour is lost: the town is woken', () => {
  const rig = new Rig(ab);
  rig.see(0, 'b', 'normal');
  rig.see(1, 'a', 'alarm');
  rig.order(5_000, 'silence');
  rig.lose(20_000, 'b');
  expect(rig.of('a')?.alarm?.confirmed).toBe('second-lost');
  expect(rig.on(20_000, town)).toBe(true);
});
describe('a fire of a point that is now', () => {
  const kinds: readonly (readonly [string, PointRole, AlarmClass | null])[] = [
    ['of another class', 'gas.alarm', 'warning'],
    ['without a class', 'contact', null],
  ];
  describe.each(kinds)('%s', (_, role, alarmClass) => {
    function restarted(isLate = false) {
      const rig = new Rig(ab);
      rig.see(0, 'a', 'alarm');
      const next = new Rig([pt('a', role), pt('b')], 'b2');
      if (isLate) next.see(0, 'a', 'alarm');
      next.restore(1, rig.saved.values(), isLate);
      return { id: rig.of('a')?.alarm?.id, next, saved: rig.saved };
    }

    test.each([false, true])('stays as it is until a person resets it (late disk: %s)', (isLate) => {
      const { id, next } = restarted(isLate);
      next.see(100, 'a', 'normal');
      expect(next.of('a@fire')).toMatchObject({ class: 'fire', alarm: { id }, sounder: 'sounding' });
      next.order(200_000, 'reset');
      expect(next.of('a@fire')).toBe(undefined);
    });

    test('is not raised again by what the point says now, and that wakes nobody as a fire', () => {
      const { next } = restarted();
      const silenced = next.order(1_500, 'silence').drafts.map(({ kind, subject }) => `${kind} ${subject}`);
      expect(silenced).toEqual(['alarm.silenced point:a@fire']);
      const { drafts } = next.see(2_000, 'a', 'alarm');
      expect(drafts.map((each) => [each.kind, each.subject, each.class])).toEqual(
        alarmClass === null ? [] : [['alarm.raised', 'point:a', alarmClass]],
      );
      expect([next.on(2_000, siren), next.of('a@fire')?.alarm?.confirmed]).toEqual([false, null]);
    });

    test('outlives the next restart too, and is its own again when the point is a fire point again', () => {
      const { id, next, saved } = restarted();
      expect([...next.saved.keys()]).toEqual(['point:a@fire']);
      expect(saved.has('point:a')).toBe(true);
      const third = new Rig([pt('a', role), pt('b')], 'b3');
      third.restore(0, next.saved.values());
      expect(third.of('a@fire')?.alarm?.id).toBe(id);
      const fourth = new Rig(ab, 'b4');
      fourth.restore(0, next.saved.values());
      fourth.see(100, 'a', 'alarm');
      expect(fourth.of('a')).toMatchObject({ isLost: false, alarm: { id, confirmed: null } });
      expect(fourth.of('a@fire')).toBe(undefined);
    });
  });
});

describe('a silenced fire', () => {
  /** Killed and started again every 20 s, from 5 s after the raising; when it first sounds again, s. */
  function soundsAgainAfterS(trust: (boot: number) => Now['trust'], wallStep = 0): number {
    let rig = new Rig(ab);
    let startMono = 0;
    rig.trust = trust(0);
    rig.see(0, 'a', 'alarm');
    rig.order(2_000, 'silence');
    for (let boot = 1; boot < 100; boot++) {
      const next = new Rig(ab, `b${boot + 1}`);
      next.saved.clear();
      for (const [key, row] of rig.saved) next.saved.set(key, row);
      startMono += 20_000;
      next.wallOffset = 1_000_000 + startMono + wallStep * boot;
      next.trust = trust(boot);
      next.restore(0, rig.saved.values());
      next.see(100, 'a', 'alarm');
      if (next.next !== null && next.next < 20_000) next.tick(next.next);
      if (next.on(19_999, siren)) return startMono / 1000;
      rig = next;
    }
    return Number.POSITIVE_INFINITY;
  }

  test('sounds again after ten minutes, however often the gateway restarts', () => {
    expect(soundsAgainAfterS(() => 'trusted')).toBe(600);
  });

  test.each<readonly [string, (boot: number) => Now['trust'], number]>([
    ['could not be believed when it was silenced', (boot) => (boot === 0 ? 'untrusted' : 'trusted'), 0],
    ['can not be believed now', (boot) => (boot === 0 ? 'trusted' : 'hinted'), 0],
    ['stands before the silence', () => 'trusted', -3_600_000],
  ])('of which the clock %s sounds at once', (_, trust, wallStep) => {
    expect(soundsAgainAfterS(trust, wallStep)).toBe(20);
  });
});

test('how long a silence lasts stands in the cadence of the class, and null is for ever', () => {
  const { fire, ...others } = usualCadences;
  const options = resoundOf({ ...others, fire: { resoundMs: 5_000 }, warning: { resoundMs: null } });
  const rig = new Rig([pt('a'), pt('gas', 'gas.alarm')], 'b1', options);
  for (const id of ['a', 'gas']) rig.see(0, id, 'alarm');
  rig.order(1_000, 'silence', 1_000);
  expect(rig.next).toBe(6_000);
  rig.tick(6_000);
  rig.tick(1e9);
  expect([rig.of('a')?.sounder, rig.of('gas')?.sounder]).toEqual(['sounding', 'silenced']);
});

test('the work of a burst grows with the burst: 2,000 fires of one zone cost twice as much as 1,000', () => {
  const visitedBy = (size: number): number => {
    const many = Array.from({ length: size }, (_, i) => pt(`p${i}`));
    const rig = new Rig(many);
    let visited = 0;
    const all = (see: (id: string) => StepResult): void => {
      for (const { id } of many) visited += see(id).visited;
    };
    all((id) => rig.see(0, id, 'normal', 1));
    all((id) => rig.see(10, id, 'alarm', 2));
    all((id) => rig.see(20, id, 'alarm', 3));
    all((id) => rig.see(30, id, 'normal', 4));
    all((id) => rig.lose(40, id));
    return visited;
  };
  expect([visitedBy(500), visitedBy(1_000)]).toEqual([500, 1_000]);
});

test.each([
  ['class', 'fyre'],
  ['sounder', 'x'],
  ['condition', 'x'],
  ['service', 'x'],
] as const)('a damaged %s in a saved row does not stop the start, and the fire is heard', (key, value) => {
  const rig = new Rig(ab);
  rig.see(0, 'a', 'alarm');
  const rows = [...rig.saved.values()].map((row) => ({ ...row, [key]: value }) as FacetRow);
  const next = new Rig(ab, 'b2');
  expect(() => {
    next.restore(0, rows);
    next.see(100, 'a', 'alarm');
    next.tick(200);
  }).not.toThrow();
  expect(next.on(100, siren)).toBe(true);
  expect(next.of('a')?.class).toBe('fire');
});
test('400 points of one zone in one frame are no coincidence, and the next frame is', () => {
  const many = Array.from({ length: 400 }, (_, i) => pt(`p${i}`));
  const rig = new Rig(many);
  for (const { id } of many) rig.see(0, id, 'alarm', 7);
  expect(rig.of('p0')?.alarm?.confirmed).toBe(null);
  rig.see(10, 'p399', 'alarm', 8);
  expect(rig.of('p0')?.alarm?.confirmed).toBe('second-detector');
});
test('out of service for an hour, ordered under a wrong clock, lasts no week after a restart', () => {
  const rig = new Rig(ab);
  rig.trust = 'untrusted';
  rig.wallOffset = 1_000_000 + 5 * 86_400_000;
  rig.serve(0, 'a', 'out-of-service', 3_600_000);
  const next = new Rig(ab, 'b2');
  next.restore(7_200_000, rig.saved.values());
  expect(next.of('a')?.service ?? null).toBe(null);
});
test('restored fires of two detectors are confirmed, whatever their zone was before', () => {
  const old = [pt('a'), pt('b', 'smoke.alarm', { zone: brandId<ZoneId>('x') })];
  const rig = new Rig(old);
  for (const t of [0, 10, 20]) {
    rig.see(t, 'a', 'alarm');
    rig.see(t + 1, 'b', 'alarm');
  }
  rig.order(2_000, 'acknowledge');
  const next = new Rig(ab, 'b2');
  next.restore(0, rig.saved.values());
  for (const t of [1, 10, 20]) {
    next.see(t, 'a', 'alarm');
    next.see(t + 1, 'b', 'alarm');
  }
  expect(next.of('a')?.alarm?.confirmed).toBe('second-detector');
});
test('the next change of a siren phase is always ahead', () => {
  const now = 680772.1222844673;
  expect(sirenPhase(440772.1222844674, now, usualCadences.fire).nextMono).toBeGreaterThan(now);
});

test('who acknowledged in time and silenced has a minute anew when it burns again', () => {
  const rig = new Rig(ab);
  rig.see(0, 'a', 'alarm');
  rig.order(5_000, 'acknowledge');
  rig.order(5_100, 'silence');
  rig.see(100_000, 'a', 'normal');
  rig.see(200_000, 'a', 'alarm');
  expect([rig.on(200_000, town), rig.on(259_999, town), rig.on(260_000, town)]).toEqual([false, false, true]);
});

test('a town that was woken before somebody acknowledged stays awake when the detector flaps after that', () => {
  const rig = new Rig(ab);
  rig.see(0, 'a', 'alarm');
  rig.order(61_000, 'acknowledge');
  rig.see(70_000, 'a', 'normal');
  rig.see(71_000, 'a', 'alarm');
  expect(rig.on(71_000, town)).toBe(true);
});

test('a late disk: a key pressed before the fire was shown does not touch it', () => {
  const rig = new Rig(ab);
  rig.see(0, 'a', 'alarm');
  rig.see(1, 'a', 'normal');
  const next = new Rig(ab, 'b2');
  next.see(100, 'b', 'alarm');
  next.restore(60_000, rig.saved.values(), true);
  const r = next.order(60_100, 'reset');
  expect(r.touched).toEqual([]);
});
