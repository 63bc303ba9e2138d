/** A card that is slow, hangs, refuses, is full, or fails once. */
import type { StoreErrorCode } from '../../../sync/journal/store.js';
import type { Chance } from '../../chance.js';
import type { SimDiskMode } from '../../disk-trouble.js';
import type { SimDisk } from '../../sim-disk.js';
import { repeat } from '../../wire-mischief.js';
import { type FaultKind, kindOf } from './fault-kind.js';
import { holdBy } from './hold.js';

const minuteMs = 60_000;
const failedCodes = ['STORE-003', 'STORE-005'] as const satisfies readonly StoreErrorCode[];

function inMode(disk: SimDisk, mode: SimDiskMode): () => void {
  return holdBy<SimDiskMode>(disk, 'mode', 'works', (to) => disk.setMode(to), mode);
}

function onDisk(
  name: string,
  promise: string,
  perHour: number,
  lastsMs: readonly [number, number],
  draw: (chance: Chance) => readonly [SimDiskMode, string],
): FaultKind {
  return kindOf({
    ...{ name, promise, perHour, lastsMs },
    aim: (chance) => {
      const [mode, note] = draw(chance);
      return { parts: ['disk'], note, begin: ({ outside: { disk } }) => inMode(disk, mode) };
    },
  });
}

export const diskFaults: readonly FaultKind[] = [
  onDisk(
    'disk-slow',
    'a slow disk delays no siren; fires it has not kept in 2 s are told from memory',
    1,
    [1_000, 20 * minuteMs],
    (chance) => {
      const slowMs = Math.round(chance.logBetween(20, 5_000));
      return [{ slowMs }, `${slowMs} ms each`];
    },
  ),
  onDisk(
    'disk-hangs',
    'a disk that hangs for a minute delays no siren, and what was recorded meanwhile is kept afterwards',
    1,
    [200, minuteMs],
    () => ['hangs', 'hangs'],
  ),
  onDisk(
    'disk-refuses',
    'a disk that refuses is a fault, and what it did not take is offered again',
    0.6,
    [500, 10 * minuteMs],
    (chance) => {
      const refuses = chance.pick(failedCodes);
      return [{ refuses }, refuses];
    },
  ),
  kindOf({
    name: 'disk-full',
    promise: 'a full disk is a fault; fires are told, and kept once there is room',
    ...{ perHour: 0.5, lastsMs: [1_000, 20 * minuteMs] },
    aim: (chance) => {
      const room = Math.round(chance.logBetween(1, 100_000));
      return {
        ...{ parts: ['disk'], note: `${room} bytes left` },
        begin: ({ outside: { disk } }) =>
          holdBy<number | null>(disk, 'room', null, (bytes) => disk.fullAfter(bytes), room),
      };
    },
  }),
  kindOf({
    name: 'disk-fails-nth',
    promise: 'an operation that fails once, whichever it is, loses nothing and leaves nothing twice',
    ...{ perHour: 1, lastsMs: [1_000, 10 * minuteMs] },
    aim: (chance) => {
      const everyMs = chance.logBetween(500, 60_000);
      const own = chance.stream('operations');
      return {
        ...{ parts: ['disk'], note: `about every ${Math.round(everyMs)} ms` },
        begin: ({ outside: { disk }, clock }) =>
          repeat(
            clock,
            () => everyMs * own.between(0.5, 1.5),
            () => disk.failNth(own.int(1, 6), own.pick(failedCodes)),
          ),
      };
    },
  }),
];
