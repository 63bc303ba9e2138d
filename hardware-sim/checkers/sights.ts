/** Everything of a site that the gateway can lose sight of: units, devices that speak by themselves, contacts on its own pins. */
import type { DeviceId } from '../../config/ids.js';
import type { PointConfig, SiteConfig } from '../../config/site.js';
import { type Part, partsOfDevice } from './afflictions.js';
import type { SiteIndex } from './site-index.js';

/** A scanned unit goes silent → fault. */
const unitWithinMs = 100_000;
/** A stream speaks by itself and is silent only after its own silence, which the site names; then the fault is due in this. */
const streamSlackMs = 5_000;
/** A breaker is asked nine times in a round, and its first answers are told with the last. */
const roundMs = 8_000;
/** Pins are read twenty times a second; a gateway that starts reads them a little later. */
const pinWithinMs = 15_000;
const pinRoundMs = 1_000;

/** One thing to see. */
export interface Sight {
  readonly name: string;
  readonly points: readonly PointConfig[];
  /** One broken, and nothing of it is seen. */
  readonly parts: readonly Part[];
  /** Trouble with one of them costs it time. */
  readonly neighbours: readonly Part[];
  /** Lost for so long, and a fault says so. */
  readonly dueMs: number;
  /** What was on its way when it was lost is told within this. */
  readonly onItsWayMs: number;
  /** Subjects of faults that must be gone once it is back. */
  readonly ownFaults: readonly string[];
  /** … and of those that say as well that it is lost, and may have reasons of their own. */
  readonly otherFaults: readonly string[];
}

export function sightsOf(config: SiteConfig, index: SiteIndex): readonly Sight[] {
  return [...deviceSights(config, index), ...pinSights(config)];
}

function deviceSights(config: SiteConfig, index: SiteIndex): readonly Sight[] {
  const silenceMs = new Map(config.streams.map((stream): [DeviceId, number] => [stream.id, stream.silenceMs]));
  return [...config.units, ...config.streams].map(({ id, line }) => ({
    name: id,
    points: index.pointsOfDevice(id),
    parts: partsOfDevice(config, id),
    neighbours: index.neighboursOf(id),
    dueMs: Math.max(unitWithinMs, (silenceMs.get(id) ?? 0) + streamSlackMs),
    onItsWayMs: roundMs,
    ownFaults: [`fault:unit:${id}`, `fault:line:${line}`],
    // A relay that nobody scans is missed when it is looked at.
    otherFaults: config.outputs
      .filter(({ target }) => target.kind !== 'pin' && target.device === id)
      .map((output) => `fault:output:${output.id}`),
  }));
}

function pinSights({ points }: SiteConfig): readonly Sight[] {
  return points.flatMap((point): Sight[] => {
    const { id, source } = point;
    if (source.kind !== 'pin') return [];
    const parts: readonly Part[] = [`pin:${source.pin}`];
    return [
      {
        ...{ name: id, points: [point], parts, neighbours: parts, dueMs: pinWithinMs, onItsWayMs: pinRoundMs },
        ...{ ownFaults: [`fault:point:${id}`], otherFaults: [] },
      },
    ];
  });
}
