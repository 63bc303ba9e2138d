/** How modules change their address and their rate, typed in from their papers, not from the device profiles. */

export interface UnitMoves {
  /** Holding register of the address. */
  readonly addressAt?: number;
  /** Holding register of the rate, and the rate (bit/s) that a word there means; undefined: none. */
  readonly baudAt?: number;
  readonly baudOf?: Readonly<Record<number, number>>;
  /** After the answer, or only when the supply returns. */
  readonly counts: 'after-reply' | 'after-power';
  /** Nothing is kept over a loss of supply before a write to this register, under the new address. */
  readonly saveAt?: number;
  /** Answered whatever the own address is. */
  readonly universal?: number;
}

const renke: UnitMoves = {
  addressAt: 2000,
  baudAt: 2001,
  baudOf: { 0: 2400, 1: 4800, 2: 9600, 3: 19_200, 4: 38_400, 5: 57_600, 6: 115_200 },
  counts: 'after-reply',
  universal: 0xff,
};
const jxbs: UnitMoves = { addressAt: 256, counts: 'after-reply' };
const waveshare: UnitMoves = { addressAt: 0x4000, counts: 'after-reply' };

/** By profile. */
export const unitMoves: Readonly<Record<string, UnitMoves>> = {
  'transmitter-7reg': {
    addressAt: 0,
    baudAt: 1,
    baudOf: { 0: 1200, 1: 2400, 2: 4800, 3: 9600, 4: 19_200, 5: 38_400, 6: 57_600, 7: 115_200 },
    counts: 'after-reply',
    saveAt: 15,
  },
  'renke-th': renke,
  'renke-wind': renke,
  'pzem-016': { addressAt: 2, counts: 'after-reply', universal: 0xf8 },
  'xiyu-afd': { addressAt: 1000, baudAt: 1001, baudOf: { 0: 9600, 1: 4800 }, counts: 'after-reply' },
  lx47le: { addressAt: 0, counts: 'after-reply' },
  'xy-md02': {
    addressAt: 257,
    baudAt: 258,
    baudOf: { 9600: 9600, 14400: 14_400, 19200: 19_200 },
    counts: 'after-power',
  },
  'jxbs-th': jxbs,
  'jxbs-gas': jxbs,
  n4d8b08: {
    baudAt: 254,
    baudOf: { 0: 1200, 1: 2400, 2: 4800, 3: 9600, 4: 19_200 },
    counts: 'after-power',
  },
  'waveshare-relay8': waveshare,
  'waveshare-relay-d': waveshare,
  'waveshare-io8': waveshare,
  'waveshare-ai8': waveshare,
};
