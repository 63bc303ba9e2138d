/** Bytes → data unit, tolerantly: text that means nothing or a time that is none spoils no unit, and unknown types are handed on as they are. */
import type { GbCoding } from './coding.js';
import type { GbAdu } from './frame-types.js';
import { decodeGb18030 } from './gb18030.js';
import { bareTypes, descriptionBytes, type Field, layouts } from './layouts.js';
import { readTime, timeBytes } from './time-tag.js';

export type GbDecoded =
  | { readonly ok: true; readonly adu: GbAdu }
  | {
      readonly ok: false;
      /** `empty`: no byte, as signs of life have it; `length`: more or fewer bytes than its count takes; `count`: more objects than the
       * standard allows, or none where something is asked. */
      readonly why: 'empty' | 'length' | 'count';
      /** Type of the unit; null: there is none. */
      readonly flag: number | null;
    };

const addressBytes = 4;

/** It never throws, whatever the bytes are. */
export function decodeAdu(bytes: Uint8Array, coding: Pick<GbCoding, 'timeCoding'>): GbDecoded {
  const [flag, count] = bytes;
  if (flag === undefined) return { ok: false, why: 'empty', flag: null };
  if (count === undefined) return { ok: false, why: 'length', flag };
  // The byte that means nothing may be left out, and what the count says of it does not matter.
  if (bareTypes.has(flag)) {
    if (count > 1) return { ok: false, why: 'count', flag };
    return bytes.length <= 3 ? sound({ type: flag, objects: [{}] }) : { ok: false, why: 'length', flag };
  }
  const layout = layouts.get(flag);
  if (layout === undefined) return sound({ type: 'other', flag, count, body: bytes.slice(2) });
  if (count > layout.max || (layout.isAsked && count === 0)) return { ok: false, why: 'count', flag };
  const objects: Record<string, unknown>[] = [];
  let at = 2;
  for (let i = 0; i < count; i++) {
    const object: Record<string, unknown> = {};
    for (const field of layout.fields) {
      const size = sizeOf(field, bytes, at);
      if (at + size > bytes.length) return { ok: false, why: 'length', flag };
      object[field.name] = fieldValue(field, bytes, at, size, coding.timeCoding);
      at += size;
    }
    objects.push(object);
  }
  return at === bytes.length ? sound({ type: flag, objects }) : { ok: false, why: 'length', flag };
}

/** The table of layouts says what the objects of each type have; test/sync/gb26875/round-trip.test.ts holds it against the types. */
function sound(adu: object): GbDecoded {
  return { ok: true, adu: adu as GbAdu };
}

function sizeOf({ kind }: Field, bytes: Uint8Array, at: number): number {
  switch (kind) {
    case 'byte':
      return 1;
    case 'word':
    case 'signed':
      return 2;
    case 'address':
      return addressBytes;
    case 'description':
      return descriptionBytes;
    case 'text':
      return 1 + (bytes[at] ?? 0);
    case 'time':
      return timeBytes;
  }
}

function fieldValue(
  { kind }: Field,
  bytes: Uint8Array,
  at: number,
  size: number,
  timeCoding: GbCoding['timeCoding'],
): unknown {
  const word = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  switch (kind) {
    case 'byte':
      return bytes[at];
    case 'word':
      return word;
    case 'signed':
      return word > 0x7fff ? word - 0x1_0000 : word;
    case 'address':
      return [...bytes.subarray(at, at + size)];
    case 'description':
      return decodeGb18030(bytes.subarray(at, at + size));
    case 'text':
      return decodeGb18030(bytes.subarray(at + 1, at + size));
    case 'time':
      return readTime(bytes, at, timeCoding);
  }
}
