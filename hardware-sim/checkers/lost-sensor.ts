import type { Part } from './afflictions.js';
import { isBlinding } from './blinding-faults.js';
import type { CheckerKind, Fact, GatewayView, WorldView } from './checker.js';
import { type Sight, sightsOf } from './sights.js';
import { SiteIndex } from './site-index.js';

/** Sound for so long, and its fault has returned: a probe every 10 s, and the line may have had trouble as well. */
const returnsWithinMs = 120_000;

const twin = 'unit-twin';

interface Loss {
  readonly sinceMono: number;
  isTold: boolean;
}

export const lostSensor: CheckerKind = {
  name: 'lost-sensor',
  promise:
    'what can not be seen becomes a fault within 100 s (a stream: after its silence; a pin: 15 s), is never an all-clear and never a good reading, and the fault ends with it',
  make(config, accuse) {
    const sights = sightsOf(config, new SiteIndex(config));
    const sightsAt = byPart(sights);
    const sightOf = new Map(
      sights.flatMap((sight) => sight.points.map((point) => [point.id as string, { sight, point }])),
    );
    /** How many faults blind it. */
    const blinded = new Map<Sight, number>();
    const lost = new Map<Sight, Loss>();
    /** Back, and perhaps still a fault. */
    const back = new Set<Sight>();

    /** A second unit of the same address speaks for the lost one: nobody can tell. */
    const doubled = new Map<Sight, number>();

    const count = (fact: Extract<Fact, { kind: 'fault.began' | 'fault.ended' }>): void => {
      const counts = fact.fault === twin ? doubled : blinded;
      for (const sight of new Set(fact.parts.flatMap((part) => sightsAt.get(part) ?? []))) {
        counts.set(sight, (counts.get(sight) ?? 0) + (fact.kind === 'fault.began' ? 1 : -1));
        const isLost = (blinded.get(sight) ?? 0) > 0 && (doubled.get(sight) ?? 0) === 0;
        if (isLost && !lost.has(sight)) lost.set(sight, { sinceMono: fact.mono, isTold: false });
        if (isLost) back.delete(sight);
        else if (lost.delete(sight)) back.add(sight);
      }
    };

    /** Was it already lost, with nothing left on its way? */
    const isUnseen = (pointId: string, mono: number): boolean => {
      const at = sightOf.get(pointId);
      const loss = at === undefined ? undefined : lost.get(at.sight);
      return (
        at !== undefined && loss !== undefined && mono > loss.sinceMono + at.sight.onItsWayMs + at.point.offDelayMs
      );
    };

    return {
      see(fact) {
        if (fact.kind === 'fault.began' || fact.kind === 'fault.ended') {
          if (fact.fault === twin || isBlinding(fact.fault)) count(fact);
          return;
        }
        if (fact.kind !== 'seen' || lost.size === 0) return;
        const { seen } = fact;
        if (seen.kind === 'point.changed') {
          const { pointId, quality } = seen.reading;
          if (quality === 'good' && isUnseen(pointId, fact.mono))
            accuse(`a good reading of ${pointId}, which can not be seen`);
        } else if (seen.kind === 'entry' && seen.entry.kind === 'alarm.returned') {
          const point = seen.entry.subject.startsWith('point:') ? seen.entry.subject.slice('point:'.length) : '';
          if (isUnseen(point, fact.mono)) accuse(`${point} is said to be normal again and can not be seen`);
        }
      },
      look(world) {
        const { gateway } = world;
        if (gateway === null) return;
        for (const [sight, loss] of lost) {
          if (loss.isTold) continue;
          const fromMono = Math.max(loss.sinceMono, gateway.beganMono);
          if (world.mono() < fromMono + sight.dueMs) continue;
          loss.isTold = true;
          if (![...sight.ownFaults, ...sight.otherFaults].some((key) => isStanding(key, gateway.runtime)))
            accuse(`${sight.name} can not be seen since ${Math.round(loss.sinceMono)} ms, and no fault says so`);
          for (const { id } of sight.points) {
            const reading = gateway.runtime.points.get(id);
            const seenMono = reading?.quality === 'good' ? gateway.beganMono + reading.sampledMono : 0;
            if (reading?.quality === 'good')
              accuse(`${id} is shown as good, seen at ${Math.round(seenMono)} ms, and can not be seen`);
          }
        }
        for (const sight of back) {
          if (!isLongBack(sight, world, gateway)) continue;
          back.delete(sight);
          if (sight.ownFaults.some((key) => isStanding(key, gateway.runtime)))
            accuse(`${sight.name} is back for long, and its fault stands`);
        }
      },
    };
  },
};

function isLongBack({ neighbours }: Sight, world: WorldView, { beganMono }: GatewayView): boolean {
  const soundMono = Math.max(beganMono, world.afflictions.soundSince(neighbours));
  return world.mono() >= soundMono + returnsWithinMs;
}

function isStanding(subject: string, { alarms }: GatewayView['runtime']): boolean {
  return (alarms.subjects.get(subject)?.alarm ?? null) !== null;
}

function byPart(sights: readonly Sight[]): ReadonlyMap<Part, readonly Sight[]> {
  const found = new Map<Part, Sight[]>();
  for (const sight of sights) {
    for (const part of sight.parts) found.set(part, [...(found.get(part) ?? []), sight]);
  }
  return found;
}
