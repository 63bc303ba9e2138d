/** What an AT modem says of its SIM, its network and the time, read without trust. Pure. */
import type { ModemFigures, NetworkState, SimState } from '../../config/modem-states.js';
import { wallOf } from './civil-time.js';

/** 27.007 8.5: 0 is -113 dBm and less, each step 2 dB; 99 is not known. */
const signalSteps = 31;
/** A module that has not been told the time begins in 1970, 1980 or 2004. */
const firstYear = 2024;
const lastYear = 2069;
const quarterMs = 15 * 60_000;

export const unknownFigures: ModemFigures = { signalDbm: null, sim: null, network: null };

/** Of `+CSQ: 17,99`. */
export function signalOf(line: string | undefined): number | null {
  const steps = Number(/^\+CSQ: *(\d{1,3}),/.exec(line ?? '')?.[1] ?? Number.NaN);
  return steps >= 0 && steps <= signalSteps ? -113 + 2 * steps : null;
}

/** Of `+CPIN: READY`; null: it is busy, or says something new. */
export function simOf(line: string | undefined): SimState | null {
  const said = /^\+CPIN: *(.*)$/.exec(line ?? '')?.[1]?.trim();
  switch (said) {
    case 'READY':
      return 'ready';
    case 'SIM PIN':
      return 'pin';
    case 'SIM PUK':
      return 'puk';
    case 'NOT INSERTED':
    case 'NOT READY':
      return 'missing';
    default:
      return null;
  }
}

/** CME 10 not inserted, 13 failure, 15 wrong; CMS 310, 313, 315 the same. */
export function isSimMissing(code: string): boolean {
  return ['CME 10', 'CME 13', 'CME 15', 'CMS 310', 'CMS 313', 'CMS 315'].includes(code);
}

/** Nothing is wrong with the message: the modem has something else to do. */
export function isBusy(code: string): boolean {
  return /^CMS 51[2-5]$/.test(code) || code === 'CME 14' || code === 'CMS 314';
}

/** CME 30 no service, 31 time-out, 32 emergency calls only; CMS 331, 332. */
export function isWithoutNetwork(code: string): boolean {
  return ['CME 30', 'CME 32', 'CMS 331', 'CMS 332', 'CMS 38'].includes(code);
}

/** Of the answers to AT+CREG? and AT+CEREG?; the better one counts. */
export function networkOf(lines: readonly string[]): NetworkState | null {
  const states = lines
    .map((line) => /^\+CE?G?REG: *\d+ *, *(\d+)/.exec(line)?.[1])
    .filter((state) => state !== undefined);
  const has = (...wanted: string[]): boolean => states.some((state) => wanted.includes(state));
  if (has('1', '6')) return 'home';
  if (has('5', '7')) return 'roaming';
  if (has('3')) return 'denied';
  if (has('2')) return 'searching';
  return states.length > 0 ? 'none' : null;
}

/** Of `+CCLK: "26/11/30,18:30:00+32"`, ms since 1970; the zone counts quarters of an hour. Null: none, or not set yet. */
export function networkTime(line: string | undefined): number | null {
  const found = /^\+CCLK: *"(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)([+-]\d\d)"/.exec(line ?? '');
  if (found === null) return null;
  const [short = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, quarters = 0] = found.slice(1).map(Number);
  const year = 2000 + short;
  const local = year < firstYear || year > lastYear ? null : wallOf({ year, month, day, hour, minute, second });
  return local === null ? null : local - quarters * quarterMs;
}
