/** The gateway is killed, loses its power, or is stopped in order, and is started again. */
import type { LifeEnd } from '../../checkers/checker.js';
import type { World } from '../world.js';
import { type FaultKind, kindOf } from './fault-kind.js';

/** After this the system ends a gateway that does not stop by itself (systemd: TimeoutStopSec). */
const stopMaxMs = 10_000;
const lookEveryMs = 100;
const downMs = [1_000, 60_000] as const;

/** Lives that were told to stop. */
const stopping = new WeakSet<object>();

/** Ends it now. One that has not come up yet, or stops already, is killed where it should stop. */
export function endGateway(world: World, how: LifeEnd): void {
  const { life } = world;
  if (life === null) return;
  if (how !== 'stopped' || life.watchingMono === null || stopping.has(life)) {
    void world.endGateway(how === 'stopped' ? 'killed' : how);
    return;
  }
  stopping.add(life);
  void world.endGateway('stopped');
  world.clock.after(stopMaxMs, () => {
    if (world.life === life) void world.endGateway('killed');
  });
}

/** Starts it as soon as the last one is gone, and calls back when a gateway watches again. */
export function startAgain(world: World, onWatching: () => void): void {
  const { life } = world;
  if (life === null) void world.startGateway();
  if (life !== null && life.watchingMono !== null && !stopping.has(life)) {
    onWatching();
    return;
  }
  world.clock.after(lookEveryMs, () => startAgain(world, onWatching));
}

function ending(how: LifeEnd, name: string, promise: string, perHour: number): FaultKind {
  return kindOf({
    ...{ name, promise, perHour, lastsMs: downMs },
    aim: () => ({
      ...{ parts: ['gateway'], note: how, endsLater: true },
      begin(world) {
        endGateway(world, how);
        return () => undefined;
      },
    }),
  });
}

export const gatewayFaults: readonly FaultKind[] = [
  ending(
    'killed',
    'gateway-killed',
    'a killed gateway comes back with every latched alarm, and sirens that must go on sound',
    0.6,
  ),
  ending('power-cut', 'gateway-power-cut', 'of a power cut nothing that was told as kept is missing afterwards', 0.6),
  ending(
    'stopped',
    'gateway-stopped',
    'a gateway that is stopped ends in time, and leaves outputs as the site says',
    0.4,
  ),
];
