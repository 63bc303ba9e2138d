/** What people, weather and the district do while the faults are on; and how a quiet day is brought about afterwards. */
import type { SiteConfig } from '../../config/site.js';
import type { PlanOptions } from './fault-plan.js';
import { order, serve, submit } from './happenings/at-the-box.js';
import { cityKinds } from './happenings/city.js';
import { districtKinds } from './happenings/district.js';
import { fireKinds } from './happenings/fires.js';
import type { HappeningKind } from './happenings/happening-kind.js';
import { peopleKinds } from './happenings/people.js';
import { movablePoints, restOf } from './happenings/targets.js';
import { weatherKinds } from './happenings/weather.js';
import type { Planned } from './planned.js';
import type { World } from './world.js';

const hourMs = 3_600_000;
/** A sleepy village and a market day. */
const temper = [0.2, 4] as const;
/** Of the kinds there are, a village knows about so many. */
const knownShare = 0.7;
/** The fault of an output that was not proven in a siren test (decision 0026). */
const failedTest = 'fault:siren-test:';

export const happeningKinds: readonly HappeningKind[] = [
  ...fireKinds,
  ...weatherKinds,
  ...peopleKinds,
  ...districtKinds,
  ...cityKinds,
];

export function planHappenings({ config, chance, forMs }: PlanOptions): readonly Planned[] {
  const busy = chance.logBetween(...temper);
  return happeningKinds.flatMap((kind) => {
    const own = chance.stream(kind.name);
    // Every village burns some day.
    if (kind.name !== 'fire' && !own.is(knownShare)) return [];
    return drawAll(kind, config, own, busy, forMs);
  });
}

function drawAll(
  kind: HappeningKind,
  config: SiteConfig,
  own: PlanOptions['chance'],
  busy: number,
  forMs: number,
): readonly Planned[] {
  const meanMs = hourMs / (kind.perHour * busy);
  const planned: Planned[] = [];
  for (let atMs = -meanMs * Math.log(1 - own.next()); atMs < forMs; atMs += -meanMs * Math.log(1 - own.next())) {
    const begin = kind.draw(config, own);
    if (begin !== null) planned.push({ atMs, lastsMs: own.logBetween(...kind.lastsMs), name: kind.name, begin });
  }
  return planned;
}

/** A quiet day begins: no smoke, full tanks, released keys. */
export function calmWorld(world: World): void {
  for (const point of movablePoints(world.config)) {
    const rest = restOf(point);
    const now = world.pointIs(point.id);
    // A state that nothing has moved hangs as it was hung up.
    if (rest !== null && now !== rest && (now !== null || point.limits !== undefined)) world.setPoint(point.id, rest);
  }
}

/** A panel tells each change once: what a broken line swallowed, somebody makes it tell again. */
export function resetPanels({ village }: World): void {
  for (const stream of village.streams.values()) stream.resetByHand?.();
}

/** What a duty person does with whatever still stands. To be called again and again. */
export function tidyUp(world: World): void {
  const { life } = world;
  if (life === null) return;
  const { subjects } = life.runtime.alarms;
  // A siren that failed its test is at fault until it passes one: such a test is let run to its end.
  const isTestOwed = [...subjects.values()].some(
    ({ subject, alarm }) => alarm !== null && subject.startsWith(failedTest),
  );
  submit(world, { ask: 'broadcast-stop' });
  if (!isTestOwed) submit(world, { ask: 'siren-test-end' });
  submit(world, { ask: 'drill-end', present: null, missing: null, note: null });
  for (const { id } of world.config.zones) submit(world, { ask: 'walk-test-end', zone: id });
  proveHorns(world, subjects);
  const aside = [...subjects.values()].filter(({ service }) => service !== null).map(({ subject }) => subject);
  if (aside.length > 0) serve(world, 'in-service', aside, 0);
  if ([...subjects.values()].some(({ alarm }) => alarm !== null)) {
    for (const verb of ['acknowledge', 'silence', 'reset'] as const) order(world, verb);
  }
  // Behind the silence: no test begins while something sounds.
  if (isTestOwed && life.runtime.orders.status.exercise?.is !== 'siren-test') submit(world, { ask: 'siren-test' });
}

/** That a horn failed to play is over when it has played: somebody has it say something. */
function proveHorns(world: World, subjects: NonNullable<World['life']>['runtime']['alarms']['subjects']): void {
  const { speakers, messages } = world.config;
  const [message] = messages;
  const faulty = speakers
    .map(({ id }) => id)
    .filter((id) => (subjects.get(`fault:speaker:${id}`)?.alarm ?? null) !== null);
  if (message === undefined || faulty.length === 0) return;
  submit(world, { ask: 'broadcast', message: message.id, text: null, speakers: faulty, evacuation: false, times: 1 });
}
