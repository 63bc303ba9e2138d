import { expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import { numberText } from '../../sync/mqtt/number-text.js';
import { packSamples, unpackSamples } from '../../sync/telemetry/pack-codec.js';
import type { Sample } from '../../sync/telemetry/sample.js';

const sample = (value: number): Sample => ({ pointId: brandId('a/b'), unit: null, afterMs: 0, value, reason: null });
const edges = [
  0,
  -0,
  1,
  -1,
  0.001,
  -0.001,
  0.0005,
  1e-7,
  1e14,
  1e15,
  1e21,
  99_999_999_999.999,
  0.1 + 0.2,
  5e-324,
  1.7e308,
];

test('a number is written as JSON writes it, and read from a pack as it was', () => {
  // Even as chance, and the same in each run.
  const some = Array.from({ length: 20_000 }, (_, n) => {
    const size = ((n * 7919) % 10_007) * 10 ** ((n % 17) - 6);
    return n % 2 === 0 ? size : -Number(size.toFixed(n % 5));
  });
  for (const value of [...edges, ...some]) expect(numberText(value)).toBe(JSON.stringify(value));
  for (let from = 0; from < some.length; from += 500) {
    const values = some.slice(from, from + 500);
    const read = unpackSamples(packSamples(values.map((value) => sample(value))));
    expect(read?.map(({ value }) => value)).toEqual(values);
  }
});
