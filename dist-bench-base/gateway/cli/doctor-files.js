/** What `gengfu doctor` sees on the box itself, whether a gateway runs or not. Reads sizes and permissions; opens nothing. */
import { existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
const clockMarks = [
    ['/run/systemd/timesync/synchronized', 'systemd-timesyncd'],
    ['/run/chrony/chronyd.pid', 'chrony'],
    ['/run/chronyd.pid', 'chrony'],
    ['/run/ntpd.pid', 'ntpd'],
];
const othersMayRead = 0o004;
const groupMayRead = 0o040;
export function lookAtFiles({ dataDir, uplinks }) {
    const sizes = ['', '-wal', '-shm'].map((side) => statOf(join(dataDir, `journal.db${side}`))?.size ?? 0);
    const isThere = (sizes[0] ?? 0) > 0;
    return {
        journalBytes: isThere ? sizes.reduce((sum, size) => sum + size, 0) : null,
        freeBytes: freeOf(dataDir),
        secrets: uplinks.flatMap(({ passwordFile, keyFile }) => [passwordFile, keyFile].flatMap(secretOf)),
        clockKeepers: [...new Set(clockMarks.filter(([path]) => existsSync(path)).map(([, keeper]) => keeper))],
    };
}
function secretOf(path) {
    if (path === null)
        return [];
    const mode = statOf(path)?.mode ?? null;
    const has = (bit) => mode !== null && Math.floor(mode / bit) % 2 === 1;
    return [{ path, isThere: mode !== null, isForAll: has(othersMayRead), isForGroup: has(groupMayRead) }];
}
function statOf(path) {
    try {
        return statSync(path, { throwIfNoEntry: false }) ?? null;
    }
    catch {
        return null;
    }
}
function freeOf(path) {
    try {
        const { bavail, bsize } = statfsSync(path);
        return bavail * bsize;
    }
    catch {
        return null;
    }
}
