/** Meters, the breaker and the arc detector, typed in from their papers. */
import type { BankMap } from './register-bank.js';

/** IEEE 754 single as two registers, high word first. */
function float(value: number): [number, number] {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
  return [bits >>> 16, bits & 0xffff];
}

/** 32 bits as two registers, low word first. */
function lowFirst(value: number): [number, number] {
  return [value & 0xffff, Math.floor(value / 0x1_0000)];
}

const floats = (...values: number[]): number[] => values.flatMap(float);

/** PZEM-016: nine inputs and an alarm; holding 1 alarm threshold, 2 address. Function 41 calibrates and is not modelled. */
export const pzem016: BankMap = {
  profileId: 'pzem-016',
  functions: [3, 4, 6],
  ownAddress: 2,
  universalAddress: 248,
  ranges: [
    {
      table: 'input',
      at: 0,
      values: [2305, ...lowFirst(1_250), ...lowFirst(2_810), ...lowFirst(123_456), 500, 97, 0],
      world: true,
    },
    { table: 'holding', at: 1, values: [23_000, 1], takes: 'any' },
  ],
};

/** Chint DDSU666: floats without any scaling; the same in inputs and holding registers. */
export const ddsu666: BankMap = {
  profileId: 'ddsu666',
  functions: [3, 4],
  ranges: (['input', 'holding'] as const).flatMap((table) => [
    { table, at: 0x2000, values: floats(230.5, 1.25, 0.281, 0.02, 0, 0.97, 0, 50), world: true },
    { table, at: 0x4000, values: floats(123.5), world: true },
    { table, at: 0x400a, values: floats(0), world: true },
  ]),
};

/** Chint DTSU666: floats at the same places with hidden divisors: 2305 is 230.5 V, 1250 is 1.25 A. */
export const dtsu666: BankMap = {
  profileId: 'dtsu666',
  functions: [3],
  ranges: [
    { table: 'holding', at: 0x2000, values: floats(3992, 3990, 3991, 2305, 2304, 2306), world: true },
    { table: 'holding', at: 0x200c, values: floats(1250, 1300, 1200, 8600, 2900, 3000, 2700), world: true },
    { table: 'holding', at: 0x201a, values: floats(100, 30, 40, 30), world: true },
    { table: 'holding', at: 0x202a, values: floats(970, 970, 970, 970), world: true },
    { table: 'holding', at: 0x2044, values: floats(5000), world: true },
    { table: 'holding', at: 0x101e, values: floats(456.5, 150, 156.5, 150), world: true },
    { table: 'holding', at: 0x1028, values: floats(0, 0, 0, 0), world: true },
  ],
};

/** Eastron SDM120: every sixth register a float in the inputs. */
export const sdm120: BankMap = {
  profileId: 'sdm120',
  functions: [3, 4, 16],
  ranges: [
    ...[230.5, 1.25, 281, 290, 20, 0.97].map((value, i) => ({
      table: 'input' as const,
      at: i * 6,
      values: float(value),
      world: true,
    })),
    { table: 'input', at: 70, values: floats(50, 123.5, 0, 1.5, 0), world: true },
    { table: 'input', at: 342, values: floats(123.5, 1.5), world: true },
  ],
};

const closed = 0xf0;
const open = 0x0f;

/**
 * LX47LE-125 breaker: inputs 0 to 37, settings in holding, one register a request. Holding 13 moves it: FF00 closes,
 * 0000 opens; a breaker locked on the spot obeys neither. Terminals as the older firmware tells them: no 40 added.
 */
export const lx47le: BankMap = {
  profileId: 'lx47le',
  functions: [3, 4, 6],
  ownAddress: 0,
  maxRead: 1,
  ranges: [
    {
      table: 'input',
      at: 0,
      values: [closed, 0, 0, 0, 5000, 12, 26, 27, 231, 325, 97, 728, 20, 0, 750, ...new Array<number>(23).fill(0)],
      world: true,
    },
    { table: 'holding', at: 0, values: [1, 9600, 275, 160, 6300, 300, 80, 15_000], takes: 'any' },
    { table: 'holding', at: 13, values: [0], takes: [0x0000, 0xff00] },
  ],
  onWrite: (address, raw, set, get) => {
    if (address !== 13) return null;
    const status = get('input', 0);
    if (status >>> 8 === 1) return 4;
    set('input', 0, (status & 0xff00) | (raw === 0xff00 ? closed : open));
    return null;
  },
};

const doIt = 0x01f7;

/**
 * Ningbo Xiyu AFD: functions 03 and 10 only, one register a request, refuses with function byte 80. 0 arc alarm, 6 current,
 * 257 self-test and 258 reset by the word 01F7; 1000 address (1 to 247), 1001 baud (0 = 9600, 1 = 4800), 1002 buzzer, 1004 mute.
 * An arc alarm stays when the arc has gone, until the reset; a reset while it burns changes nothing.
 */
export const xiyuAfd: BankMap = {
  profileId: 'xiyu-afd',
  functions: [3, 16],
  ownAddress: 1000,
  ownBaud: { at: 1001, codes: [9600, 4800] },
  maxRead: 1,
  refusal: 'byte80',
  ranges: [
    { table: 'holding', at: 0, values: [0, 0, 0, 0, 0, 0, 0], world: true },
    { table: 'holding', at: 257, values: [0, 0], takes: [doIt] },
    { table: 'holding', at: 1000, values: [1], takes: 'any' },
    { table: 'holding', at: 1001, values: [0, 0], takes: [0, 1] },
    { table: 'holding', at: 1004, values: [0], takes: [0, 1] },
  ],
  onWorld: (address, raw, shown) => (address === 0 && shown === 1 ? 1 : raw),
  onWrite: (address, raw, set, _get, world) => {
    if (address === 1000 && (raw < 1 || raw > 247)) return 2;
    if (address === 257) set('holding', 0, 1);
    if (address === 258) set('holding', 0, world('holding', 0));
    return null;
  },
};
