/** Mains and battery as the kernel tells them: /sys/class/power_supply (Documentation/ABI/testing/sysfs-class-power). */
import { join } from 'node:path';
import { DriverError } from '../driver-error.js';
/** No box has more of them. */
const suppliesMax = 16;
/** What a box's battery can have at all, V. */
const believableV = [0.5, 100];
const microvoltsPerV = 1_000_000;
/** None on a box whose kernel knows no battery and no mains: most boxes. `root`: `/sys/class/power_supply`. */
export async function powerSensors(files, root) {
    const { mains, batteries } = await suppliesIn(files, root);
    if (batteries.length === 0)
        return [];
    const has = async (name) => {
        const paths = batteries.map((battery) => join(battery, name));
        const there = await Promise.all(paths.map(async (path) => ((await textOf(files, path)) === null ? [] : [path])));
        return there.flat();
    };
    const [charges, voltages] = [await has('capacity'), await has('voltage_now')];
    return [
        { what: 'mains', read: () => mainsState(files, root, { mains, batteries }) },
        ...(charges.length === 0
            ? []
            : [{ what: 'battery_charge', read: () => least(files, charges, 1, [0, 100]) }]),
        ...(voltages.length === 0
            ? []
            : [{ what: 'battery_voltage', read: () => least(files, voltages, microvoltsPerV, believableV) }]),
    ];
}
async function suppliesIn(files, root) {
    const mains = [];
    const batteries = [];
    for (const name of [...(await files.list(root))].sort().slice(0, suppliesMax)) {
        const folder = join(root, name);
        // The battery of a mouse says so.
        if ((await textOf(files, join(folder, 'scope'))) === 'Device')
            continue;
        const type = await textOf(files, join(folder, 'type'));
        if (type === 'Battery' || type === 'UPS')
            batteries.push(folder);
        // Some boards are fed through a socket that the kernel calls USB.
        else if (type === 'Mains' || type === 'USB')
            mains.push(join(folder, 'online'));
    }
    return { mains, batteries };
}
/** One socket that is live is enough. A battery that is discharging though a socket is live only helps out. */
async function mainsState(files, root, { mains, batteries }) {
    const online = await Promise.all(mains.map((path) => textOf(files, path)));
    // 2: live, and its voltage can be set.
    if (online.some((text) => text === '1' || text === '2'))
        return 'on_mains';
    const status = await Promise.all(batteries.map((battery) => textOf(files, join(battery, 'status'))));
    if (status.includes('Discharging'))
        return 'on_battery';
    if (status.some((text) => text === 'Charging' || text === 'Full' || text === 'Not charging'))
        return 'on_mains';
    if (online.length > 0 && online.every((text) => text === '0'))
        return 'on_battery';
    throw new DriverError('BOX-001', root, status.join(' ').slice(0, 20));
}
/** The weakest one counts; one that says nonsense is no figure, and the others can not stand for it. */
async function least(files, paths, divisor, [low, high]) {
    const values = await Promise.all(paths.map(async (path) => {
        const text = await files.read(path);
        const value = Number(text) / divisor;
        if (!/^-?[0-9]{1,10}$/.test(text) || value < low || value > high) {
            throw new DriverError('BOX-001', path, text.slice(0, 20));
        }
        return value;
    }));
    return Math.round(Math.min(...values) * 100) / 100;
}
async function textOf(files, path) {
    return await files.read(path).catch(() => null);
}
