/** How the objects of each type of data unit lie on the wire (8.2 and 8.3 of GB/T 26875.3-2011), as a table that writer and reader share. */
import { isAnalog, isComponent, isSystem } from './code-numbers.js';

export type FieldKind =
  | 'byte'
  /** Two bytes, low first. */
  | 'word'
  /** The same, with a sign. */
  | 'signed'
  /** Four bytes. */
  | 'address'
  /** 31 bytes, padded with NUL. */
  | 'description'
  /** A byte that says how many follow. */
  | 'text'
  | 'time';

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  /** Highest value that may be sent. */
  readonly max?: number;
  /** Whether the standard has such a number; only such are sent. */
  readonly knows?: (value: number) => boolean;
}

export interface Layout {
  /** Most objects in a unit. */
  readonly max: number;
  readonly fields: readonly Field[];
  /** An order or a read: exactly as many as it says, never none. */
  readonly isAsked: boolean;
}

export const descriptionBytes = 31;

const system: readonly Field[] = [
  { name: 'system', kind: 'byte', knows: isSystem },
  { name: 'systemAddress', kind: 'byte' },
];
const address: Field = { name: 'address', kind: 'address' };
const component: readonly Field[] = [...system, { name: 'component', kind: 'byte', knows: isComponent }, address];
const time: Field = { name: 'time', kind: 'time' };
const operation: readonly Field[] = [
  { name: 'operation', kind: 'byte', max: 0x7f },
  { name: 'operator', kind: 'byte' },
];
const version: readonly Field[] = [
  { name: 'major', kind: 'byte' },
  { name: 'minor', kind: 'byte' },
];
const text: Field = { name: 'text', kind: 'text' };
const description: Field = { name: 'text', kind: 'description' };

const told = (max: number, ...fields: readonly Field[]): Layout => ({ max, fields, isAsked: false });
const asked = (max: number, ...fields: readonly Field[]): Layout => ({ max, fields, isAsked: true });

/** Reserved bits of a state are never sent: 14 and 15 of a system, 9 to 15 of a component, 7 of the device and of operations. */
export const layouts: ReadonlyMap<number, Layout> = new Map([
  [1, told(102, ...system, { name: 'state', kind: 'word', max: 0x3fff }, time)],
  [2, told(22, ...component, { name: 'state', kind: 'word', max: 0x1ff }, description, time)],
  [
    3,
    told(63, ...component, { name: 'analog', kind: 'byte', knows: isAnalog }, { name: 'value', kind: 'signed' }, time),
  ],
  [4, told(102, ...system, ...operation, time)],
  [5, told(1, ...system, ...version)],
  [6, told(3, ...system, text)],
  [7, told(26, ...component, description)],
  [8, told(1, ...system, time)],
  [21, told(1, { name: 'state', kind: 'byte', max: 0x7f }, time)],
  [24, told(127, ...operation, time)],
  [25, told(1, ...version)],
  [26, told(1, text)],
  [28, told(1, time)],
  [61, asked(102, ...system)],
  [62, asked(22, ...system, address)],
  [63, asked(63, ...system, address)],
  [64, asked(1, ...system, { name: 'records', kind: 'byte', max: 102 }, time)],
  [65, asked(1, ...system)],
  [66, asked(3, ...system)],
  [67, asked(26, ...system, address)],
  [68, asked(1, ...system)],
  [84, asked(1, { name: 'records', kind: 'byte', max: 127 }, time)],
  [90, asked(1, time)],
  [91, asked(1, { name: 'minutes', kind: 'byte' })],
]);

/** Those that carry one byte without a meaning and nothing else. */
export const bareTypes: ReadonlySet<number> = new Set([81, 85, 86, 88, 89]);

/** Types of the users' own. */
export const ownTypes = { first: 128, last: 254 } as const;
