import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { configProblem } from './config-problems.js';
import type { Problem } from './problem.js';

/** A site of a thousand devices has about 150 kB; more than this is some other file. */
export const fileMaxBytes = 1024 * 1024;

export type TextOrProblem =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: Problem };

/** Reads a small UTF-8 file; whatever is wrong with it is a Problem. Never blocks on pipes and devices. */
export async function readTextFile(file: string): Promise<TextOrProblem> {
  const refuse = (...[code, expected, got]: RefuseArgs): TextOrProblem => ({
    ok: false,
    problem: configProblem(code, { file, line: 1, column: 1 }, file, expected, got),
  });
  let bytes: Uint8Array;
  try {
    // O_NONBLOCK: opening a named pipe must not wait for somebody to write into it.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const facts = await handle.stat();
      if (!facts.isFile())
        return refuse('CONF-002', 'a file', facts.isDirectory() ? 'a directory' : 'a device or pipe');
      if (facts.size > fileMaxBytes) return refuse('CONF-003', `at most ${fileMaxBytes} bytes`, `${facts.size} bytes`);
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    return refuse('CONF-001', null, systemCode(cause));
  }
  return decode(bytes, refuse);
}

type RefuseArgs = [code: 'CONF-001' | 'CONF-002' | 'CONF-003' | 'CONF-004', expected: string | null, got: string];

function decode(bytes: Uint8Array, refuse: (...args: RefuseArgs) => TextOrProblem): TextOrProblem {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const zeroAt = text.indexOf('\0');
    if (zeroAt >= 0) return refuse('CONF-004', 'UTF-8 text', `a zero byte after ${zeroAt} characters`);
    return { ok: true, text };
  } catch {
    return refuse('CONF-004', 'UTF-8 text', `${bytes.length} bytes of something else`);
  }
}

/** `ENOENT`, `EACCES`, …: what the system called it. */
export function systemCode(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return String(cause);
}
