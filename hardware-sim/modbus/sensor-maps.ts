/** Sensors of water, gas, air and wind, typed in from their papers. Temperatures below zero are two's complement. */
import type { BankMap } from './register-bank.js';

/**
 * "Seven registers": address, baud code, unit code, decimals, value, range low, range high; 15 saves, 16 resets. Leaves its
 * factory at 0.80 of 5.00 (m). Unit, decimals and range are what the factory printed on the label.
 */
export const transmitter7reg: BankMap = {
  profileId: 'transmitter-7reg',
  functions: [3, 6],
  ownAddress: 0,
  ownBaud: { at: 1, codes: [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200] },
  ranges: [
    { table: 'holding', at: 0, values: [1, 3], takes: 'any' },
    { table: 'holding', at: 2, values: [16, 2, 80, 0, 500], world: true, takes: 'any' },
    { table: 'holding', at: 12, values: [0], takes: 'any' },
    { table: 'holding', at: 15, values: [0], takes: [0] },
    { table: 'holding', at: 16, values: [0], takes: [1] },
  ],
};

const renkeFamily = {
  functions: [3, 6],
  ownAddress: 2000,
  ownBaud: { at: 2001, codes: [2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200] },
  universalAddress: 255,
} as const;

/** Renke RS-WS-N01: humidity, then temperature, both in tenths; 2000 address, 2001 baud code (0 = 2400, 1 = 4800). */
export const renkeTh: BankMap = {
  ...renkeFamily,
  profileId: 'renke-th',
  ranges: [
    { table: 'holding', at: 0, values: [658, 215], world: true },
    { table: 'holding', at: 2000, values: [1, 1], takes: 'any' },
  ],
};

/** Renke RS-FSJT-N01: wind speed in tenths of m/s, and nothing else. */
export const renkeWind: BankMap = {
  ...renkeFamily,
  profileId: 'renke-wind',
  ranges: [
    { table: 'holding', at: 0, values: [23], world: true },
    { table: 'holding', at: 2000, values: [1, 1], takes: 'any' },
  ],
};

/** XY-MD02: inputs 1 temperature, 2 humidity, in tenths; holding 257 address, 258 baud as the number itself. */
export const xyMd02: BankMap = {
  profileId: 'xy-md02',
  functions: [3, 4, 6, 16],
  ownAddress: 257,
  ownBaud: { at: 258, codes: 'number' },
  ranges: [
    { table: 'input', at: 1, values: [215, 658], world: true },
    { table: 'holding', at: 257, values: [1, 9600, 0, 0], takes: 'any' },
  ],
};

/** JXBS temperature and humidity: holding 0 humidity, 1 temperature. */
export const jxbsTh: BankMap = {
  profileId: 'jxbs-th',
  functions: [3, 6],
  ownAddress: 256,
  ranges: [
    { table: 'holding', at: 0, values: [587, 231], world: true },
    { table: 'holding', at: 256, values: [1, 2], takes: 'any' },
  ],
};

/** JXBS gas: one register at 6; its scale depends on the cartridge. */
export const jxbsGas: BankMap = {
  profileId: 'jxbs-gas',
  functions: [3, 6],
  ownAddress: 256,
  ranges: [
    { table: 'holding', at: 6, values: [0], world: true },
    { table: 'holding', at: 256, values: [1, 2], takes: 'any' },
  ],
};

/**
 * SGA transmitter: nine words from 256 on: status, concentration, decimals, substance (1 combustible), unit (0 %LEL), high
 * and low alarm, one nobody knows, range.
 */
export const sgaGas: BankMap = {
  profileId: 'sga-gas',
  functions: [3, 6],
  ranges: [{ table: 'holding', at: 256, values: [0, 0, 1, 1, 0, 500, 250, 0, 1000], world: true, takes: 'any' }],
};
