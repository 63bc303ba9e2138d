/** The box's own temperature, of the kernel's thermal zones (Documentation/driver-api/thermal: `temp` in thousandths of °C). */
import { join } from 'node:path';
import { DriverError } from '../driver-error.js';
/** No chip runs outside of this; a zone that says so is broken, °C. */
const believableC = [-40, 150];
/** The hottest zone of those that could be read at the start; null where there is none. `root`: `/sys/class/thermal`. */
export async function thermalSensor(files, root) {
    const names = (await files.list(root)).filter((name) => /^thermal_zone[0-9]+$/.test(name));
    const paths = names.map((name) => join(root, name, 'temp'));
    const found = await Promise.all(paths.map(async (path) => ((await zoneAt(files, path)) === null ? [] : [path])));
    const zones = found.flat();
    if (zones.length === 0)
        return null;
    return {
        what: 'temperature',
        async read() {
            const told = await Promise.all(zones.map((path) => zoneAt(files, path)));
            const known = told.filter((each) => each !== null);
            if (known.length === 0)
                throw new DriverError('BOX-001', root);
            return Math.round(Math.max(...known) * 10) / 10;
        },
    };
}
/** °C; null when the zone says nothing that can be believed (a radio that is off has no temperature). */
async function zoneAt(files, path) {
    const text = await files.read(path).catch(() => '');
    if (!/^-?[0-9]{1,7}$/.test(text))
        return null;
    const celsius = Number(text) / 1000;
    return celsius >= believableC[0] && celsius <= believableC[1] ? celsius : null;
}
