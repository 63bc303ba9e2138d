/** What people write behind `gengfu find`, read. */
import { InvalidArgumentError } from 'commander';
import { addressRange, baudRange } from '../../survey/search-plan.js';
import type { SurveyFormat } from '../../survey/survey.js';
import type { Lang } from '../teller.js';

export interface Server {
  readonly host: string;
  readonly port: number;
}

/** What is searched, and how thoroughly; also of `gengfu init`. */
export interface WhereOptions {
  readonly port?: readonly string[];
  readonly tcp?: readonly Server[];
  readonly rtu?: boolean;
  readonly addresses?: readonly number[];
  readonly bauds?: readonly SurveyFormat[];
  readonly quick?: boolean;
}

export interface FindOptions extends WhereOptions {
  readonly config: string;
  readonly lang: Lang;
  readonly json?: boolean;
  readonly out?: string;
}

const parities = { N: 'none', E: 'even', O: 'odd' } as const;
const portMax = 65_535;

/** `1-32,100` → each address once, in the order written. */
export function readAddresses(text: string): readonly number[] {
  const { min, max } = addressRange;
  const found = text.split(',').flatMap((part) => {
    const [, first, last] = /^\s*([0-9]{1,3})(?:-([0-9]{1,3}))?\s*$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last ?? first)];
    if (first === undefined || from < min || to > max || from > to) {
      throw new InvalidArgumentError(`${min}–${max}: 1-32,100`);
    }
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
  return [...new Set(found)];
}

/** `9600,19200-8E1` → formats; 8N1 where nothing is said. */
export function readFormats(text: string): readonly SurveyFormat[] {
  return text.split(',').map((part) => {
    const [, speed, parity = 'N', stop = '1'] = /^\s*([0-9]{3,6})(?:[-/ ]?8([NEO])([12]))?\s*$/i.exec(part) ?? [];
    const baud = Number(speed);
    const { min, max } = baudRange;
    if (speed === undefined || baud < min || baud > max) throw new InvalidArgumentError('9600,4800,19200-8E1');
    return { baud, parity: parities[parity.toUpperCase() as keyof typeof parities], stopBits: stop === '2' ? 2 : 1 };
  });
}

/** `192.168.1.5:502`, `[fe80::1]:502`. */
export function readServer(text: string): Server {
  const [, host = '', digits = ''] = /^\[?([^\s[\]]+?)\]?:([0-9]{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (host === '' || port < 1 || port > portMax) throw new InvalidArgumentError('192.168.1.5:502');
  return { host, port };
}
