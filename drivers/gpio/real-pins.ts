/** Which way to the pins: sysfs, the character device, or whichever of them is there. */
import type { Clock } from '../clock.js';
import type { PinBoard } from '../driver.js';
import { DriverError } from '../driver-error.js';
import { openChipPins } from './chip-pins.js';
import { openOnoffPins } from './onoff-pins.js';

/** Both ways, replaced in tests. Each rejects with PIN-001. */
export interface PinWays {
  readonly sysfs: () => Promise<PinBoard>;
  readonly chip: (clock: Clock) => Promise<PinBoard>;
}

const realWays: PinWays = { sysfs: openOnoffPins, chip: openChipPins };

/** `auto` = sysfs where it can be used, else the character device. Rejects with PIN-001, which names every way that failed. */
export async function openRealPins(
  driver: 'auto' | 'sysfs' | 'chip',
  clock: Clock,
  ways: PinWays = realWays,
): Promise<PinBoard> {
  if (driver === 'sysfs') return ways.sysfs();
  if (driver === 'chip') return ways.chip(clock);
  const failures: string[] = [];
  for (const [name, open] of Object.entries(ways)) {
    try {
      return await open(clock);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      failures.push(`${name}: ${error.got}`);
    }
  }
  throw new DriverError('PIN-001', 'gpio', failures.join('; '));
}
