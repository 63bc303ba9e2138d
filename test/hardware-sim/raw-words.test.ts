import { beforeEach, describe, expect, it } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { ByteOrder, PointConfig, RegisterSource, RegisterType } from '../../config/site.js';
import { rawOfWords, withBits, wordsOfRaw } from '../../hardware-sim/modbus/raw-words.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { noRelays, type UnitModel } from '../../hardware-sim/modbus/unit-model.js';
import { fitLabel, setUnitValue } from '../../hardware-sim/unit-values.js';
import { register } from './small-site.js';

const wordsText = (words: readonly number[]): string =>
  words.map((word) => word.toString(16).toUpperCase().padStart(4, '0')).join(' ');

/** Bytes worked out by hand: A is the highest byte. */
const rows: readonly [RegisterType, ByteOrder, number, string][] = [
  ['u16', 'ABCD', 0x1234, '1234'],
  ['u16', 'CDAB', 0x1234, '1234'],
  ['u16', 'BADC', 0x1234, '3412'],
  ['u16', 'DCBA', 0x1234, '3412'],
  ['s16', 'ABCD', -2, 'FFFE'],
  ['u32', 'ABCD', 0x01020304, '0102 0304'],
  ['u32', 'CDAB', 0x01020304, '0304 0102'],
  ['u32', 'BADC', 0x01020304, '0201 0403'],
  ['u32', 'DCBA', 0x01020304, '0403 0201'],
  ['s32', 'ABCD', -1, 'FFFF FFFF'],
  ['f32', 'ABCD', 123.5, '42F7 0000'],
  ['f32', 'CDAB', 123.5, '0000 42F7'],
  ['u64', 'ABCD', 0x1122334455667, '0001 1223 3445 5667'],
  ['u64', 'CDAB', 0x1122334455667, '5667 3445 1223 0001'],
  ['u64', 'BADC', 0x1122334455667, '0100 2312 4534 6756'],
  ['u64', 'DCBA', 0x1122334455667, '6756 4534 2312 0100'],
  ['f64', 'ABCD', 1, '3FF0 0000 0000 0000'],
  ['bcd16', 'ABCD', 2305, '2305'],
  ['bcd32', 'CDAB', 12_345_678, '5678 1234'],
];

it.each(rows)('%s %s of %d stands as %4$s', (type, order, raw, words) => {
  expect(wordsText(wordsOfRaw(type, order, raw))).toBe(words);
  expect(rawOfWords(type, order, wordsOfRaw(type, order, raw))).toBe(raw);
});

it.each([
  ['u16', 65_536],
  ['u16', 1.5],
  ['s16', -32_769],
  ['bcd16', 10_000],
  ['u32', -1],
  ['bool', 2],
] as const)('%s refuses %d instead of cutting it', (type, raw) => {
  expect(() => wordsOfRaw(type, 'ABCD', raw)).toThrow(/does not fit/);
});

it('a bit field changes nothing beside it, and refuses what is too large', () => {
  expect(withBits(0xffff, [7, 4], 0)).toBe(0xff0f);
  expect(withBits(0x8000_0001, [31, 31], 0)).toBe(1);
  expect(() => withBits(0, [1, 0], 4)).toThrow(/bits 1 to 0/);
});

describe('a value in the world', () => {
  const cells = new Map<number, number>();
  const model: UnitModel = {
    functions: new Set([3]),
    ...noRelays,
    read: (_table, address) => cells.get(address) ?? null,
    write: () => 2,
    setRaw: (_table, address, raw) => void cells.set(address, raw),
  };
  const unit = new SimUnit({ address: 1, model });
  const decimals = register('tank/decimals', 'tank', 3);
  const code = register('tank/code', 'tank', 2);
  const fullScale = register('tank/full', 'tank', 6, { scaleFrom: { point: decimals.id, sign: -1, bias: 0 } });
  const points: PointConfig[] = [decimals, code, fullScale];
  const valuePoint = (changes: Partial<RegisterSource>): PointConfig => register('tank/value', 'tank', 4, changes);

  beforeEach(() => {
    cells.clear();
    cells.set(3, 2).set(2, 16);
  });

  it('goes through the decimals and the unit that stand in the unit at this moment', () => {
    const value = valuePoint({
      scaleFrom: { point: decimals.id, sign: -1, bias: 0 },
      unitFrom: {
        point: code.id,
        factors: new Map([
          [16, 1],
          [17, 0.001],
        ]),
      },
    });
    setUnitValue(unit, value, points, 0.35);
    expect(cells.get(4)).toBe(35);
    cells.set(3, 0).set(2, 17);
    setUnitValue(unit, value, points, 0.35);
    expect(cells.get(4)).toBe(350);
    cells.set(2, 9);
    expect(() => setUnitValue(unit, value, points, 0.35)).toThrow(/unit code 9/);
  });

  it('comes as mantissa and index, as some meters count', () => {
    setUnitValue(unit, valuePoint({ type: 'u32', scaleFrom: { point: decimals.id, sign: 1, bias: 3 } }), points, 12.3);
    expect([cells.get(4), cells.get(5)]).toEqual([0, 123]);
  });

  it('of one bit field leaves the others as they stand', () => {
    cells.set(4, 0x01f0);
    const closed = valuePoint({
      bits: [7, 0],
      states: new Map([
        [0xf0, 'closed'],
        [0x0f, 'open'],
      ]),
    });
    setUnitValue(unit, closed, points, 'open');
    expect(cells.get(4)).toBe(0x010f);
    expect(() => setUnitValue(unit, closed, points, 'ajar')).toThrow(/no state ajar.*closed, open/);
  });

  it('that is no number, or too large for its register, is refused', () => {
    expect(() => setUnitValue(unit, valuePoint({}), points, 'much')).toThrow(/is a number, not much/);
    expect(() => setUnitValue(unit, valuePoint({}), points, 70_000)).toThrow(/does not fit/);
  });

  it('finds a unit whose own range is what stands on its label', () => {
    const value = valuePoint({ agreesWith: { point: brandId('tank/full'), label: 1.6, factor: 2 } });
    if (value.source.kind === 'register') fitLabel(unit, value.source, points);
    expect(cells.get(6)).toBe(160);
  });
});
