/**
 * Entries of the journal in the words of GB/T 26875.3-2011. Pure; what it needs to know stands in `GbTelling`.
 *
 *   toldOf(entry, telling)      one for each component that it touches, each with the words that hold when it is called
 *   objectsOf(entry, telling)   the same now: data units of one object each, in their order, with the time of the entry; none: this language has no
 *                               word for it, and nothing is sent
 *
 * samples.ts does the same for measurements, site-now.ts for reads. A state word says all that is so with a component, and entries of a
 * backlog do not come in the order in which things happened (fires go first): behind a word that is history stands the word that holds
 * now, so that no old all-clear wipes out a fire.
 */

import type { GbPointRow } from '../../config/uplinks/gb-point-table.js';
import { gbDeviceBits, gbOperations } from '../../config/uplinks/gb-roles.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import type { Entry } from '../journal/entry.js';
import { UplinkError } from '../uplink.js';
import type { GbAdu } from './frame-types.js';
import { componentWord, type GbStanding, type GbTelling, type GbTold, textOf, touchOf } from './telling.js';

export function objectsOf(entry: Entry, telling: GbTelling, isOvertaken = false): readonly GbAdu[] {
  return toldOf(entry, telling, isOvertaken).flatMap((told) => told());
}

export function toldOf(entry: Entry, telling: GbTelling, isOvertaken: boolean): readonly GbTold[] {
  return [...states(entry, { ...telling, isOvertaken }), ...operations(entry, telling).map((unit) => () => [unit])];
}

/** What is told, and whether what came after it may have been told before. */
type Telling = GbTelling & { readonly isOvertaken: boolean };

/** What an entry says is so, or is no more. */
interface Said {
  readonly subject: string;
  readonly class: AlarmClass | null;
  readonly is: GbStanding['is'];
  readonly isOn: boolean;
}

function saidIn({ kind, class: own, subject, detail }: Entry): Said | null {
  const alarm = { subject, class: own, is: 'alarm' } as const;
  switch (kind) {
    case 'alarm.raised':
    case 'alarm.resounded':
      return { ...alarm, isOn: true };
    case 'alarm.returned':
      // It stands until somebody resets it.
      return detail['latched'] === true ? null : { ...alarm, isOn: false };
    case 'alarm.reset':
      return { ...alarm, isOn: false };
    case 'alarm.counted':
      return { ...alarm, isOn: detail['stands'] !== 'normal' };
    case 'service.changed':
      return { ...alarm, is: 'shielded', isOn: detail['to'] !== 'in-service' };
    case 'output.found_on':
      return { ...alarm, is: 'on', isOn: true };
    case 'output.commanded':
      return { ...alarm, is: 'on', isOn: detail['on'] === true };
    case 'output.proven':
      return { ...alarm, is: 'proven', isOn: detail['on'] === true };
    default:
      return null;
  }
}

function states(entry: Entry, telling: Telling): readonly GbTold[] {
  if (entry.kind === 'gateway.started' || entry.kind === 'gateway.restarted') {
    return [() => deviceUnits(entry, null, 0, telling)];
  }
  const said = saidIn(entry);
  if (said === null) return [];
  const { rows, device } = touchOf(said, telling.table);
  return [
    ...rows.map(
      ({ row, bits }) =>
        () =>
          componentUnits(entry, said, row, bits, telling),
    ),
    ...(device === 0 ? [] : [() => deviceUnits(entry, said, device, telling)]),
  ];
}

interface Word {
  readonly state: number;
  readonly wall: number;
}

function componentUnits(entry: Entry, said: Said, row: GbPointRow, bits: number, telling: Telling): readonly GbAdu[] {
  const bitsOf = (each: GbStanding): number =>
    touchOf(each, telling.table).rows.reduce((all, other) => (other.row === row ? all | other.bits : all), 0);
  const { system, systemAddress, component, address } = row;
  return words(entry, said, bits, bitsOf, telling).map(({ state, wall }) => ({
    type: 2,
    objects: [
      {
        ...{ system, systemAddress, component, address, text: textOf(row) },
        ...{ state: componentWord(state, telling.fireState), time: telling.timeOf(wall) },
      },
    ],
  }));
}

function deviceUnits(entry: Entry, said: Said | null, bits: number, telling: Telling): readonly GbAdu[] {
  return words(entry, said, bits, (each) => deviceBitsOf(each, telling), telling).map(({ state, wall }) => ({
    type: 21,
    objects: [{ state: state | gbDeviceBits.normal, time: telling.timeOf(wall) }],
  }));
}

/** What a standing thing adds to the state of the transmission device. */
export function deviceBitsOf(each: GbStanding, { table }: Pick<GbTelling, 'table'>): number {
  return touchOf(each, table).device | (each.is === 'alarm' && each.class === 'fire' ? gbDeviceBits.fire : 0);
}

