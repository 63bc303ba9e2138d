/** A file of a table → its text; whatever is wrong with it is a Problem. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { configProblem } from '../../config/config-problems.js';
import type { Problem } from '../../config/problem.js';
import { fileMaxBytes, systemCode } from '../../config/read-text.js';
import { decodeTable } from './decode-table.js';
import { setupProblem } from './setup-problems.js';

export type TableText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: Problem };

export async function readTableFile(file: string): Promise<TableText> {
  const at = { file, line: 1, column: 1 };
  try {
    // O_NONBLOCK: opening a named pipe must not wait for somebody to write into it.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const facts = await handle.stat();
      if (!facts.isFile()) return { ok: false, problem: configProblem('CONF-002', at, file) };
      if (facts.size > fileMaxBytes) {
        return { ok: false, problem: setupProblem('SETUP-003', at, file, `≤ ${fileMaxBytes} B`, `${facts.size} B`) };
      }
      return decodeTable(file, await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (cause) {
    return { ok: false, problem: configProblem('CONF-001', at, file, null, systemCode(cause)) };
  }
}
