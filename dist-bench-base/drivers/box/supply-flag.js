/** A Raspberry Pi's own word on its supply: the `rpi_volt` entry of hwmon (Documentation/hwmon/raspberrypi-hwmon). */
import { join } from 'node:path';
import { DriverError } from '../driver-error.js';
const flagName = 'in0_lcrit_alarm';
/** The flag: 1 while the supply is below what the board needs (about 4.63 V), or was so since the kernel last asked. */
const states = { '0': 'normal', '1': 'low' };
/** Null on a box that has no such flag. `root`: `/sys/class/hwmon`. */
export async function supplySensor(files, root) {
    for (const entry of await files.list(root)) {
        if ((await files.read(join(root, entry, 'name')).catch(() => '')) !== 'rpi_volt')
            continue;
        const path = join(root, entry, flagName);
        if ((await files.read(path).catch(() => null)) === null)
            return null;
        return {
            what: 'supply',
            async read() {
                const text = await files.read(path);
                const state = states[text];
                if (state === undefined)
                    throw new DriverError('BOX-001', path, text.slice(0, 20));
                return state;
            },
        };
    }
    return null;
}
