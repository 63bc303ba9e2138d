import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Words } from '../config/vocabulary.js';

export interface PtyOptions {
  /** Where the link to the pseudo-terminal is made. */
  readonly ptyPath: string;
  readonly configFile: string;
  /** Null = the first line of the site. */
  readonly lineId: string | null;
  /** Null = as the site says. */
  readonly baud: number | null;
  readonly isJson: boolean;
}

export type ParsedOptions =
  | { readonly ok: true; readonly options: PtyOptions }
  | { readonly ok: false; readonly words: Words };

export const usage: Words = {
  zh: '用法：pty-process [--pty ./village0] [--config 站点文件 --line 线路] [--baud 9600] [--json]',
  en: 'usage: pty-process [--pty ./village0] [--config FILE --line ID] [--baud 9600] [--json]',
};

/** The example stands beside this module, in the source tree as in the built one. */
const exampleSite = fileURLToPath(new URL('../config/examples/ancient-town.yaml', import.meta.url));
const baudRange = { min: 300, max: 1_000_000 };

/** Reads the command line without its first two words. */
export function parsePtyOptions(args: readonly string[]): ParsedOptions {
  const values = readFlags(args);
  if (values === null) return { ok: false, words: usage };
  const baud = values.baud === undefined ? null : Number(values.baud);
  if (baud !== null && !(Number.isInteger(baud) && baud >= baudRange.min && baud <= baudRange.max)) {
    return { ok: false, words: { zh: `波特率无效：${values.baud}`, en: `not a baud rate: ${values.baud}` } };
  }
  return {
    ok: true,
    options: {
      ptyPath: values.pty ?? './village0',
      configFile: values.config ?? exampleSite,
      lineId: values.line ?? null,
      baud,
      isJson: values.json ?? false,
    },
  };
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        pty: { type: 'string' },
        config: { type: 'string' },
        line: { type: 'string' },
        baud: { type: 'string' },
        json: { type: 'boolean' },
      },
      strict: true,
    }).values;
  } catch {
    return null;
  }
}
