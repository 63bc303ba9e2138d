import type { PointId } from '../../config/ids.js';
import type { PointConfig } from '../../config/site.js';
import { AlarmBook } from './alarm-book.js';
import type { CheckerKind, WorldView } from './checker.js';
import { ExerciseBook } from './exercise-book.js';
import { OutputBook } from './output-book.js';
import { SirenDuty } from './siren-duty.js';
import { deviceOf, SiteIndex, severityOf } from './site-index.js';

/** From the world's change to the alarm, on a line that works: the budget of two seconds, and one to look. */
const raisedWithinMs = 3_000;
/** A unit that was silent is asked again after 10 s at the latest. */
const withTroubleMs = 12_000;
const troubleMs = 60_000;
/** A gateway that just started has seen everything by then, dead units or not. */
const watchesWithinMs = 15_000;
/** Under walk test an alarm may be a person's for a minute; a return shorter than 10 s is none. */
const trialMs = 75_000;
/** A fire ends a drill. */
const drillEndsWithinMs = 5_000;

export const fireSounds: CheckerKind = {
  name: 'fire-sounds',
  promise: 'a fire that can be seen is raised and really sounds in time, until somebody silences it',
  make(config, accuse) {
    const index = new SiteIndex(config);
    const book = new AlarmBook();
    const exercises = new ExerciseBook();
    const outputs = new OutputBook();
    const duty = new SirenDuty(index, book, outputs);
    /** Fire points of the world that are in alarm, and since when; without those of a panel that told it to nobody. */
    const burning = new Map<PointId, number>();
    const told = new Set<PointId>();
    let drillToldMono: number | null = null;
    return {
      see(fact, world) {
        book.see(fact, world);
        exercises.see(fact);
        outputs.see(fact);
        duty.see(fact, world);
        if (fact.kind !== 'point') return;
        const point = index.points.get(fact.point);
        if (point === undefined) return;
        if (severityOf(point, fact.to) !== 'fire') {
          burning.delete(point.id);
          told.delete(point.id);
        } else if (!burning.has(point.id) && isToldToSomebody(point, index, world)) burning.set(point.id, fact.mono);
      },
      look(world) {
        for (const [id, sinceMono] of burning) {
          if (told.has(id) || book.standing.has(`point:${id}`)) continue;
          if (world.mono() < raiseDueMono({ index, book, exercises }, id, sinceMono, world)) continue;
          told.add(id);
          accuse(`${id} is in alarm since ${Math.round(sinceMono)} ms, can be seen, and no alarm was raised`);
        }
        for (const standing of book.standing.values()) {
          if (standing.class !== 'fire') continue;
          for (const output of duty.silent(standing, world))
            accuse(`${output} does not sound for ${standing.subject}, alarm ${standing.alarm}`);
          const drillMono = exercises.drillSinceMono;
          const isLate =
            drillMono !== null && world.mono() - Math.max(standing.raisedMono, drillMono) > drillEndsWithinMs;
          if (!isLate || drillToldMono === drillMono || world.gateway === null) continue;
          if (
            book.isOutOfService(standing.subject) ||
            standing.silencedMono !== null ||
            standing.raisedMono < drillMono
          )
            continue;
          drillToldMono = drillMono;
          accuse(`a drill goes on while ${standing.subject} burns`);
        }
      },
    };
  },
};

interface Known {
  readonly index: SiteIndex;
  readonly book: AlarmBook;
  readonly exercises: ExerciseBook;
}

/** A panel says each change once, and no later reading makes up for a frame that nobody heard. */
function isToldToSomebody({ id, source }: PointConfig, index: SiteIndex, { gateway, afflictions }: WorldView): boolean {
  if (source.kind !== 'stream') return true;
  return (
    (gateway?.watchingMono ?? null) !== null &&
    afflictions.soundSince(index.partsOfPoint(id)) < Number.POSITIVE_INFINITY
  );
}

/** When at the latest the alarm must stand; Infinity: it can not be seen, or nobody wants to know. */
function raiseDueMono({ index, book, exercises }: Known, id: PointId, sinceMono: number, world: WorldView): number {
  const { gateway, afflictions } = world;
  const point = index.points.get(id);
  if (gateway === null || point === undefined) return Number.POSITIVE_INFINITY;
  const { config } = index;
  const device = deviceOf(point);
  const mendedMono = afflictions.soundSince(index.partsOfPoint(id));
  const neighbours = index.neighboursOf(device);
  const hasTrouble = world.mono() - afflictions.soundSince(neighbours) < troubleMs;
  const warmUpMs = point.source.kind === 'register' ? point.source.warmUpMs : 0;
  const scanMs = config.units.find((unit) => unit.id === device)?.minScanMs ?? 0;
  const subject = `point:${id}`;
  const isCallPoint = point.role === 'call_point.alarm';
  const testMono = isCallPoint ? Number.NEGATIVE_INFINITY : Math.min(exercises.testedMono(id), sinceMono + trialMs);
  const fromMono = Math.max(
    ...[sinceMono, mendedMono, gateway.watchingMono ?? gateway.beganMono + watchesWithinMs],
    ...[book.outOfWatchMono(subject), testMono],
  );
  return fromMono + raisedWithinMs + scanMs + point.onDelayMs + (hasTrouble ? withTroubleMs + warmUpMs : 0);
}
