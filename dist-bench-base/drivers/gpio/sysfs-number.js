/** Which sysfs number is GPIO17? On kernels before 6.6 17, since then 529: the chip's base is added (onoff issue 200). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isHeaderChip } from './header-chip.js';
const gpioRoot = '/sys/class/gpio';
/** The sysfs number of the chip's own `pin`, or null when no such chip or pin is there. `root` is replaced in tests. */
export function sysfsNumber(pin, root = gpioRoot) {
    const read = (chip, file) => readFileSync(join(root, chip, file), 'utf8').trim();
    let chips;
    try {
        chips = readdirSync(root).filter((name) => name.startsWith('gpiochip'));
    }
    catch {
        return null;
    }
    for (const chip of chips) {
        if (isHeaderChip(read(chip, 'label')) && pin >= 0 && pin < Number(read(chip, 'ngpio'))) {
            return Number(read(chip, 'base')) + pin;
        }
    }
    return null;
}
