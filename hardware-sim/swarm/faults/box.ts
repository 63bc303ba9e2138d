/** The box itself: hot, nearly full, weak, on its battery, or with sensors that tell nothing. */
import type { BoxFigure } from '../../../config/site.js';
import type { SimBoxValue } from '../../sim-box.js';
import { type FaultKind, kindOf, kindOn } from './fault-kind.js';
import { holdBy } from './hold.js';

const minuteMs = 60_000;
const lastsMs = [5_000, 30 * minuteMs] as const;
const resting = {
  ...{ temperature: 47, disk_free: 82, memory: 95, supply: 'normal', mains: 'on_mains' },
  ...{ battery_voltage: 16.2, battery_charge: 96, battery_cell: 4.04 },
} as const satisfies Partial<Record<BoxFigure, SimBoxValue>>;
type Figure = keyof typeof resting;
const figures = Object.keys(resting) as readonly Figure[];

const troubles: readonly (readonly [Figure, SimBoxValue])[] = [
  ['temperature', 86],
  ['disk_free', 4],
  ['supply', 'low'],
  ['mains', 'on_battery'],
  ['battery_charge', 12],
  ['battery_cell', 3.2],
];

/** A sensor that does not answer tells neither that it fails nor how hot it is; one that fails tells no heat. */
function strengthOf(value: SimBoxValue): number {
  if (value === 'hangs') return 2;
  return value === 'unreadable' ? 1 : 0;
}

function onBox(
  what: Figure,
  value: SimBoxValue,
): Pick<ReturnType<FaultKind['draw']> & object, 'parts' | 'note' | 'begin'> {
  return {
    ...{ parts: ['box'], note: `${what}: ${value}` },
    begin: ({ village: { box } }) =>
      holdBy<SimBoxValue>(box, what, resting[what], (to) => box.set(what, to), value, strengthOf(value)),
  };
}

export const boxFaults: readonly FaultKind[] = [
  kindOn({
    name: 'box-troubled',
    promise: 'heat, a nearly full disk and a weak supply of the box are told and stop nothing',
    ...{ perHour: 0.6, lastsMs, targets: () => troubles },
    aim: ([what, value]) => onBox(what, value),
  }),
  kindOf({
    name: 'box-sensor',
    promise: 'a sensor of the box that fails or never answers is told and holds nothing up',
    ...{ perHour: 0.4, lastsMs },
    aim: (chance) => onBox(chance.pick(figures), chance.pick(['unreadable', 'hangs'] as const)),
  }),
];
