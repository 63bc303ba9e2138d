/** Is it the line that is silent? A round that began before the cut and ends long after it must not say that it lives. */
import { expect, test } from 'vitest';
import { brandId, type DeviceId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import { DriverError } from '../../drivers/driver-error.js';
import { answeredMono } from '../../gateway/scan/answered.js';
import { LineVerdicts } from '../../gateway/scan/line-faults.js';
import { healthyUnit, stepUnitHealth, type UnitHealth } from '../../gateway/scan/unit-health.js';

const [fast, slow, third] = ['fast', 'slow', 'third'].map((id) => brandId<DeviceId>(id)) as [
  DeviceId,
  DeviceId,
  DeviceId,
];

function cutLine(): LineVerdicts {
  const verdicts = new LineVerdicts([fast, slow, third]);
  let health: UnitHealth = healthyUnit;
  for (const atMono of [1_000, 1_600, 2_200]) {
    health = stepUnitHealth(health, false, atMono);
    verdicts.saw(fast, health, atMono, Number.NEGATIVE_INFINITY);
  }
  verdicts.saw(third, stepUnitHealth(healthyUnit, false, 2_300), 2_300, Number.NEGATIVE_INFINITY);
  return verdicts;
}

test('a round of many requests that was answered before the line was cut does not bring the line back', () => {
  const verdicts = cutLine();
  expect(verdicts.verdict).toBe('silent');
  verdicts.saw(slow, healthyUnit, 6_000, 900);
  expect(verdicts.verdict).toBe('silent');
  verdicts.saw(slow, healthyUnit, 7_000, 6_900);
  expect(verdicts.verdict).toBe('alive');
});

test('a round counts from its newest answer, a refusal from its end, and silence not at all', () => {
  const reading = (sampledMono: number, reason: Reading['reason']): Reading =>
    ({
      pointId: 'p',
      quality: 'bad',
      value: null,
      reason,
      sampledMono,
      frame: 1,
      confirmed: false,
    }) as unknown as Reading;
  const silent = new DriverError('BUS-001', 'unit 1');
  expect(answeredMono({ error: silent, readings: [reading(5, 'out-of-range'), reading(90, 'silent')] }, 100)).toBe(5);
  expect(answeredMono({ error: silent, readings: [reading(90, 'silent')] }, 100)).toBeNull();
  expect(answeredMono({ error: new DriverError('BUS-002', 'unit 1'), readings: [] }, 100)).toBe(100);
  expect(answeredMono({ error: null, readings: [] }, 100)).toBe(100);
});
