/** A broker, or the way to it, that is gone, slow, half there, forgetful or says things twice. */
import type { Chance } from '../../chance.js';
import { slowTraits } from '../../mqtt/link-faults.js';
import type { SimBroker } from '../../mqtt/sim-broker.js';
import type { World } from '../world.js';
import { type FaultKind, kindOf } from './fault-kind.js';
import { hold, holdBy } from './hold.js';

const minuteMs = 60_000;
const usual = [500, 20 * minuteMs] as const;

type Break = (broker: SimBroker, world: World) => () => void;

function onBroker(
  name: string,
  promise: string,
  perHour: number,
  lastsMs: readonly [number, number],
  draw: (chance: Chance) => readonly [Break, string],
): FaultKind {
  return kindOf({
    ...{ name, promise, perHour, lastsMs },
    aim: (chance) => {
      const [breakIt, note] = draw(chance);
      return { parts: ['uplink'], note, begin: (world) => breakIt(world.outside.broker, world) };
    },
  });
}

/** Nobody listens for so long; it comes back by itself. */
export function restartBroker(world: World, downMs: number, losesRetained: boolean): void {
  const { broker } = world.outside;
  if (!broker.isDown) broker.restart({ downMs, losesRetained });
}

export const brokerFaults: readonly FaultKind[] = [
  onBroker(
    'broker-door',
    'an uplink that nobody lets in is a fault and nothing else; all is told once it is let in',
    1,
    usual,
    (chance) => {
      const door = chance.pick(['refused', 'unreachable', 'stuck'] as const);
      const shut: Break = (broker) => {
        const open = hold(broker.faults, 'door', door);
        broker.front.cut();
        return open;
      };
      return [shut, door];
    },
  ),
  onBroker(
    'broker-storm',
    'a broker that lets in and hangs up again is met with growing pauses',
    0.5,
    usual,
    (chance) => {
      const stormMs = chance.logBetween(20, 5_000);
      return [
        (broker) => {
          const undos = [hold(broker.faults, 'door', 'storm' as const), hold(broker.faults, 'stormMs', stormMs)];
          broker.front.cut();
          return () => {
            for (const undo of undos) undo();
          };
        },
        `within ${Math.round(stormMs)} ms`,
      ];
    },
  ),
  onBroker(
    'broker-cut',
    'a connection that breaks is opened again, and nothing that was not confirmed is forgotten',
    1,
    [100, 5_000],
    () => [
      (broker) => {
        broker.front.cut();
        return () => undefined;
      },
      'cut',
    ],
  ),
  onBroker(
    'broker-half-open',
    'a connection that only seems to stand is given up by its silence',
    0.6,
    [1_000, 3 * minuteMs],
    () => [
      (broker) => {
        broker.front.halfOpen();
        return () => undefined;
      },
      'half open',
    ],
  ),
  onBroker('broker-stalled', 'what waits in the network arrives later, and counts once', 0.6, usual, () => [
    (broker) => holdBy(broker.front, 'stall', false, (to) => broker.front.setStalled(to), true),
    'stalled',
  ]),
  onBroker(
    'broker-acks-late',
    'what is not confirmed is not forgotten, and not more than the window is under way',
    0.6,
    usual,
    () => [
      (broker) => holdBy(broker.front, 'acks', false, (to) => broker.front.setWithholdsAcks(to), true),
      'withheld',
    ],
  ),
  onBroker(
    'broker-acks-lost',
    'what was taken and not confirmed is sent again, with the same id',
    0.6,
    usual,
    (chance) => {
      const share = chance.between(0.02, 0.5);
      return [(broker) => hold(broker.faults, 'ackLossShare', share), `${Math.round(share * 100)} %`];
    },
  ),
  onBroker('broker-duplicates', 'an order that comes twice takes effect once', 0.8, usual, (chance) => {
    const share = chance.between(0.1, 1);
    return [(broker) => hold(broker.faults, 'duplicateShare', share), `${Math.round(share * 100)} %`];
  }),
  onBroker('broker-slow', 'over 8 kbit/s a fire is told within 10 s, whatever waits behind it', 0.6, usual, () => [
    (broker) => hold(broker.faults, 'traits', slowTraits),
    '8 kbit/s',
  ]),
  onBroker(
    'broker-shuffles',
    'lanes that overtake each other lose nothing and stay in order each',
    0.8,
    usual,
    (chance) => {
      const shuffleMs = chance.logBetween(50, 5_000);
      return [(broker) => hold(broker, 'shuffleMs', shuffleMs), `up to ${Math.round(shuffleMs)} ms`];
    },
  ),
  onBroker(
    'broker-restart',
    'a broker that starts anew is connected to again and told what it did not confirm',
    0.8,
    [1_000, 5 * minuteMs],
    (chance) => {
      const downMs = chance.logBetween(100, 60_000);
      const losesRetained = chance.is(0.5);
      return [
        (_, world) => {
          restartBroker(world, downMs, losesRetained);
          return () => undefined;
        },
        `${Math.round(downMs)} ms${losesRetained ? ', forgets what it retained' : ''}`,
      ];
    },
  ),
];
