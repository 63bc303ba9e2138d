/** Data unit → bytes, strictly by 8.2 and 8.3 of GB/T 26875.3-2011: what the standard reserves or has no room for is refused. */
import { aduMaxBytes, type GbCoding, within } from './coding.js';
import type { GbAdu, GbTime } from './frame-types.js';
import { encodeGb18030 } from './gb18030.js';
import { bareTypes, descriptionBytes, type Field, type Layout, layouts, ownTypes } from './layouts.js';
import { timeBytes, writeTime } from './time-tag.js';

const textMaxBytes = 255;
const addressBytes = 4;

/** Throws RangeError for a number, a count or a type that must not be sent. Text is cut to its room between two characters. */
export function encodeAdu(adu: GbAdu, coding: Pick<GbCoding, 'timeCoding'>): Uint8Array {
  if (adu.type === 'other') {
    const flag = within(adu.flag, ownTypes.first, ownTypes.last, 'type of a data unit of its own');
    const count = within(adu.count, 0, 255, 'count of objects');
    within(adu.body.length, 0, aduMaxBytes - 2, 'bytes of the data unit');
    return Uint8Array.from([flag, count, ...adu.body]);
  }
  const { type, objects } = adu;
  if (bareTypes.has(type)) {
    within(objects.length, 1, 1, `objects of type ${type}`);
    return Uint8Array.of(type, 1, 0);
  }
  const layout = layouts.get(type);
  if (layout === undefined) throw new RangeError(`there is no type ${String(type).slice(0, 60)} of data units`);
  return objectsOf(type, objects as readonly Readonly<Record<string, unknown>>[], layout, coding.timeCoding);
}

function objectsOf(
  type: number,
  objects: readonly Readonly<Record<string, unknown>>[],
  layout: Layout,
  timeCoding: GbCoding['timeCoding'],
): Uint8Array {
  within(objects.length, layout.isAsked ? 1 : 0, layout.max, `objects of type ${type}`);
  const bytes: number[] = [type, objects.length];
  for (const object of objects) {
    for (const field of layout.fields) bytes.push(...bytesOf(field, object[field.name], type, timeCoding));
  }
  // The counts of the standard keep every type below it; this is for a table that is changed.
  within(bytes.length, 2, aduMaxBytes, `bytes of type ${type}`);
  return Uint8Array.from(bytes);
}

function bytesOf(field: Field, value: unknown, type: number, timeCoding: GbCoding['timeCoding']): Iterable<number> {
  const what = `${field.name} in type ${type}`;
  switch (field.kind) {
    case 'byte': {
      const byte = within(Number(value), 0, field.max ?? 0xff, what);
      if (field.knows?.(byte) === false) throw new RangeError(`${what}: ${byte} is reserved by the standard`);
      return [byte];
    }
    case 'word':
      return lowFirst(within(Number(value), 0, field.max ?? 0xffff, what));
    case 'signed':
      return lowFirst(within(Number(value), -0x8000, 0x7fff, what) & 0xffff);
    case 'address': {
      const bytes = value as readonly number[];
      within(bytes.length, addressBytes, addressBytes, `bytes of ${what}`);
      return bytes.map((byte) => within(byte, 0, 255, what));
    }
    case 'description': {
      const bytes = new Uint8Array(descriptionBytes);
      bytes.set(encodeGb18030(String(value), descriptionBytes));
      return bytes;
    }
    case 'text': {
      const bytes = encodeGb18030(String(value), textMaxBytes);
      return [bytes.length, ...bytes];
    }
    case 'time': {
      const bytes = new Uint8Array(timeBytes);
      writeTime(bytes, 0, value as GbTime | null, timeCoding);
      return bytes;
    }
  }
}

function lowFirst(word: number): readonly number[] {
  return [word & 0xff, word >> 8];
}
