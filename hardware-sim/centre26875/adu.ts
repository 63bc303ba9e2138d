/** Application data units, read and written by the table of fields: one loop for all types. */
import { readGbText, writeGbText } from './gb-text.js';
import { type Field, typeRows } from './tables.js';
import { readTime, type TimeCoding, timeBytes, writeTime } from './wire-time.js';

/** One object; only the fields that its type has. */
export interface AduObject {
  readonly system?: number;
  readonly systemAddress?: number;
  readonly component?: number;
  /** Eight hex digits in the order on the wire. */
  readonly componentAddress?: string;
  /** Bits: tables.ts. */
  readonly state?: number;
  readonly text?: string;
  readonly analog?: number;
  /** Counts of the step of `analog`. */
  readonly value?: number;
  readonly operation?: number;
  readonly operator?: number;
  readonly major?: number;
  readonly minor?: number;
  /** As in wire-time.ts. */
  readonly time?: string | null;
  readonly records?: number;
  readonly minutes?: number;
}

/** `short`: the bytes end within an object; `long`: bytes are left over; `count`: more objects than the type may have; `time`: one is
 * no time; `type`: reserved or of a user, its bytes are not looked at. */
export type AduFault = 'short' | 'long' | 'count' | 'time' | 'type';

export interface Adu {
  readonly type: number;
  /** As the unit says. */
  readonly count: number;
  readonly objects: readonly AduObject[];
  readonly faults: readonly AduFault[];
}

const descriptionBytes = 31;
const zeros: readonly number[] = new Array<number>(descriptionBytes).fill(0);
const widths: Readonly<Record<Exclude<Field, 'text'>, number>> = {
  ...{ system: 1, systemAddress: 1, component: 1, componentAddress: 4, state16: 2, state8: 1 },
  ...{ description: descriptionBytes, analog: 1, value: 2, operation: 1, operator: 1, major: 1, minor: 1 },
  ...{ time: timeBytes, records: 1, reserved: 1, minutes: 1 },
};

/** Its length is one byte. */
const textMaxBytes = 255;

/** Never throws, whatever the bytes are. Null for none: a bare confirmation, or a sign of life. */
export function readAdu(bytes: Uint8Array, coding: TimeCoding): Adu | null {
  const [type, count] = bytes;
  if (type === undefined) return null;
  if (count === undefined) return { type, count: 0, objects: [], faults: ['short'] };
  const row = typeRows.get(type);
  if (row === undefined) return { type, count, objects: [], faults: ['type'] };
  const faults = new Set<AduFault>();
  if (count > row.countMax) faults.add('count');
  const objects: AduObject[] = [];
  let at = 2;
  for (let i = 0; i < count && !faults.has('short'); i++) {
    const object: Record<string, unknown> = {};
    for (const field of row.fields) {
      const length = field === 'text' ? 1 + (bytes[at] ?? 0) : widths[field];
      const part = bytes.subarray(at, at + length);
      if (part.length < length) {
        faults.add('short');
        break;
      }
      at += length;
      Object.assign(object, readField(field, part, coding));
    }
    if (typeof object['time'] === 'string' && object['time'].startsWith('?')) faults.add('time');
    if (!faults.has('short')) objects.push(object);
  }
  if (at < bytes.length && !faults.has('short')) faults.add('long');
  return { type, count, objects, faults: [...faults] };
}

/** Texts are cut between two characters where they are too long. `count`: what the unit says, true or not. */
export function writeAdu(
  type: number,
  objects: readonly AduObject[],
  coding: TimeCoding,
  count = objects.length,
): Uint8Array {
  const fields = typeRows.get(type)?.fields ?? [];
  return Uint8Array.from([
    type,
    count & 255,
    ...objects.flatMap((object) => fields.flatMap((field) => writeField(field, object, coding))),
  ]);
}

function readField(field: Field, part: Uint8Array, coding: TimeCoding): Partial<AduObject> {
  const [first = 0, second = 0] = part;
  switch (field) {
    case 'componentAddress':
      return { componentAddress: Buffer.from(part).toString('hex') };
    case 'state16':
      return { state: first | (second << 8) };
    case 'state8':
      return { state: first };
    case 'value':
      return { value: ((first | (second << 8)) << 16) >> 16 };
    case 'description': {
      // Blanks or bytes of any kind follow the end of the text on real devices.
      const end = part.indexOf(0);
      return { text: readGbText(end < 0 ? part : part.subarray(0, end)).trimEnd() };
    }
    case 'text':
      return { text: readGbText(part.subarray(1)) };
    case 'time':
      return { time: readTime(part, coding) };
    case 'reserved':
      return {};
    default:
      return { [field]: first };
  }
}

function writeField(field: Field, object: AduObject, coding: TimeCoding): readonly number[] {
  const word = (value = 0): readonly number[] => [value & 255, (value >> 8) & 255];
  switch (field) {
    case 'componentAddress':
      return [...Buffer.from((object.componentAddress ?? '').padEnd(8, '0'), 'hex')];
    case 'state16':
      return word(object.state);
    case 'state8':
      return [(object.state ?? 0) & 255];
    case 'value':
      return word(object.value);
    case 'description':
      return [...writeGbText(object.text ?? '', descriptionBytes), ...zeros].slice(0, descriptionBytes);
    case 'text': {
      const text = writeGbText(object.text ?? '', textMaxBytes);
      return [text.length, ...text];
    }
    case 'time':
      return [...writeTime(object.time ?? null, coding)];
    case 'reserved':
      return [0];
    default:
      return [(object[field] ?? 0) & 255];
  }
}
