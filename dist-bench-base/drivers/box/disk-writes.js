/** What Linux has counted of writes to the disk that holds a folder. */
import { stat } from 'node:fs/promises';
import { systemFiles } from './box-files.js';
/** The kernel counts in these, whatever the disk has (Documentation/admin-guide/iostats). */
const sectorBytes = 512;
/** Field 7 of /sys/block/…/stat: sectors written. */
const sectorsField = 6;
/** Never rejects: what can not be told is null. A folder in memory has no disk. */
export async function readDiskWrites(dataDir, files = systemFiles, deviceOf = async (path) => (await stat(path)).dev) {
    const io = await files.read('/proc/self/io').catch(() => '');
    const own = /^write_bytes: (\d+)$/m.exec(io)?.[1];
    const device = await deviceOf(dataDir).catch(() => 0);
    const counters = await files.read(`/sys/dev/block/${majorMinor(device)}/stat`).catch(() => '');
    const sectors = counters.trim().split(/\s+/)[sectorsField];
    return {
        processBytes: own === undefined ? null : Number(own),
        deviceBytes: sectors === undefined ? null : Number(sectors) * sectorBytes,
    };
}
/** As glibc takes a device number apart. */
function majorMinor(device) {
    const major = Math.floor(device / 256) % 4096;
    const minor = (device % 256) + (Math.floor(device / 2 ** 20) % 4096) * 256;
    return `${major}:${minor}`;
}
