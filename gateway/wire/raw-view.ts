/** Raw values as they came, read in every usual way side by side: which one makes sense is for a person to see. Pure. */
import type { Table } from '../../config/site.js';

/** One register or bit. */
export interface RawRow {
  /** Wire address, from 0. */
  readonly address: number;
  /** 0 to 65535; of a bit 0 or 1. */
  readonly raw: number;
  readonly hex: string;
  readonly binary: string;
  /** As a signed number of 16 bits; null for a bit. */
  readonly signed: number | null;
  /** This register and the next one as 32 bits, in each order of bytes; null for bits and for the last one. */
  readonly pair: RawPair | null;
}

/** A is the highest byte: ABCD high word first, CDAB low word first, BADC and DCBA with the bytes of each word swapped. */
export interface RawPair {
  readonly u32: Readonly<Record<Order, number>>;
  readonly s32: Readonly<Record<Order, number>>;
  /** Null: no number. */
  readonly f32: Readonly<Record<Order, number | null>>;
}

export const orders = ['ABCD', 'CDAB', 'BADC', 'DCBA'] as const;
export type Order = (typeof orders)[number];

export function rawRows(table: Table, address: number, values: readonly number[]): readonly RawRow[] {
  const isBit = table === 'coil' || table === 'discrete';
  return values.map((raw, i) => {
    const next = values[i + 1];
    return {
      address: address + i,
      raw,
      hex: isBit ? String(raw) : hexWord(raw),
      binary: isBit ? String(raw) : raw.toString(2).padStart(16, '0'),
      signed: isBit ? null : signed16(raw),
      pair: isBit || next === undefined ? null : pairOf(raw, next),
    };
  });
}

/** `0x0010`. */
export function hexWord(word: number): string {
  return `0x${word.toString(16).toUpperCase().padStart(4, '0')}`;
}

function signed16(raw: number): number {
  return raw > 0x7fff ? raw - 0x1_0000 : raw;
}

function pairOf(first: number, second: number): RawPair {
  const view = new DataView(new ArrayBuffer(4));
  const inOrder = <T>(read: () => T): Readonly<Record<Order, T>> => {
    const of = (high: number, low: number): T => {
      view.setUint16(0, high);
      view.setUint16(2, low);
      return read();
    };
    return {
      ABCD: of(first, second),
      CDAB: of(second, first),
      BADC: of(swapped(first), swapped(second)),
      DCBA: of(swapped(second), swapped(first)),
    };
  };
  return {
    u32: inOrder(() => view.getUint32(0)),
    s32: inOrder(() => view.getInt32(0)),
    f32: inOrder(() => {
      const float = view.getFloat32(0);
      return Number.isFinite(float) ? float : null;
    }),
  };
}

function swapped(word: number): number {
  return ((word & 0xff) << 8) | (word >>> 8);
}
