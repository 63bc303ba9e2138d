import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { SystemClock } from '../../../drivers/clock.js';
import { checkAtStart, checkInWorker } from '../../../gateway/staging/worker-check.js';

const file = path.resolve('config/examples/smallest-site.yaml');
const text = readFileSync(file, 'utf8');
const question = { file, knownUplinks: ['mqtt'], knownPinDrivers: ['auto', 'sysfs', 'chip', 'simulated'] };

test('a start whose checking thread can not begin checks its site file itself', async () => {
  // Beside the sources there is no JavaScript for a thread to begin with.
  await expect(checkInWorker(question, new SystemClock())(text)).rejects.toThrow(/check-worker/);
  expect(await checkAtStart(question, new SystemClock())(text)).toMatchObject({ ok: true, config: { file } });
});
