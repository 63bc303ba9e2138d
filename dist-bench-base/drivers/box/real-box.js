import { DriverError } from '../driver-error.js';
import { systemFiles } from './box-files.js';
import { powerSensors } from './power-supply.js';
import { supplySensor } from './supply-flag.js';
import { thermalSensor } from './thermal-zones.js';
import { upsSensors } from './ups-sensors.js';
const bytesPerMb = 1_000_000;
/** Never rejects; looks for each sensor once. May take as long as the system takes to answer for its small files. */
export async function openRealBox(options) {
    const { ups, files = systemFiles } = options;
    const power = ups === undefined ? powerSensors(files, options.powerRoot ?? '/sys/class/power_supply') : [];
    const found = await Promise.all([
        thermalSensor(files, options.thermalRoot ?? '/sys/class/thermal'),
        supplySensor(files, options.hwmonRoot ?? '/sys/class/hwmon'),
    ]);
    return [...plainSensors(options), ...found.filter((sensor) => sensor !== null), ...(await power)];
}
/** Those that nobody has to look for: the disk of the data folder, the memory of this process, and a UPS board that the site
 * file names. */
export function plainSensors({ dataDir, ups, files = systemFiles, }) {
    return [
        ...(ups === undefined ? [] : upsSensors(ups)),
        { what: 'disk_free', read: () => freePercent(files, dataDir) },
        { what: 'memory', read: async () => Math.round(files.resident() / bytesPerMb) },
    ];
}
/** Of what this program may use at all, as `df` counts it. */
async function freePercent(files, path) {
    const { blocks, free, available } = await files.space(path);
    const usable = blocks - free + available;
    if (usable <= 0 || available < 0)
        throw new DriverError('BOX-001', path, `${available}/${usable}`);
    return Math.round((available / usable) * 1000) / 10;
}
