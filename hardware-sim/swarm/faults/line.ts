/** Trouble on a pair of wires. */

import type { LineId } from '../../../config/ids.js';
import type { LineConfig, SiteConfig } from '../../../config/site.js';
import type { Part } from '../../checkers/afflictions.js';
import { noiseBursts, repeat, secondMaster } from '../../wire-mischief.js';
import type { World } from '../world.js';
import { type FaultKind, kindOf, kindOn } from './fault-kind.js';
import { hold, holdBy } from './hold.js';
import { lineOf, unitLines, wiredLines } from './targets.js';

const minuteMs = 60_000;
const stormMaxBytes = 24;
const piecesMaxBytes = 16;

/** Wires that the gateway reads itself; what is behind a Modbus TCP gateway comes as whole frames, or not at all. */
const ownWires = (config: SiteConfig): readonly LineConfig[] =>
  wiredLines(config).filter(({ transport }) => transport !== 'tcp');

/** Both wires are interrupted, or the network cable of its server. */
export function cutLine(world: World, line: LineId): () => void {
  const { village } = world;
  return holdBy(village, `cut of ${line}`, false, (isCut) => village.cutLine(line, isCut), true);
}

export const lineFaults: readonly FaultKind[] = [
  kindOn({
    name: 'line-cut',
    promise:
      'a line that is cut is told as the line and its units; an alarm that was seen before stands; all is back when it is mended',
    ...{ perHour: 1, lastsMs: [50, 30 * minuteMs], targets: ({ lines }) => lines },
    aim: ({ id }) => ({ parts: [`line:${id}`], note: id, begin: (world) => cutLine(world, id) }),
  }),
  kindOn({
    name: 'line-noise',
    promise: 'bursts of noise never become a reading, and what was spoilt is asked again',
    ...{ perHour: 1, lastsMs: [500, 20 * minuteMs], targets: wiredLines },
    aim: ({ id }, chance) => {
      const everyMs = chance.logBetween(30, 10_000);
      const maxBytes = chance.int(1, stormMaxBytes);
      const random = chance.stream('noise').next;
      return {
        ...{ parts: [`line:${id}`], note: `${id}, every ${Math.round(everyMs)} ms, up to ${maxBytes} bytes` },
        begin(world) {
          const { wire } = lineOf(world, id);
          return wire === null ? () => undefined : noiseBursts(wire, world.clock, { everyMs, maxBytes, random });
        },
      };
    },
  }),
  kindOn({
    name: 'line-pieces',
    promise:
      'a frame that comes in pieces, as adapters hand it on, is read in the same time as a whole one: nothing is missed',
    ...{ perHour: 0.8, lastsMs: [2_000, 20 * minuteMs], targets: ownWires },
    aim: ({ id }, chance) => {
      const bytes = chance.int(1, piecesMaxBytes);
      return {
        // Pieces at the pace of the wire excuse nothing.
        ...{ parts: [], note: `${id}, ${bytes} at a time` },
        begin(world) {
          const { wire } = lineOf(world, id);
          return wire === null ? () => undefined : hold(wire, 'chunkBytes', bytes);
        },
      };
    },
  }),
  kindOn({
    name: 'line-second-master',
    promise: 'answers to somebody else’s questions are not taken for ours',
    ...{ perHour: 0.5, lastsMs: [1_000, 10 * minuteMs], targets: unitLines },
    aim: ({ id }, chance, { units }) => {
      const everyMs = chance.logBetween(80, 5_000);
      const { address: unit } = chance.pick(units.filter(({ line }) => line === id));
      const address = chance.int(0, 300);
      return {
        ...{ parts: [`line:${id}`], note: `${id}, asks unit ${unit} every ${Math.round(everyMs)} ms` },
        begin(world) {
          const { wire } = lineOf(world, id);
          return wire === null ? () => undefined : secondMaster(wire, world.clock, { everyMs, unit, address });
        },
      };
    },
  }),
  kindOn({
    name: 'line-loose',
    promise: 'a contact that opens and closes many times is one fault at a time, and the journal stays bounded',
    ...{ perHour: 0.5, lastsMs: [2_000, 10 * minuteMs], targets: ({ lines }) => lines },
    aim: ({ id }, chance) => {
      const openMs = chance.logBetween(20, 5_000);
      const closedMs = chance.logBetween(100, 20_000);
      return {
        ...{ parts: [`line:${id}`], note: `${id}, open ${Math.round(openMs)} ms, closed ${Math.round(closedMs)} ms` },
        begin(world) {
          let mend: (() => void) | null = cutLine(world, id);
          const cancel = repeat(
            world.clock,
            () => (mend === null ? closedMs : openMs),
            () => {
              mend?.();
              mend = mend === null ? cutLine(world, id) : null;
            },
          );
          return () => {
            cancel();
            mend?.();
          };
        },
      };
    },
  }),
  kindOf({
    name: 'lightning',
    promise:
      'all lines dead at once: alarms that were seen stand, what sounds goes on where it can, and every line comes back by itself',
    ...{ perHour: 0.3, lastsMs: [200, 20 * minuteMs] },
    aim: (_, { lines }) => ({
      parts: lines.map(({ id }): Part => `line:${id}`),
      note: `${lines.length} lines`,
      begin(world) {
        const mends = lines.map(({ id }) => cutLine(world, id));
        return () => {
          for (const mend of mends) mend();
        };
      },
    }),
  }),
];
