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
  /** Units that speak at a speed of their own, by address. With any of them, the line listens to the speed that a pseudo-terminal is set to. */
  readonly unitBauds: ReadonlyMap<number, number>;
  readonly isJson: boolean;
}

export type ParsedOptions =
  | { readonly ok: true; readonly options: PtyOptions }
  | { readonly ok: false; readonly words: Words };

export const usage: Words = {
  zh: '用法：pty-process [--pty ./village0 | --tcp 端口 [--rtu] [--host 127.0.0.1]] [--site 站点文件] [--line 线路] [--baud 9600] [--unit-baud 20=4800 …] [--json]',
  en: 'usage: pty-process [--pty ./village0 | --tcp PORT [--rtu] [--host 127.0.0.1]] [--site FILE] [--line ID] [--baud 9600] [--unit-baud 20=4800 …] [--json]',
};

/** The example stands beside this module, in the source tree as in the built one. */
const exampleSite = fileURLToPath(new URL('../config/examples/ancient-town.yaml', import.meta.url));
const baudRange = { min: 300, max: 1_000_000 };
const portMax = 65_535;
const loopback = '127.0.0.1';

/** Reads the command line without its first two words. */
export function parsePtyOptions(args: readonly string[]): ParsedOptions {
  const values = readFlags(args);
  if ('zh' in values) return { ok: false, words: values };
  const baud = values.baud === undefined ? null : Number(values.baud);
  if (baud !== null && !(Number.isInteger(baud) && baud >= baudRange.min && baud <= baudRange.max)) {
    const { min, max } = baudRange;
    return refused(
      `波特率无效：--baud ${values.baud}，应为 ${min} 到 ${max} 的整数，例如 --baud 9600`,
      `not a baud rate: --baud ${values.baud}; a whole number from ${min} to ${max}, such as --baud 9600`,
    );
  }
  const unitBauds = unitBaudsOf(values['unit-baud'] ?? []);
  if ('zh' in unitBauds) return { ok: false, words: unitBauds };
  const at = placeOf(values);
  if ('zh' in at) return { ok: false, words: at };
  return {
    ok: true,
    options: {
      at,
      configFile: values.site ?? values.config ?? exampleSite,
      lineId: values.line ?? null,
      ...{ baud, unitBauds },
      isJson: values.json ?? false,
    },
  };
}

function refused(zh: string, en: string): ParsedOptions {
  return { ok: false, words: { zh, en } };
}

/** `20=4800`, each unit once. */
function unitBaudsOf(texts: readonly string[]): ReadonlyMap<number, number> | Words {
  const found = new Map<number, number>();
  for (const text of texts.flatMap((each) => each.split(','))) {
    const [, address, speed] = /^([0-9]{1,3})=([0-9]{3,7})$/.exec(text) ?? [];
    const baud = Number(speed);
    if (address === undefined || baud < baudRange.min || baud > baudRange.max) {
      return {
        zh: `不是“地址=波特率”：--unit-baud ${text}，例如 --unit-baud 20=4800`,
        en: `not address=speed: --unit-baud ${text}; such as --unit-baud 20=4800`,
      };
    }
    found.set(Number(address), baud);
  }
  return found;
}

interface PlaceFlags {
  readonly pty?: string | undefined;
  readonly tcp?: string | undefined;
  readonly rtu?: boolean | undefined;
  readonly host?: string | undefined;
}

/** Words: flags that contradict one another, or no port number. */
function placeOf({ pty, tcp, rtu, host }: PlaceFlags): PtyPlace | TcpPlace | Words {
  if (tcp === undefined) {
    if (rtu !== true && host === undefined) return { kind: 'pty', path: pty ?? './village0' };
    const flag = rtu === true ? '--rtu' : '--host';
    return { zh: `${flag} 只能和 --tcp 端口 一起用`, en: `${flag} goes together with --tcp PORT only` };
  }
  if (pty !== undefined) return { zh: '--pty 和 --tcp 只能写一个', en: 'either --pty or --tcp, not both' };
  const port = Number(tcp);
  if (!/^[0-9]+$/.test(tcp) || port > portMax) {
    return {
      zh: `端口无效：--tcp ${tcp}，应为 0 到 ${portMax} 的整数（0 为任意空闲端口），例如 --tcp 1502`,
      en: `not a port: --tcp ${tcp}; a whole number from 0 (any free one) to ${portMax}, such as --tcp 1502`,
    };
  }
  return { kind: 'tcp', host: host ?? loopback, port, framing: rtu === true ? 'rtu' : 'mbap' };
}

const flags = {
  pty: { type: 'string' },
  tcp: { type: 'string' },
  rtu: { type: 'boolean' },
  host: { type: 'string' },
  site: { type: 'string' },
  config: { type: 'string' },
  line: { type: 'string' },
  baud: { type: 'string' },
  'unit-baud': { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

/** Words: what can not be understood, and the usage. */
function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true }).values;
  } catch {
    return unknownWords(args);
  }
}

function unknownWords(args: readonly string[]): Words {
  const written = args.filter((arg) => arg.startsWith('-')).map((arg) => arg.replace(/=.*$/, ''));
  const unknown = written.find((arg) => !Object.hasOwn(flags, arg.replace(/^--/, '')));
  if (unknown === undefined) {
    return {
      zh: `选项缺少值，或多写了词\n${usage.zh}`,
      en: `an option without its value, or a word too many\n${usage.en}`,
    };
  }
  return { zh: `没有选项 ${unknown}\n${usage.zh}`, en: `no option ${unknown}\n${usage.en}` };
}
