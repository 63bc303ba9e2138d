/** What a random life has to keep of walk tests, from readings and entries alone: no fire is lost in one, or late. */
import { brandId, type ZoneId } from '../../config/ids.js';
import type { PointConfig } from '../../config/site.js';
import type { AlarmState } from '../../gateway/alarm/facets.js';
import type { EngineInput, StepResult } from '../../gateway/alarm/step.js';
import type { WalkTestOrder } from '../../gateway/alarm/walk-test-order.js';
import { laneOf } from '../../sync/journal/entry.js';

const realMs = 60_000;
const flickerMs = 10_000;
const secondMs = 30_000;

/** What a point has said since it was last normal for long enough. */
interface Shown {
  readonly sinceMono: number;
  normalMono: number | null;
}

export class WalkStory {
  readonly #shown = new Map<string, Shown>();
  readonly #fires: ReadonlyMap<string, PointConfig>;

  constructor(
    points: readonly PointConfig[],
    private readonly broken: (rule: string) => never,
  ) {
    const fires = points.filter((each) => each.class === 'fire');
    this.#fires = new Map(fires.map((each) => [`point:${each.id}`, each]));
  }

  anyOrder(random: () => number): WalkTestOrder {
    const zone = brandId<ZoneId>(random() < 0.5 ? 'hall' : 'street');
    return { zone, to: random() < 0.8 ? 'begin' : 'end', forMs: 1 + random() * 1_799_999, origin: 'panel' };
  }

  see(before: AlarmState, after: AlarmState, input: EngineInput, { drafts }: StepResult, mono: number): void {
    for (const draft of drafts) {
      const isOfTest = draft.kind.startsWith('walk_test.');
      const isSeen = draft.kind === 'walk_test.seen';
      if (isOfTest && laneOf(draft) !== (isSeen ? 'local' : 'journal')) this.broken(`${draft.kind} leaves the box`);
      if (draft.detail['service'] === 'under-test') this.broken(`${draft.subject} is raised and under test`);
    }
    if (input.kind === 'reading') this.#hear(before, after, input.reading, mono);
    if (input.kind === 'tick') this.#late(after, mono);
    this.#whole(after);
  }

  /** No test outlives a restart, and whatever was in alarm in one has been raised. */
  restarted(state: AlarmState): void {
    this.#whole(state);
    if (state.walkTests.size > 0) this.broken('a walk test outlived a restart');
    for (const [key, { normalMono }] of this.#shown) {
      if (normalMono === null && !stands(state, key)) this.broken(`a restart lost ${key}`);
    }
    this.#shown.clear();
  }

  #hear(
    before: AlarmState,
    after: AlarmState,
    { pointId, value }: Extract<EngineInput, { kind: 'reading' }>['reading'],
    mono: number,
  ): void {
    const key = `point:${pointId}`;
    const point = this.#fires.get(key);
    const test = [...before.walkTests.values()].find(({ subjects }) => subjects.includes(key));
    const isTested = before.subjects.get(key)?.service?.is === 'under-test';
    if (point === undefined || test === undefined || !isTested) {
      this.#shown.delete(key);
      return;
    }
    const shown = this.#shown.get(key);
    if (value === 'normal' && shown !== undefined) {
      // What waits for its delay is forgotten at once.
      if (mono < shown.sinceMono + point.onDelayMs) this.#shown.delete(key);
      else shown.normalMono ??= mono;
    }
    if (value !== 'alarm') return;
    const isNew = shown === undefined || (shown.normalMono !== null && mono >= shown.normalMono + flickerMs);
    const isBack = !isNew && shown.normalMono !== null;
    if (isNew) this.#shown.set(key, { sinceMono: mono, normalMono: null });
    else shown.normalMono = null;
    if ((!isNew && !isBack) || point.onDelayMs > 0) return;
    const sinceMono = isNew ? mono : shown.sinceMono;
    const isSecond = [...this.#shown].some(([other, each]) => {
      const { zone, onDelayMs } = this.#fires.get(other) ?? {};
      const isSure = other !== key && zone === point.zone && onDelayMs === 0 && each.normalMono === null;
      const isSoon = Math.abs(sinceMono - each.sinceMono) <= secondMs;
      return isSure && isSoon && before.subjects.get(other)?.service?.is === 'under-test';
    });
    if (isSecond && !stands(after, key)) this.broken(`${key} is the second detector and no fire`);
  }

  #late(state: AlarmState, mono: number): void {
    for (const [key, { sinceMono, normalMono }] of this.#shown) {
      const dueMono = sinceMono + realMs + (this.#fires.get(key)?.onDelayMs ?? 0);
      const isUnderTest = state.subjects.get(key)?.service?.is === 'under-test';
      if (normalMono === null && isUnderTest && mono > dueMono + 1) this.broken(`${key} is in alarm for too long`);
    }
  }

  /** Under test are the points of zones under test, none of them has an alarm, and no fire stands beside them. */
  #whole({ subjects, walkTests }: AlarmState): void {
    const tested = new Set([...walkTests.values()].flatMap((test) => test.subjects));
    for (const { subject, service, alarm, condition, class: own } of subjects.values()) {
      if (service?.is === 'under-test') {
        if (!tested.has(subject)) this.broken(`${subject} is under test without a test`);
        if (alarm !== null || condition !== 'normal') this.broken(`${subject} is under test and ${condition}`);
      } else if (own === 'fire' && alarm !== null && service === null && walkTests.size > 0) {
        this.broken(`${subject} burns and a walk test goes on`);
      }
    }
    for (const [key, { normalMono }] of this.#shown) {
      const { service, condition } = subjects.get(key) ?? {};
      const isWaiting = service?.is === 'under-test' || condition === 'pending';
      if (normalMono !== null || isWaiting || stands({ subjects }, key)) continue;
      this.broken(`${key} was in alarm in a test, and nobody knows`);
    }
    for (const [key] of this.#shown) if (subjects.get(key)?.service?.is !== 'under-test') this.#shown.delete(key);
  }
}

function stands({ subjects }: Pick<AlarmState, 'subjects'>, key: string): boolean {
  const { alarm = null, condition } = subjects.get(key) ?? {};
  return alarm !== null && condition !== 'normal';
}
