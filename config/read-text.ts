import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { configProblem } from './config-problems.js';
import type { Problem, Told } from './problem.js';

/** A site of a thousand devices has about 150 kB; more than this is some other file. */
export const fileMaxBytes = 1024 * 1024;

export type TextOrProblem =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: Problem };

/** Reads a small UTF-8 file; whatever is wrong with it is a Problem. Never blocks on pipes and devices. */
export async function readTextFile(file: string): Promise<TextOrProblem> {
  const refuse = (...[code, expected, got]: RefuseArgs): TextOrProblem => ({
    ok: false,
    problem: configProblem(code, { file, line: 1, column: 1 }, path.basename(file), expected, got),
  });
  let bytes: Uint8Array;
  try {
    // O_NONBLOCK: opening a named pipe must not wait for somebody to write into it.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const facts = await handle.stat();
      if (!facts.isFile())
        return refuse('CONF-002', { zh: '文件', en: 'a file' }, facts.isDirectory() ? folder : special);
      if (facts.size > fileMaxBytes)
        return refuse('CONF-003', bytesOf('最多 ', 'at most ', fileMaxBytes), bytesOf('', '', facts.size));
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    return refuse('CONF-001', null, systemCode(cause));
  }
  return decode(bytes, refuse);
}

const folder: Told = { zh: '目录', en: 'a directory' };
const special: Told = { zh: '设备或管道', en: 'a device or pipe' };

function bytesOf(zh: string, en: string, count: number): Told {
  return { zh: `${zh}${count} 字节`, en: `${en}${count} bytes` };
}

const utf8: Told = { zh: 'UTF-8 文本', en: 'UTF-8 text' };

type RefuseArgs = [code: 'CONF-001' | 'CONF-002' | 'CONF-003' | 'CONF-004', expected: Told | null, got: Told];

function decode(bytes: Uint8Array, refuse: (...args: RefuseArgs) => TextOrProblem): TextOrProblem {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const zeroAt = text.indexOf('\0');
    if (zeroAt >= 0) {
      const got = { zh: `第 ${zeroAt + 1} 个字符是零字节`, en: `a zero byte after ${zeroAt} characters` };
      return refuse('CONF-004', utf8, got);
    }
    return { ok: true, text };
  } catch {
    return refuse('CONF-004', utf8, {
      zh: `${bytes.length} 字节，不是 UTF-8`,
      en: `${bytes.length} bytes of something else`,
    });
  }
}

/** `ENOENT`, `EACCES`, …: what the system called it. */
export function systemCode(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return String(cause);
}
