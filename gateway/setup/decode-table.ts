/** Bytes of a table as people save it → text: UTF-8 with or without a mark, what Excel in China calls CSV (GBK), UTF-16 with a mark. Pure. */
import type { Problem } from '../../config/problem.js';
import { setupProblem } from './setup-problems.js';

export type DecodedTable =
  | { readonly ok: true; readonly text: string; readonly encoding: 'utf-8' | 'gb18030' | 'utf-16le' }
  | { readonly ok: false; readonly problem: Problem };

/** "PK": a workbook of Excel is a zip. D0 CF: one of the time before. */
const workbookMarks: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/** GB 18030 reads all of GBK; it is tried only when the bytes are not UTF-8, which Chinese text in GBK never is by chance for long. */
export function decodeTable(file: string, bytes: Uint8Array): DecodedTable {
  const at = { file, line: 1, column: 1 };
  const refuse = (problem: Problem): DecodedTable => ({ ok: false, problem });
  if (workbookMarks.some((mark) => mark.every((byte, index) => bytes[index] === byte))) {
    return refuse(setupProblem('SETUP-001', at, file, 'CSV', { zh: 'Excel 工作簿', en: 'a workbook of Excel' }));
  }
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  for (const encoding of isWide ? (['utf-16le'] as const) : (['utf-8', 'gb18030'] as const)) {
    const text = decoded(bytes, encoding);
    if (text === null) continue;
    const zeroAt = text.indexOf('\0');
    if (zeroAt < 0) return { ok: true, text, encoding };
    const got = { zh: `第 ${zeroAt + 1} 个字符是零字节`, en: `a zero byte after ${zeroAt} characters` };
    return refuse(setupProblem('SETUP-001', at, file, 'CSV', got));
  }
  return refuse(setupProblem('SETUP-002', at, file, 'UTF-8, GBK'));
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
