import { DriverError } from '../driver-error.js';
import { openChipPins } from './chip-pins.js';
import { openOnoffPins } from './onoff-pins.js';
const realWays = { sysfs: openOnoffPins, chip: openChipPins };
/** `auto` = sysfs where it can be used, else the character device. Rejects with PIN-001, which names every way that failed. */
export async function openRealPins(driver, clock, ways = realWays) {
    if (driver === 'sysfs')
        return ways.sysfs();
    if (driver === 'chip')
        return ways.chip(clock);
    const failures = [];
    for (const [name, open] of Object.entries(ways)) {
        try {
            return await open(clock);
        }
        catch (error) {
            if (!(error instanceof DriverError))
                throw error;
            failures.push(`${name}: ${error.got}`);
        }
    }
    throw new DriverError('PIN-001', 'gpio', failures.join('; '));
}
