import type { DeviceId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import type { Part } from './afflictions.js';
import { isBlinding } from './blinding-faults.js';
import type { CheckerKind, Fact, GatewayView, WorldView } from './checker.js';
import { SiteIndex } from './site-index.js';

/** A scanned unit goes silent → fault. */
const faultWithinMs = 100_000;
/** A stream speaks by itself and is silent only after its own silence, which the site names; then the fault is due in this. */
const streamSlackMs = 5_000;
/** What was on its way when it was lost: a breaker is asked nine times in a round, and its first answers are told with the last. */
const onItsWayMs = 8_000;
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
    'what can not be seen becomes a fault within 100 s (a stream: after its silence), is never an all-clear and never a good reading, and the fault ends with it',
  make(config, accuse) {
    const index = new SiteIndex(config);
    const devicesOf = devicesByPart(config);
    const silenceMs = new Map(config.streams.map(({ id, silenceMs }): [DeviceId, number] => [id, silenceMs]));
    const dueMs = (device: DeviceId): number => Math.max(faultWithinMs, (silenceMs.get(device) ?? 0) + streamSlackMs);
    /** How many faults blind it. */
    const blinded = new Map<DeviceId, number>();
    const lost = new Map<DeviceId, Loss>();
    /** Back, and perhaps still a fault. */
    const back = new Map<DeviceId, number>();

    /** A second unit of the same address speaks for the lost one: nobody can tell. */
    const doubled = new Map<DeviceId, number>();

    const count = (fact: Extract<Fact, { kind: 'fault.began' | 'fault.ended' }>): void => {
      const counts = fact.fault === twin ? doubled : blinded;
      for (const device of new Set(fact.parts.flatMap((part) => devicesOf.get(part) ?? []))) {
        counts.set(device, (counts.get(device) ?? 0) + (fact.kind === 'fault.began' ? 1 : -1));
        const isLost = (blinded.get(device) ?? 0) > 0 && (doubled.get(device) ?? 0) === 0;
        if (isLost && !lost.has(device)) lost.set(device, { sinceMono: fact.mono, isTold: false });
        if (isLost) back.delete(device);
        else if (lost.delete(device)) back.set(device, fact.mono);
      }
    };

    const deviceOfPoint = new Map(
      [...config.units, ...config.streams].flatMap(({ id }) =>
        index
          .pointsOfDevice(id)
          .map((point): [string, { device: DeviceId; offDelayMs: number }] => [
            point.id,
            { device: id, offDelayMs: point.offDelayMs },
          ]),
      ),
    );
    /** Was it already lost, with nothing left on its way? */
    const isUnseen = (point: string, mono: number): boolean => {
      const at = deviceOfPoint.get(point);
      const loss = at === undefined ? undefined : lost.get(at.device);
      return at !== undefined && loss !== undefined && mono > loss.sinceMono + onItsWayMs + at.offDelayMs;
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
        for (const [device, loss] of lost) {
          if (loss.isTold) continue;
          const fromMono = Math.max(loss.sinceMono, gateway.beganMono);
          if (world.mono() < fromMono + dueMs(device)) continue;
          loss.isTold = true;
          if (!hasFault(config, device, gateway))
            accuse(`${device} can not be seen since ${Math.round(loss.sinceMono)} ms, and no fault says so`);
          for (const { id } of index.pointsOfDevice(device)) {
            const reading = gateway.runtime.points.get(id);
            const seenMono = reading?.quality === 'good' ? gateway.beganMono + reading.sampledMono : 0;
            if (reading?.quality === 'good')
              accuse(`${id} is shown as good, seen at ${Math.round(seenMono)} ms, and can not be seen`);
          }
        }
        for (const [device] of back) {
          if (!isLongBack(index, device, world, gateway)) continue;
          back.delete(device);
          const own = ownFaults(config, device);
          if (own.some((key) => isStanding(key, gateway.runtime)))
            accuse(`${device} is back for long, and its fault stands`);
        }
      },
    };
  },
};

function isLongBack(index: SiteIndex, device: DeviceId, world: WorldView, { beganMono }: GatewayView): boolean {
  const soundMono = Math.max(beganMono, world.afflictions.soundSince(index.neighboursOf(device)));
  return world.mono() >= soundMono + returnsWithinMs;
}

/** Of the unit, of its line, or of something that it switches: a relay that nobody scans is missed when it is looked at. */
function hasFault(config: SiteConfig, device: DeviceId, { runtime }: GatewayView): boolean {
  const switched = config.outputs.filter(({ target }) => target.kind !== 'pin' && target.device === device);
  const keys = [...ownFaults(config, device), ...switched.map(({ id }) => `fault:output:${id}`)];
  return keys.some((key) => isStanding(key, runtime));
}

/** Those that must be gone once it is back: a fault of an output may have reasons of its own. */
function ownFaults(config: SiteConfig, device: DeviceId): readonly string[] {
  const line = [...config.units, ...config.streams].find(({ id }) => id === device)?.line;
  return [`fault:unit:${device}`, `fault:line:${line}`];
}

function isStanding(subject: string, { alarms }: GatewayView['runtime']): boolean {
  return (alarms.subjects.get(subject)?.alarm ?? null) !== null;
}

function devicesByPart({ units, streams }: SiteConfig): ReadonlyMap<Part, readonly DeviceId[]> {
  const devices = new Map<Part, DeviceId[]>();
  for (const { id, line } of [...units, ...streams]) {
    devices.set(`unit:${id}`, [id]);
    devices.set(`line:${line}`, [...(devices.get(`line:${line}`) ?? []), id]);
  }
  return devices;
}
