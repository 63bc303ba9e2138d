import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Words } from '../config/vocabulary.js';

/** A pseudo-terminal; `path` = where the link to it is made. */
export interface PtyPlace {
  readonly kind: 'pty';
  readonly path: string;
}

/** A TCP server; port 0 = any free one. `rtu`: RTU frames through a serial server, else Modbus TCP. */
export interface TcpPlace {
  readonly kind: 'tcp';
  readonly host: string;
  readonly port: number;
  readonly framing: 'rtu' | 'mbap';
}

export interface PtyOptions {
  /** Where the line is offered. */
  readonly at: PtyPlace | TcpPlace;
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
  zh: '用法：pty-process [--pty ./village0 | --tcp 端口 [--rtu] [--host 127.0.0.1]] [--site 站点文件] [--line 线路] [--baud 9600] [--json]',
  en: 'usage: pty-process [--pty ./village0 | --tcp PORT [--rtu] [--host 127.0.0.1]] [--site FILE] [--line ID] [--baud 9600] [--json]',
};

/** The example stands beside this module, in the source tree as in the built one. */
const exampleSite = fileURLToPath(new URL('../config/examples/ancient-town.yaml', import.meta.url));
const baudRange = { min: 300, max: 1_000_000 };
const portMax = 65_535;
const loopback = '127.0.0.1';

/** Reads the command line without its first two words. */
export function parsePtyOptions(args: readonly string[]): ParsedOptions {
  const values = readFlags(args);
  if (values === null) return { ok: false, words: usage };
  const baud = values.baud === undefined ? null : Number(values.baud);
  if (baud !== null && !(Number.isInteger(baud) && baud >= baudRange.min && baud <= baudRange.max)) {
    return { ok: false, words: { zh: `波特率无效：${values.baud}`, en: `not a baud rate: ${values.baud}` } };
  }
  const at = placeOf(values);
  if (at === null) return { ok: false, words: usage };
  return {
    ok: true,
    options: {
      at,
      configFile: values.site ?? values.config ?? exampleSite,
      lineId: values.line ?? null,
      baud,
      isJson: values.json ?? false,
    },
  };
}

interface PlaceFlags {
  readonly pty?: string | undefined;
  readonly tcp?: string | undefined;
  readonly rtu?: boolean | undefined;
  readonly host?: string | undefined;
}

/** Null = flags that contradict one another, or no port number. */
function placeOf({ pty, tcp, rtu, host }: PlaceFlags): PtyPlace | TcpPlace | null {
  if (tcp === undefined) {
    return rtu === true || host !== undefined ? null : { kind: 'pty', path: pty ?? './village0' };
  }
  const port = Number(tcp);
  if (pty !== undefined || !/^[0-9]+$/.test(tcp) || port > portMax) return null;
  return { kind: 'tcp', host: host ?? loopback, port, framing: rtu === true ? 'rtu' : 'mbap' };
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        pty: { type: 'string' },
        tcp: { type: 'string' },
        rtu: { type: 'boolean' },
        host: { type: 'string' },
        site: { type: 'string' },
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
