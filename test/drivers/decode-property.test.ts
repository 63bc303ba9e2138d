/** The driver and the simulator agree about what registers mean, on images that nobody thought of. */
import { describe, expect, it } from 'vitest';
import { brandId, type PointId } from '../../config/ids.js';
import type { RegisterSource, RegisterType } from '../../config/site.js';
import { type Decoded, decode } from '../../drivers/modbus/registers.js';
import { imageOf, meaningOf, registerCount } from '../../hardware-sim/modbus/register-image.js';
import { source } from './register-source.js';
import { seeded } from './rig.js';

const images = 20_000;
const types = ['bool', 'u16', 's16', 'u32', 's32', 'u64', 'f32', 'f64', 'bcd16', 'bcd32'] as const;
const orders = ['ABCD', 'CDAB', 'BADC', 'DCBA'] as const;
const scales = [1, 1, 0.1, 0.01, 0.001, 0.5, -1, -0.001, 10, 1.6, 100] as const;
const labels = [1, 0.5, 1.6, 16] as const;
const setting: PointId = brandId('unit-1/setting');

/** The driver keeps twelve digits; below 1e-300 a double has fewer than that. */
function isSame(a: number | string | null, b: number | string | null, largest: number): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= Math.max(1e-300, 1e-11 * Math.max(Math.abs(a), Math.abs(b), largest));
}

function chance(random: () => number) {
  const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const often = <T>(share: number, make: () => T): T | null => (random() < share ? make() : null);
  const small = () => (upTo(4000) - 2000) / pick([1, 10, 1000]);
  return { pick, upTo, often, small };
}

/** Words that are often something special: nearly empty, nearly full, BCD digits, floats of a usual size. */
function someWords({ pick, upTo }: ReturnType<typeof chance>, type: RegisterType): readonly number[] {
  if (type === 'bool') return [upTo(1)];
  const word = pick([
    () => upTo(0xffff),
    () => upTo(3),
    () => 0xffff - upTo(2),
    () => Number(`0x${upTo(9)}${upTo(9)}${upTo(9)}${upTo(9)}`),
    () => pick([0x7fff, 0x8000, 0x7f80, 0x7fc0, 0xff80, 0x7ff0]),
    () => 0x4000 + upTo(0x0fff),
  ]);
  return Array.from({ length: registerCount(type) }, word);
}

function someSource({ pick, upTo, often, small }: ReturnType<typeof chance>): RegisterSource {
  const type = pick(types);
  const width = Math.min(32, 16 * registerCount(type));
  const high = upTo(width - 1);
  const low = small();
  return source('holding', 0, {
    type,
    order: pick(orders),
    bits: often(0.2, () => [high, upTo(high)] as const),
    states: often(0.2, () => new Map([0, 1, 2, 255, -1].map((raw) => [raw, `state ${raw}`]))),
    scale: pick(scales),
    offset: pick([0, 0, -40, 2.3, small()]),
    invalid: pick([[], [0xffff, 0x7fff], [0x8000, -1], [0, 2]]),
    validRange: often(0.3, () => [low, low + upTo(3000)] as const),
    faultBelow: often(0.1, small),
    faultAbove: often(0.1, small),
    validIf: often(0.1, () => ({ point: setting, mask: pick([1, 0xff, 0xffff]), equals: upTo(2) })),
    scaleFrom: often(0.2, () => ({ point: setting, sign: pick([-1, 1] as const), bias: pick([0, 3]) })),
    unitFrom: often(0.1, () => ({
      point: setting,
      factors: new Map([
        [1, 0.001],
        [2, 100],
      ]),
    })),
    agreesWith: often(0.1, () => ({ point: setting, label: pick(labels), factor: pick([2, 1.5]) })),
  });
}

function someSetting({ pick, upTo }: ReturnType<typeof chance>): Decoded | null {
  return pick<Decoded | null>([
    null,
    { value: null, reason: 'out-of-range', raw: 9 },
    { value: 'on', reason: null, raw: 1 },
    ...[0, 1, 2].map((raw): Decoded => ({ value: raw, reason: null, raw })),
    { value: 0.5, reason: null, raw: 5 },
    { value: upTo(40) - 20, reason: null, raw: upTo(40) - 20 },
  ]);
}

describe('registers', () => {
  it(`mean the same to the driver and to the simulator: ${images} random images`, () => {
    const by = chance(seeded(20261122));
    const reasons = new Map<string, number>();
    const wrong: unknown[] = [];
    for (let i = 0; i < images; i++) {
      const own = someSource(by);
      const words = someWords(by, own.type);
      const told = someSetting(by);
      const ours = decode(own, words, new Map(told === null ? [] : [[setting, told]]));
      const other = told === null || told.reason !== null ? null : { raw: told.raw, value: told.value };
      const theirs = meaningOf(own, words, new Map([[setting, other]]));
      const outcome = ours.reason ?? typeof ours.value;
      reasons.set(outcome, (reasons.get(outcome) ?? 0) + 1);
      if (ours.reason !== theirs.reason || !isSame(ours.value, theirs.value, Math.abs(own.offset))) {
        wrong.push({ own, words, told, ours, theirs });
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    // Every outcome was met often enough to mean something.
    for (const outcome of [
      ...['number', 'string', 'sentinel', 'bad-encoding', 'unknown-state', 'not-ready', 'not-valid', 'wrong-unit'],
      ...['wrong-scale', 'signal-low', 'signal-high', 'out-of-range'],
    ]) {
      expect(reasons.get(outcome) ?? 0, outcome).toBeGreaterThan(50);
    }
  });

  it('that the simulator fills with a number are read as that number, in every type and order', () => {
    const by = chance(seeded(5));
    const wholes = ['u16', 'u32', 'u64'] as const;
    for (let i = 0; i < 2000; i++) {
      const type = by.pick(wholes);
      const order = by.pick(orders);
      const bits = BigInt(by.upTo(0xffff)) << (type === 'u16' ? 0n : BigInt(by.upTo(16)));
      const image = imageOf(bits, type, order);
      expect(decode(source('holding', 0, { type, order }), image, new Map()).value).toBe(Number(bits));
    }
  });
});
