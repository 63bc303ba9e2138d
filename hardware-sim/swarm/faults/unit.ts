/** Units that have no supply, or a bad one. */
import type { DeviceId } from '../../../config/ids.js';
import { jitter, silent } from '../../modbus/mischief.js';
import { addTwin, repeat } from '../../wire-mischief.js';
import type { Undo } from '../planned.js';
import type { World } from '../world.js';
import { type FaultKind, kindOn } from './fault-kind.js';
import { hold, holdBy } from './hold.js';
import { devicesOf, lineOf, unitLines, unitOf, wiredUnits } from './targets.js';

const minuteMs = 60_000;
const short = [200, 5 * minuteMs] as const;
const long = [2_000, 30 * minuteMs] as const;

/** No supply: it is silent and its relays fall off. */
export function switchOff(world: World, device: DeviceId): Undo {
  const { village } = world;
  return holdBy(village, `supply of ${device}`, true, (on) => village.switchUnit(device, on), false);
}

export const unitFaults: readonly FaultKind[] = [
  kindOn({
    name: 'unit-off',
    promise:
      'a unit without supply is a fault within 100 s and never an all-clear; its outputs are set again when it is back',
    ...{ perHour: 1, lastsMs: long, targets: devicesOf },
    aim: ({ id }) => ({ parts: [`unit:${id}`], note: id, begin: (world) => switchOff(world, id) }),
  }),
  kindOn({
    name: 'unit-silent',
    promise: 'a unit that hears and does not answer is a fault, and a line with it watches the others in time',
    ...{ perHour: 1, lastsMs: long, targets: wiredUnits },
    aim: ({ id }) => ({
      ...{ parts: [`unit:${id}`], note: id },
      // Whoever says nothing at all says nothing wrong either.
      begin: (world) => hold(unitOf(world, id), 'mischief', silent, 1),
    }),
  }),
  kindOn({
    name: 'unit-flapping',
    promise: 'a loose supply does not make the journal grow without bounds, and loses no alarm that was seen',
    ...{ perHour: 0.5, lastsMs: [5_000, 10 * minuteMs], targets: wiredUnits },
    aim: ({ id, line }, chance) => {
      const onMs = chance.logBetween(200, 20_000);
      const offMs = chance.logBetween(100, 20_000);
      return {
        ...{
          parts: [`unit:${id}`, `line:${line}`],
          note: `${id}, on ${Math.round(onMs)} ms, off ${Math.round(offMs)} ms`,
        },
        begin(world) {
          let supply: Undo | null = switchOff(world, id);
          const cancel = repeat(
            world.clock,
            () => (supply === null ? onMs : offMs),
            () => {
              void supply?.();
              supply = supply === null ? switchOff(world, id) : null;
            },
          );
          return () => {
            cancel();
            void supply?.();
          };
        },
      };
    },
  }),
  kindOn({
    name: 'unit-slow',
    promise: 'a unit that takes its time is waited for up to the time-out of its line, and then it is late',
    ...{ perHour: 1, lastsMs: long, targets: wiredUnits },
    aim: ({ id, line }, chance) => {
      const slowMs = chance.logBetween(15, 400);
      return {
        ...{ parts: [`unit:${id}`, `line:${line}`], note: `${id}, ${Math.round(slowMs)} ms` },
        begin: (world) => hold(unitOf(world, id), 'turnaroundMs', slowMs),
      };
    },
  }),
  kindOn({
    name: 'unit-jitter',
    promise: 'turnarounds that are never the same twice make no wrong reading',
    ...{ perHour: 1, lastsMs: long, targets: wiredUnits },
    aim: ({ id, line }, chance) => {
      const maxMs = chance.logBetween(5, 250);
      const random = chance.stream('jitter').next;
      return {
        ...{ parts: [`unit:${id}`, `line:${line}`], note: `${id}, up to ${Math.round(maxMs)} ms` },
        begin: (world) => hold(unitOf(world, id), 'extraMs', jitter(maxMs, random)),
      };
    },
  }),
  kindOn({
    name: 'unit-twin',
    promise: 'two units with one address make faults and no readings that nobody sent',
    ...{ perHour: 0.4, lastsMs: short, targets: wiredUnits },
    aim: ({ id, line }, chance) => {
      const laterMs = chance.logBetween(1, 60);
      return {
        ...{ parts: [`unit:${id}`, `line:${line}`], note: `${id}, ${laterMs.toFixed(1)} ms later` },
        begin(world) {
          const { wire } = lineOf(world, line);
          if (wire === null) return () => undefined;
          const twin = addTwin(wire, unitOf(world, id), laterMs);
          return () => {
            const at = wire.units.indexOf(twin);
            if (at >= 0) wire.units.splice(at, 1);
          };
        },
      };
    },
  }),
  kindOn({
    name: 'units-off',
    promise: 'a fuse that takes every unit of a line is told unit by unit, and all of them come back',
    ...{ perHour: 0.3, lastsMs: long, targets: unitLines },
    aim: ({ id }, _, config) => {
      const units = config.units.filter(({ line }) => line === id).map((unit) => unit.id);
      return {
        ...{ parts: [`line:${id}`, ...units.map((unit) => `unit:${unit}` as const)], note: id },
        begin(world) {
          const undos = units.map((unit) => switchOff(world, unit));
          return () => {
            for (const undo of undos) void undo();
          };
        },
      };
    },
  }),
];