/** The word as of the entry, and behind it the one that holds now where the entry has been overtaken. */
function words(
  entry: Entry,
  said: Said | null,
  bits: number,
  bitsOf: (each: GbStanding) => number,
  telling: Telling,
): readonly Word[] {
  const { wall, lane } = entry;
  const standing = telling.standing();
  if (standing === null) return untilKnown({ wall }, said, bits, telling);
  const isOwn = (each: GbStanding): boolean => each.subject === said?.subject && isSameThing(each.is, said.is);
  const others = standing.filter((each) => !isOwn(each) && bitsOf(each) !== 0);
  const sum = (all: readonly GbStanding[]): number => all.reduce((word, each) => word | bitsOf(each), 0);
  const then = sum(others.filter((each) => !isNewer(each, entry, telling))) | (said?.isOn === true ? bits : 0);
  const first: Word = { state: then, wall };
  // Fires overtake: what this entry ends and stands all the same has begun again since, and may have been told already.
  const again = said?.isOn === false ? standing.filter((each) => isOwn(each) && bitsOf(each) !== 0) : [];
  const later = [...others.filter((each) => isNewer(each, entry, telling)), ...again];
  // A reset goes with the fires, and so may go before what it has reset; before a fire only where that was refused at first.
  const mayBeOver = telling.isOvertaken || (lane !== 'fire' && telling.isHistorical(entry));
  const isOver = said?.isOn === true && mayBeOver && !standing.some(isOwn);
  if (later.length === 0 && !isOver) return [first];
  const now = sum(standing);
  const sinceWall = later.reduce((newest, each) => Math.max(newest, each.sinceWall), 0);
  return now === then ? [first] : [first, { state: now, wall: isOver ? telling.nowWall() : Math.max(wall, sinceWall) }];
}

/** While nobody knows what an earlier start has left standing, what begins is told, and no all-clear. Throws UPLINK-003. */
function untilKnown(
  { wall }: Pick<Entry, 'wall'>,
  said: Said | null,
  bits: number,
  telling: GbTelling,
): readonly Word[] {
  if (said?.isOn === true) return [{ state: bits, wall }];
  throw new UplinkError('UPLINK-003', `uplink ${telling.uplink}`, 'what stands is not known yet');
}

/** It has begun after that entry. Wall clocks are set; only of two things of earlier starts nothing else is known. */
function isNewer({ sinceMono, sinceWall }: GbStanding, { boot, mono, wall }: Entry, telling: GbTelling): boolean {
  if (boot === telling.boot()) return sinceMono > mono;
  return sinceMono !== Number.NEGATIVE_INFINITY || sinceWall > wall;
}

/** An output that is proven on is the one that was ordered on. */
function isSameThing(one: GbStanding['is'], other: GbStanding['is']): boolean {
  const kindOf = (is: GbStanding['is']): string => (is === 'proven' ? 'on' : is);
  return kindOf(one) === kindOf(other);
}

const ofDevice: Partial<Readonly<Record<Entry['kind'], number>>> = {
  'alarm.reset': gbOperations.reset,
  'alarm.silenced': gbOperations.silence,
  'call.reported': gbOperations.manualAlarm,
  'call.closed': gbOperations.cleared,
  'siren_test.begun': gbOperations.selfTest,
  'drill.begun': gbOperations.test,
  'walk_test.begun': gbOperations.test,
};

/** Whether entries of this kind may be operations of somebody. */
export function isOperation(kind: Entry['kind']): boolean {
  return kind in ofDevice || kind === 'alarm.acknowledged' || kind === 'duty.answered' || kind === 'test.noted';
}

/** What somebody did, without what became so by it; none: nothing that this centre is told. */
export function operations(entry: Entry, telling: GbTelling): readonly GbAdu[] {
  const { kind, detail, origin, wall } = entry;
  const by = { operator: operatorOf(origin), time: telling.timeOf(wall) };
  const own = (operation: number): readonly GbAdu[] => [{ type: 24, objects: [{ operation, ...by }] }];
  switch (kind) {
    case 'alarm.acknowledged': {
      const [touched] = touchOf({ ...entry, is: 'alarm' }, telling.table).rows;
      if (touched === undefined) return [];
      const { system, systemAddress } = touched.row;
      return [{ type: 4, objects: [{ system, systemAddress, operation: gbOperations.acknowledge, ...by }] }];
    }
    case 'duty.answered':
      // Whoever asked is answered, and nobody else.
      return detail['uplink'] === telling.uplink ? own(gbOperations.acknowledge) : [];
    case 'test.noted':
      return detail['what'] !== 'uplink' || detail['id'] === telling.uplink ? own(gbOperations.test) : [];
    default: {
      const operation = ofDevice[kind];
      return operation === undefined ? [] : own(operation);
    }
  }
}

/** An operator is a number here, and people are none: 1 at the box, 2 by its command line, 3 from a centre, 0 nobody or not known. */
function operatorOf(origin: string | null): number {
  const [way = ''] = (origin ?? '').split(':');
  return way === 'panel' || way === 'key' ? 1 : way === 'cli' ? 2 : way === 'centre' ? 3 : 0;
}
