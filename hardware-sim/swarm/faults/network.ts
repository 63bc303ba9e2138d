/** Trouble on the way to a serial server or a unit on the network. */
import type { Clock } from '../../../drivers/clock.js';
import type { Chance } from '../../chance.js';
import type { SimNetwork } from '../../net/sim-network.js';
import { repeat } from '../../wire-mischief.js';
import { type FaultKind, kindOn } from './fault-kind.js';
import { hold } from './hold.js';
import { hangUps, once, shutDoor, stall } from './network-breaks.js';
import { networkLines, networkOf } from './targets.js';

const minuteMs = 60_000;
const lastsMs = [500, 20 * minuteMs] as const;

type Break = (network: SimNetwork, clock: Clock) => () => void;

function onNetwork(
  name: string,
  promise: string,
  perHour: number,
  draw: (chance: Chance) => readonly [Break, string],
): FaultKind {
  return kindOn({
    ...{ name, promise, perHour, lastsMs, targets: networkLines },
    aim: ({ id }, chance) => {
      const [breakIt, how] = draw(chance);
      return {
        ...{ parts: [`line:${id}`], note: `${id}, ${how}` },
        begin: (world) => breakIt(networkOf(world, id), world.clock),
      };
    },
  });
}

export const networkFaults: readonly FaultKind[] = [
  onNetwork(
    'network-door',
    'a server that lets nobody in is asked again and again, with pauses, and is a fault',
    0.6,
    (chance) => {
      const door = chance.pick(['refuse', 'ignore', 'unknown-name'] as const);
      return [(network) => shutDoor(network, door), door];
    },
  ),
  onNetwork('network-hang-up', 'a connection that ends, by the book or not, is opened again', 1, (chance) => {
    const how = chance.pick(hangUps);
    return [once((network) => network[how]()), how];
  }),
  onNetwork(
    'network-half-open',
    'a connection that is only half there is noticed by the silence and opened anew',
    0.8,
    () => [once((network) => network.halfOpen()), 'half open'],
  ),
  onNetwork(
    'network-stalled',
    'what a stalled server says all at once afterwards is not taken for answers to later questions',
    0.8,
    () => [stall, 'stalled'],
  ),
  onNetwork('network-pieces', 'answers in pieces or joined are read as if they had come whole', 0.8, (chance) => {
    const segments = chance.is(0.7) ? { everyBytes: chance.int(2, 9) } : { joinedOverMs: chance.int(5, 60) };
    return [(network) => hold(network, 'segments', segments), JSON.stringify(segments)];
  }),
  onNetwork('network-slow', 'a slow network makes late answers and no wrong ones', 0.6, (chance) => {
    const latencyMs = chance.logBetween(5, 600);
    return [(network) => hold(network, 'latencyMs', latencyMs), `${Math.round(latencyMs)} ms each way`];
  }),
  onNetwork('network-full', 'a server that has no room left is a fault until it has', 0.3, () => [
    (network) => {
      const room = hold(network, 'connectionsMax', 0);
      network.resetConnections();
      return room;
    },
    'no room',
  ]),
  onNetwork(
    'network-resets',
    'a server that throws everybody out again and again is one fault, and its line does not stop',
    0.3,
    (chance) => {
      const everyMs = chance.logBetween(300, 30_000);
      const random = chance.stream('resets').next;
      return [
        (network, clock) =>
          repeat(
            clock,
            () => everyMs * (0.5 + random()),
            () => network.resetConnections(),
          ),
        `every ${Math.round(everyMs)} ms`,
      ];
    },
  ),
];
