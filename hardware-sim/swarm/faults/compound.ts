/** Faults that come together on purpose: something burns, and just then something else breaks. */
import type { Chance } from '../../chance.js';
import type { LifeEnd } from '../../checkers/checker.js';
import { corrupted, forTimes, late, truncated } from '../../modbus/mischief.js';
import type { Undo } from '../planned.js';
import type { World } from '../world.js';
import { restartBroker } from './broker.js';
import { type FaultKind, kindOn } from './fault-kind.js';
import { endGateway } from './gateway.js';
import { hold, holdBy, later } from './hold.js';
import { cutLine } from './line.js';
import { shutDoor } from './network-breaks.js';
import { type FirePoint, firePoints, placeOf, unitOf, wiredFirePoints } from './targets.js';
import { switchOff } from './unit.js';

const minuteMs = 60_000;
const lastsMs = [20_000, 5 * minuteMs] as const;
const endings: readonly LifeEnd[] = ['killed', 'power-cut', 'stopped'];

function burn(world: World, { point, alarm, normal }: FirePoint): Undo {
  world.setPoint(point.id, alarm);
  return () => {
    if (world.pointIs(point.id) === alarm) world.setPoint(point.id, normal);
  };
}

function all(...undos: readonly Undo[]): Undo {
  return () => {
    for (const undo of undos) void undo();
  };
}

/** From a millisecond to some seconds: within a scan, a write, a second look. */
function soon(chance: Chance): number {
  return chance.logBetween(1, 3_000);
}

export const compoundFaults: readonly FaultKind[] = [
  kindOn({
    name: 'fire-then-line-cut',
    promise: 'a fire that was seen sounds although its line is cut right after it',
    ...{ perHour: 0.4, lastsMs, targets: wiredFirePoints },
    aim: (fire, chance, config) => {
      const afterMs = soon(chance);
      return {
        ...{ parts: placeOf(config, fire), note: `${fire.point.id}, ${Math.round(afterMs)} ms` },
        begin(world) {
          const undo = burn(world, fire);
          let mend: Undo = () => undefined;
          const cancel = later(world, afterMs, () => {
            mend = cutLine(world, fire.line);
          });
          return () => {
            cancel();
            void mend();
            void undo();
          };
        },
      };
    },
  }),
  kindOn({
    name: 'detector-burns',
    promise: 'a detector that told a fire and burns keeps its alarm; losing it is a fault and no all-clear',
    ...{ perHour: 0.4, lastsMs, targets: wiredFirePoints },
    aim: (fire, chance, config) => {
      const afterMs = soon(chance);
      return {
        ...{
          parts: placeOf(config, fire).filter((part) => part !== `line:${fire.line}`),
          note: `${fire.point.id}, ${Math.round(afterMs)} ms`,
        },
        begin(world) {
          const undo = burn(world, fire);
          let mend: Undo = () => undefined;
          const cancel = later(world, afterMs, () => {
            mend = switchOff(world, fire.device);
          });
          return () => {
            cancel();
            void mend();
            void undo();
          };
        },
      };
    },
  }),
  kindOn({
    name: 'fire-after-error',
    promise:
      'a first alarm right after a bad answer is looked at twice; only a good answer that contradicts takes it back',
    ...{ perHour: 0.6, lastsMs, targets: wiredFirePoints },
    aim: (fire, chance, config) => {
      const times = chance.int(1, 3);
      const trick = chance.pick([late(chance.logBetween(200, 1_500)), corrupted(1), truncated(1)]);
      const afterMs = chance.between(0, 4_000);
      return {
        ...{ parts: placeOf(config, fire), note: `${fire.point.id}, ${times} bad answers` },
        begin(world) {
          const sound = hold(unitOf(world, fire.device), 'mischief', forTimes(times, trick));
          let undo: Undo = () => undefined;
          const cancel = later(world, afterMs, () => {
            undo = burn(world, fire);
          });
          return () => {
            cancel();
            sound();
            void undo();
          };
        },
      };
    },
  }),
  kindOn({
    name: 'fire-then-end',
    promise: 'a gateway that ends within 3 s of a fire sounds it after its start at the latest',
    ...{ perHour: 0.5, lastsMs: [1_000, 60_000], targets: firePoints },
    aim: (fire, chance) => {
      const afterMs = soon(chance);
      const how = chance.pick(endings);
      return {
        ...{ parts: ['gateway'], note: `${fire.point.id}, ${how} after ${Math.round(afterMs)} ms`, endsLater: true },
        begin(world) {
          const undo = burn(world, fire);
          const cancel = later(world, afterMs, () => endGateway(world, how));
          return all(cancel, undo);
        },
      };
    },
  }),
  kindOn({
    name: 'fire-while-disk-hangs',
    promise: 'a fire sounds at once while the disk hangs, is told from memory, and is kept afterwards',
    ...{ perHour: 0.4, lastsMs: [3_000, 60_000], targets: firePoints },
    aim: (fire, chance) => {
      const beforeMs = soon(chance);
      return {
        ...{ parts: ['disk'], note: `${fire.point.id}, hangs ${Math.round(beforeMs)} ms before` },
        begin(world) {
          const { disk } = world.outside;
          const works = holdBy<Parameters<typeof disk.setMode>[0]>(
            disk,
            'mode',
            'works',
            (to) => disk.setMode(to),
            'hangs',
          );
          let undo: Undo = () => undefined;
          const cancel = later(world, beforeMs, () => {
            undo = burn(world, fire);
          });
          return () => {
            cancel();
            works();
            void undo();
          };
        },
      };
    },
  }),
  kindOn({
    name: 'broker-restart-in-drain',
    promise: 'a broker that restarts while a backlog drains is told all of it, fire first',
    ...{ perHour: 0.4, lastsMs: [30_000, 5 * minuteMs], targets: firePoints },
    aim: (fire, chance) => {
      const awayMs = chance.logBetween(5_000, 20_000);
      const afterMs = awayMs + chance.logBetween(10, 8_000);
      const downMs = chance.logBetween(100, 5_000);
      return {
        ...{
          parts: ['uplink'],
          note: `${fire.point.id}, away ${Math.round(awayMs)} ms, down ${Math.round(downMs)} ms`,
        },
        begin(world) {
          const { broker } = world.outside;
          const open = hold(broker.faults, 'door', 'refused' as const);
          broker.front.cut();
          const undo = burn(world, fire);
          const drain = later(world, awayMs, open);
          const restart = later(world, afterMs, () => restartBroker(world, downMs, false));
          return all(drain, restart, open, undo);
        },
      };
    },
  }),
  kindOn({
    name: 'all-ways-away',
    promise: 'a fire while no centre can be reached is told to each of them as soon as it can',
    ...{ perHour: 0.4, lastsMs: [30_000, 15 * minuteMs], targets: firePoints },
    aim: (fire, chance) => {
      const afterMs = soon(chance);
      return {
        ...{ parts: ['uplink', 'city'], note: `${fire.point.id}, after ${Math.round(afterMs)} ms` },
        begin(world) {
          const { broker } = world.outside;
          const opens = [hold(broker.faults, 'door', 'unreachable' as const)];
          broker.front.cut();
          const network = world.cityWorld?.network;
          if (network !== undefined) opens.push(shutDoor(network, 'ignore'));
          let undo: Undo = () => undefined;
          const cancel = later(world, afterMs, () => {
            undo = burn(world, fire);
          });
          return () => {
            cancel();
            for (const open of opens) open();
            void undo();
          };
        },
      };
    },
  }),
];
