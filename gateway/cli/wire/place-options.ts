/** Where and what to ask, from the options of a verb: a line of the site file, or a tty or server by itself. Pure. */
import type { LineConfig, Parity, Table } from '../../../config/site.js';
import type { Words } from '../../../config/vocabulary.js';
import { type BarePlace, bareLineConfig } from '../../wire/bare-line.js';
import type { RunOptions } from '../exercise-orders.js';

export interface WireOptions extends RunOptions {
  readonly line?: string;
  readonly port?: string;
  readonly baud?: number;
  readonly parity?: Parity;
  readonly stopBits?: number;
  readonly tcp?: string;
  readonly rtu?: boolean;
  readonly unit?: number;
  readonly table?: Table;
  readonly addr?: number;
  readonly count?: number;
  readonly value?: number;
  readonly for?: number;
  readonly every?: number;
  readonly yes?: boolean;
  readonly iKnow?: boolean;
  readonly setup?: boolean;
  readonly profile?: string;
  readonly to?: number;
  readonly alone?: boolean;
}

/** Registers or bits by hand. */
export interface RawPlace {
  readonly line: string;
  readonly unit: number;
  readonly table: Table;
  readonly address: number;
  readonly count: number;
}

/** The line that is given without a site file; null: none is. A string of words: what is wrong. */
export function bareLineOf(options: WireOptions): LineConfig | null | Words {
  const { port, tcp } = options;
  if (port !== undefined && tcp !== undefined)
    return { zh: '--port 和 --tcp 只能写一个', en: 'give one of --port and --tcp' };
  const place = port === undefined ? (tcp === undefined ? null : serverOf(tcp, options)) : ttyOf(port, options);
  if (place === null || 'zh' in place) return place;
  return bareLineConfig(place);
}

function ttyOf(path: string, { baud = 9600, parity = 'none', stopBits = 1 }: WireOptions): BarePlace {
  return { kind: 'serial', path, format: { baud, dataBits: 8, parity, stopBits: stopBits === 2 ? 2 : 1 } };
}

function serverOf(given: string, { rtu = false }: WireOptions): BarePlace | Words {
  const [, bracketed, plain, port] =
    /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]{1,253}))(?::([0-9]{1,5}))?$/.exec(given) ?? [];
  const host = bracketed ?? plain;
  const number = Number(port ?? 502);
  if (host === undefined || number < 1 || number > 65_535)
    return {
      zh: `--tcp 应为 主机:端口，如 192.168.1.30:502，给的是 ${given.slice(0, 60)}`,
      en: `--tcp wants HOST:PORT, such as 192.168.1.30:502, got ${given.slice(0, 60)}`,
    };
  return { kind: 'tcp', host, port: number, transport: rtu ? 'rtu_over_tcp' : 'tcp' };
}

/** What is asked by hand; null: points of the site file are. */
export function rawPlaceOf(options: WireOptions, names: readonly string[]): RawPlace | null | Words {
  const { line, port, tcp, unit, table = 'holding', addr, count = 1 } = options;
  const isBare = port !== undefined || tcp !== undefined;
  const isRaw = isBare || line !== undefined || unit !== undefined || addr !== undefined;
  if (!isRaw) {
    if (names.length > 0) return null;
    return {
      zh: '写出设备或监测点，或 --line 线路 --unit 地址 --addr 寄存器',
      en: 'name a device or a point, or give --line LINE --unit ADDRESS --addr REGISTER',
    };
  }
  if (names.length > 0)
    return { zh: '设备名和寄存器只能写一种', en: 'give names of the site file or registers, not both' };
  if (!isBare && line === undefined)
    return { zh: '缺少 --line（或 --port、--tcp）', en: '--line (or --port, --tcp) is missing' };
  if (unit === undefined) return { zh: '缺少 --unit', en: '--unit is missing' };
  if (addr === undefined) return { zh: '缺少 --addr', en: '--addr is missing' };
  if (unit > 255) return { zh: '--unit 应为 0 至 255', en: '--unit is 0 to 255' };
  const most = table === 'coil' || table === 'discrete' ? 2000 : 125;
  if (addr > 0xffff || count < 1 || count > most || addr + count > 0x1_0000)
    return {
      zh: `--addr 为 0 至 65535，--count 为 1 至 ${most}`,
      en: `--addr is 0 to 65535, --count 1 to ${most}`,
    };
  return { line: isBare ? 'bare' : (line ?? ''), unit, table, address: addr, count };
}
