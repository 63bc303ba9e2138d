/** What registers mean: types, byte orders, fields, settings of other registers, and every reason not to believe them. */
import { describe, expect, it } from 'vitest';
import { brandId, type PointId } from '../../config/ids.js';
import type { RegisterSource } from '../../config/site.js';
import { noSteps, stepTo } from '../../drivers/modbus/plausibility.js';
import { type Decoded, decode, type Seen } from '../../drivers/modbus/registers.js';
import { source } from './register-source.js';

const contact = new Map([
  [0, 'open'],
  [1, 'closed'],
]);
const setting: PointId = brandId('unit-1/setting');

type Row = readonly [string, readonly number[], Partial<RegisterSource>, number | string | null, string | null];

function seenAs(told: Decoded | null): Seen {
  return new Map(told === null ? [] : [[setting, told]]);
}

describe('registers alone', () => {
  it.each<Row>([
    // states
    ['a state that the profile names', [1], { states: contact }, 'closed', null],
    ['a state that it does not name: bad, never normal', [2], { states: contact }, null, 'unknown-state'],
    ['a negative state', [0xffff], { type: 's16', states: new Map([[-1, 'fault']]) }, 'fault', null],
    ['a bit', [0], { type: 'bool', states: contact }, 'open', null],
    ['a bit, whatever byte order is given', [1], { type: 'bool', order: 'DCBA', states: contact }, 'closed', null],
    // types
    ['a number', [40000], {}, 40000, null],
    ['s16, the highest positive', [0x7fff], { type: 's16' }, 32767, null],
    ['s16, the lowest negative', [0x8000], { type: 's16' }, -32768, null],
    ['u32', [0x1234, 0x5678], { type: 'u32' }, 0x12345678, null],
    ['u32, all ones', [0xffff, 0xffff], { type: 'u32' }, 4294967295, null],
    ['s32, minus two', [0xffff, 0xfffe], { type: 's32' }, -2, null],
    ['u64, the largest that is exact', [0x001f, 0xffff, 0xffff, 0xffff], { type: 'u64' }, 9007199254740991, null],
    ['u64 above: bad, never rounded', [0x0020, 0, 0, 0], { type: 'u64' }, null, 'out-of-range'],
    ['u64 above by one: bad, never rounded', [0x0020, 0, 0, 1], { type: 'u64' }, null, 'out-of-range'],
    ['f32', [0x41c8, 0x0000], { type: 'f32' }, 25, null],
    ['f64', [0xc059, 0, 0, 0], { type: 'f64' }, -100, null],
    ['bcd16', [0x1995], { type: 'bcd16' }, 1995, null],
    ['bcd32', [0x1234, 0x5678], { type: 'bcd32' }, 12345678, null],
    // orders
    ['16 bits, bytes swapped', [0x3412], { order: 'BADC' }, 0x1234, null],
    ['16 bits, little-endian', [0x3412], { order: 'DCBA' }, 0x1234, null],
    ['16 bits, low word first: nothing to swap', [0x1234], { order: 'CDAB' }, 0x1234, null],
    ['32 bits, low word first', [0x5678, 0x1234], { type: 'u32', order: 'CDAB' }, 0x12345678, null],
    ['32 bits, bytes swapped', [0x3412, 0x7856], { type: 'u32', order: 'BADC' }, 0x12345678, null],
    ['32 bits, little-endian', [0x7856, 0x3412], { type: 'u32', order: 'DCBA' }, 0x12345678, null],
    ['64 bits, low word first', [0, 0, 0, 0xc059], { type: 'f64', order: 'CDAB' }, -100, null],
    ['64 bits, little-endian', [0, 0, 0, 0x59c0], { type: 'f64', order: 'DCBA' }, -100, null],
    // fields
    ['the high byte', [0x01f0], { bits: [15, 8] }, 1, null],
    ['the low byte as a state', [0x01f0], { bits: [7, 0], states: new Map([[0xf0, 'closed']]) }, 'closed', null],
    ['two bits', [0b0000_1000], { bits: [3, 2] }, 2, null],
    ['a field above bit 15', [0x8000, 0], { type: 'u32', bits: [31, 31] }, 1, null],
    ['a field after the byte order', [0x0180], { order: 'BADC', bits: [15, 15] }, 1, null],
    ['a signed field', [0x00ff], { type: 's16', bits: [7, 0] }, -1, null],
    ['a field of BCD digits', [0xa042], { type: 'bcd16', bits: [7, 0] }, 42, null],
    ['a field of a float means nothing', [0x41c8, 0], { type: 'f32', bits: [7, 0] }, null, 'bad-encoding'],
    ['a low field of a u64 that is too large as a whole', [0xffff, 0, 0, 3], { type: 'u64', bits: [1, 0] }, 3, null],
    // no value
    ['"no value"', [0x7fff], { invalid: [0x7fff] }, null, 'sentinel'],
    ['"no value" before its state is looked up', [1], { invalid: [1], states: contact }, null, 'sentinel'],
    ['"no value" of a signed type as bits', [0x8000], { type: 's16', invalid: [0x8000] }, null, 'sentinel'],
    ['"no value" of a signed type as a number', [0x8000], { type: 's16', invalid: [-32768] }, null, 'sentinel'],
    ['"no value" on the whole, not on the field', [0xffff], { bits: [7, 0], invalid: [0xffff] }, null, 'sentinel'],
    ['a field that only looks like "no value"', [0x12ff], { bits: [7, 0], invalid: [0xff] }, 255, null],
    ['"no value" after the byte order', [0xff7f], { order: 'BADC', invalid: [0x7fff] }, null, 'sentinel'],
    ['"no value" of a float', [0xc61c, 0x3c00], { type: 'f32', invalid: [-9999] }, null, 'sentinel'],
    ['"no value" of BCD before its digits', [0xffff], { type: 'bcd16', invalid: [0xffff] }, null, 'sentinel'],
    ['BCD 63, whose bits are those of 99', [0x0063], { type: 'bcd16', invalid: [0x99] }, 63, null],
    // encoding
    ['a BCD digit above 9', [0x19a5], { type: 'bcd16' }, null, 'bad-encoding'],
    ['a float that is no number', [0x7fc0, 0], { type: 'f32' }, null, 'bad-encoding'],
    ['an infinite float', [0xff80, 0], { type: 'f32' }, null, 'bad-encoding'],
    // scale
    ['scaled, with an offset', [250], { scale: 0.5, offset: -40 }, 85, null],
    ['scaled below zero', [0xff38], { type: 's16', scale: 0.25 }, -50, null],
    [
      'an empty tank: exactly zero, not a little below',
      [2300],
      { scale: -0.001, offset: 2.3, validRange: [0, 5] },
      0,
      null,
    ],
    ['no negative zero', [0], { scale: -0.5 }, 0, null],
    // limits
    ['at the lower end', [10], { validRange: [10, 20] }, 10, null],
    ['at the upper end', [20], { validRange: [10, 20] }, 20, null],
    ['below the range: bad, never clamped', [9], { validRange: [10, 20] }, null, 'out-of-range'],
    ['above the range: bad, never clamped', [21], { validRange: [10, 20] }, null, 'out-of-range'],
    ['too large for any number', [0x7fe0, 0, 0, 0], { type: 'f64', scale: 100 }, null, 'out-of-range'],
    ['a broken wire, before its range', [35], { scale: 0.1, faultBelow: 3.6, validRange: [4, 20] }, null, 'signal-low'],
    ['a live zero', [36], { scale: 0.1, faultBelow: 3.6, faultAbove: 21 }, 3.6, null],
    [
      'a short circuit, before its range',
      [215],
      { scale: 0.1, faultAbove: 21, validRange: [4, 20] },
      null,
      'signal-high',
    ],
  ])('%s', (_name, words, changes, value, reason) => {
    const decoded = decode(source('holding', 0, changes), words, new Map());
    expect({ value: decoded.value, reason: decoded.reason }).toEqual({ value, reason });
  });

  it.each([
    [3, 0.1, 0.3],
    [12, 0.1, 1.2],
    [35, 0.01, 0.35],
    [1009, 0.001, 1.009],
  ])('%i × %f at the upper end %f of its range is in range', (raw, scale, limit) => {
    expect(decode(source('holding', 0, { scale, validRange: [0, limit] }), [raw], new Map()).value).toBe(limit);
  });
});

