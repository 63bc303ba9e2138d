/** The number that a paper prints for a register → table and wire address. Pure. */
import type { Table } from '../../config/vocabulary.js';

/** As it stands in the paper. `from: 1`: the paper counts registers from 1, the wire from 0. */
export interface PaperAddress {
  /** Told by the number itself (40001-style); null: the paper says it elsewhere. */
  readonly table: Table | null;
  /** The number without its table: before it is known whether the paper counts from 0 or 1. */
  readonly number: number;
  /** Known to count from 1 (40001-style); null: not told by the number. */
  readonly from: 0 | 1 | null;
}

/** First digit of a PLC number → table. */
const tableOfDigit: Readonly<Record<string, Table>> = { '0': 'coil', '1': 'discrete', '3': 'input', '4': 'holding' };

/**
 * `0x0010` `0010H` `000C`: hexadecimal. `40017` `400017`: as a PLC counts, from 1. `16`: decimal. Null: none of these, or two of them:
 * `0010` may be ten or sixteen.
 */
export function paperAddress(written: string): PaperAddress | null {
  const text = written.trim().replace(/[\s_]/g, '');
  const hex = /^0x([0-9a-f]{1,4})$/i.exec(text)?.[1] ?? /^([0-9a-f]{1,4})h$/i.exec(text)?.[1];
  if (hex !== undefined) return plain(Number.parseInt(hex, 16));
  // Letters: no decimal number.
  if (/^(?=[0-9]*[a-f])[0-9a-f]{2,4}$/i.test(text)) return plain(Number.parseInt(text, 16));
  if (!/^[0-9]{1,6}$/.test(text)) return null;
  const plc = /^([0134])([0-9]{4,5})$/.exec(text);
  const table = tableOfDigit[plc?.[1] ?? ''];
  if (table !== undefined && plc?.[2] !== undefined) {
    const number = Number(plc[2]);
    if (number > 0x1_0000) return null;
    // 40000 is there only where the paper counts from 0.
    return number === 0 ? { table, number, from: 0 } : { table, number, from: 1 };
  }
  if (text.length > 1 && text.startsWith('0')) return null;
  return plain(Number(text));
}

/** Null: below the first or above the last register. */
export function wireAddress({ number, from }: PaperAddress, papersFirst: 0 | 1): number | null {
  const address = number - (from ?? papersFirst);
  return address >= 0 && address <= 0xffff ? address : null;
}

/** `03`, `FC4`, `input`, `保持寄存器`; null: not understood. */
export function tableNamed(written: string): Table | null {
  const text = written.trim().toLowerCase();
  const digit = /^(?:fc|f|功能码)?\s*0?x?0?([1-4])$/.exec(text)?.[1];
  if (digit !== undefined) return (['coil', 'discrete', 'holding', 'input'] as const)[Number(digit) - 1] ?? null;
  return tableWords.find(([words]) => words.includes(text))?.[1] ?? null;
}

const tableWords: readonly (readonly [readonly string[], Table])[] = [
  [['coil', 'coils', '线圈', '线圈状态'], 'coil'],
  [['discrete', 'discrete input', '离散输入', '离散量输入'], 'discrete'],
  [['holding', 'holding register', '保持寄存器', '保持'], 'holding'],
  [['input', 'input register', '输入寄存器', '输入'], 'input'],
];

function plain(number: number): PaperAddress | null {
  return number <= 0xffff + 1 ? { table: null, number, from: null } : null;
}
