/** Units that answer wrongly: always, or now and then. */
import type { Chance } from '../../chance.js';
import { withCrc } from '../../modbus/crc16.js';
import {
  corrupted,
  doubled,
  echoed,
  echoOnly,
  foreign,
  late,
  noisy,
  sometimes,
  truncated,
} from '../../modbus/mischief.js';
import type { Mischief } from '../../modbus/sim-unit.js';
import { type FaultKind, kindOn } from './fault-kind.js';
import { hold } from './hold.js';
import { unitOf, wiredUnits } from './targets.js';

const lastsMs = [500, 20 * 60_000] as const;
const exceptionCodes = [1, 2, 3, 4, 6, 10, 11];
const exceptionBit = 0x80;
const noiseMaxBytes = 12;

/** Draws how it answers; the second value is told. */
type Draw = (chance: Chance) => readonly [Mischief, string];

function answering(name: string, promise: string, perHour: number, draw: Draw): FaultKind {
  return kindOn({
    ...{ name, promise, perHour, lastsMs, targets: wiredUnits },
    aim: ({ id, line }, chance) => {
      const [always, how] = draw(chance);
      const share = chance.is(0.5) ? 1 : chance.between(0.02, 0.6);
      const trick = share === 1 ? always : sometimes(share, chance.stream('answers').next, always);
      return {
        ...{
          parts: [`unit:${id}`, `line:${line}`],
          note: `${id}, ${how}, ${Math.round(share * 100)} % of its answers`,
        },
        begin: (world) => hold(unitOf(world, id), 'mischief', trick),
      };
    },
  });
}

/** An exception in the unit's own words, well formed. */
function exception(code: number): Mischief {
  return ({ requestFrame: [unit = 0, fc = 0] }) => [{ afterMs: 0, bytes: withCrc([unit, fc | exceptionBit, code]) }];
}

function noise(chance: Chance): Uint8Array {
  return Uint8Array.from({ length: chance.int(1, noiseMaxBytes) }, () => chance.int(0, 255));
}

export const unitAnswers: readonly FaultKind[] = [
  answering(
    'unit-late',
    'an answer that comes after its time is never taken for the answer to something else',
    1,
    (chance) => {
      const lateMs = chance.logBetween(20, 1500);
      return [late(lateMs), `${Math.round(lateMs)} ms late`];
    },
  ),
  answering('unit-doubled', 'an answer that is said twice counts once', 1, (chance) => {
    const gapMs = chance.logBetween(5, 400);
    return [doubled(gapMs), `again after ${Math.round(gapMs)} ms`];
  }),
  answering('unit-truncated', 'half an answer is no answer', 0.6, (chance) => {
    const missing = chance.int(1, 5);
    return [truncated(missing), `${missing} bytes short`];
  }),
  answering('unit-corrupted', 'a wrong check sum is a line error and never a reading', 0.6, (chance) => {
    const at = chance.int(0, 6);
    return [corrupted(at), `byte ${at} wrong`];
  }),
  answering('unit-foreign', 'an answer in the name of another unit is nobody’s', 0.4, (chance) => {
    const address = chance.int(1, 40);
    return [foreign(address), `as unit ${address}`];
  }),
  answering('unit-echo', 'an adapter that hears itself makes no readings', 0.4, (chance) =>
    chance.is(0.5) ? [echoed, 'echo and answer'] : [echoOnly, 'echo only'],
  ),
  answering('unit-noise', 'noise in front of an answer is cut off or the answer asked for again', 0.6, (chance) => {
    const bytes = noise(chance);
    return [noisy(bytes), `${bytes.length} bytes in front`];
  }),
  answering(
    'unit-exception',
    'a unit that refuses makes its points unknown and is told with its code',
    0.6,
    (chance) => {
      const code = chance.pick(exceptionCodes);
      return [exception(code), `exception ${code}`];
    },
  ),
];