describe('registers that need another register', () => {
  const good = (raw: number, value: number | string = raw): Decoded => ({ value, reason: null, raw });
  const bad: Decoded = { value: null, reason: 'out-of-range', raw: 9 };
  const decimals = { scaleFrom: { point: setting, sign: -1, bias: 0 } } as const;
  const exponent = { scaleFrom: { point: setting, sign: 1, bias: 3 } } as const;
  const unit = { unitFrom: { point: setting, factors: new Map([[10, 0.001]]) } };
  const gate = { validIf: { point: setting, mask: 0x0100, equals: 0x0100 } };
  const label = { agreesWith: { point: setting, label: 1.6, factor: 2 } };

  it.each<readonly [string, Partial<RegisterSource>, Decoded | null, number | string | null, string | null]>([
    ['two decimals', decimals, good(2), 0.35, null],
    ['an exponent with a bias', exponent, good(1), 0.35, null],
    ['a scale beside the decimals', { ...decimals, scale: 0.1 }, good(1), 0.35, null],
    ['decimals not seen yet', decimals, null, null, 'not-ready'],
    ['decimals that are bad themselves: no wrong number', decimals, bad, null, 'not-ready'],
    ['half a decimal', decimals, good(5, 0.5), null, 'not-ready'],
    ['65535 decimals: not zero', decimals, good(65535), null, 'not-ready'],
    ['decimals that are a state', decimals, good(1, 'one'), null, 'not-ready'],
    ['a unit that converts', unit, good(10), 0.035, null],
    ['a unit that does not', unit, good(16), null, 'wrong-unit'],
    ['a unit not seen yet', unit, null, null, 'not-ready'],
    ['a unit that is bad itself', unit, bad, null, 'not-ready'],
    ['an open gate', gate, good(0x0180), 35, null],
    ['a closed gate', gate, good(0x0080), null, 'not-valid'],
    ['a closed gate before its state', { ...gate, states: contact }, good(0), null, 'not-valid'],
    ['a gate not seen yet', gate, null, null, 'not-ready'],
    ['a gate that is bad itself', gate, bad, null, 'not-ready'],
    ['a gate that is negative', gate, good(-1), 35, null],
    ['"no value" behind a closed gate', { ...gate, invalid: [35] }, good(0), null, 'sentinel'],
    ['the label and the device agree', label, good(1, 1.6), 35, null],
    ['twice the label: just so', label, good(1, 3.2), 35, null],
    ['half the label: just so', label, good(1, 0.8), 35, null],
    ['ten times the label, before its range', { ...label, validRange: [0, 1] }, good(1, 16), null, 'wrong-scale'],
    ['a tenth of the label', label, good(1, 0.16), null, 'wrong-scale'],
    ['a device that says 0 or less', label, good(1, 0), null, 'wrong-scale'],
    ['a negative full scale', label, good(1, -1.6), null, 'wrong-scale'],
    ['a full scale not seen yet', label, null, null, 'not-ready'],
  ])('%s', (_name, changes, told, value, reason) => {
    const decoded = decode(source('holding', 0, changes), [35], seenAs(told));
    expect({ value: decoded.value, reason: decoded.reason }).toEqual({ value, reason });
  });
});

describe('a step', () => {
  it.each<readonly [string, readonly number[], readonly boolean[]]>([
    ['the first value is believed', [50], [true]],
    ['as far as it can move, up and down', [50, 52, 50], [true, true, true]],
    ['a spike is not, and what it came from still is', [50, 90, 51], [true, false, true]],
    ['a jump is, when the next look agrees', [50, 90, 91, 92], [true, false, true, true]],
    ['two spikes in two directions are not', [50, 90, 10, 51], [true, false, false, true]],
    ['a quiet climb is followed', [50, 52, 54, 56], [true, true, true, true]],
  ])('%s', (_name, values, expected) => {
    let state = noSteps;
    const believed = values.map((value) => {
      const step = stepTo(state, value, 2);
      state = step.state;
      return step.isBelieved;
    });
    expect(believed).toEqual(expected);
  });

  it('of exactly the largest size is believed, binary fractions or not', () => {
    expect(stepTo({ last: 0.6, suspect: null }, 0.8, 0.2).isBelieved).toBe(true);
  });
});
