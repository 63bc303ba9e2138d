/** Journals that were damaged stand beside the new one, for whoever wants to read more of them than the gateway could. */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { toRfc3339 } from '../mqtt/rfc3339.js';
import { fsyncFolder } from './journal-identity.js';
/** Beyond so many, those go that are older than 30 days. */
const keptMax = 3;
const keptMs = 30 * 86_400_000;
/** Beyond so many the oldest goes whatever its age: a card that fails daily must not fill itself with wrecks. */
const everMax = 10;
const sides = ['', '-wal', '-shm'];
/** Moves the journal out of the way, with its log, to a name of damagedName(). */
export function setAside(path, name, wall) {
    const aside = join(dirname(path), name);
    // The log first: without it the file would still be one, only older.
    for (const side of ['-shm', '-wal', ''])
        if (existsSync(`${path}${side}`))
            renameSync(`${path}${side}`, `${aside}${side}`);
    fsyncFolder(path);
    forgetOld(path, wall);
}
/** A name in the same folder that is free. `wall`: null while the clock is not trusted; then it is a number. */
export function damagedName(path, wall) {
    const stem = `${path.replace(/\.db$/, '')}.damaged-`;
    const stamp = wall === null ? '' : `${toRfc3339(wall).slice(0, 19).replaceAll(':', '')}Z`;
    for (let n = 1;; n++) {
        const name = `${stem}${[stamp, ...(stamp !== '' && n === 1 ? [] : [n])].filter((part) => part !== '').join('-')}.db`;
        if (sides.every((side) => !existsSync(`${name}${side}`)))
            return basename(name);
    }
}
function forgetOld(path, wall) {
    const folder = dirname(path);
    const stem = `${basename(path).replace(/\.db$/, '')}.damaged-`;
    const newestFirst = readdirSync(folder)
        .filter((name) => name.startsWith(stem) && name.endsWith('.db'))
        .map((name) => ({ file: join(folder, name), changedWall: statSync(join(folder, name)).mtimeMs }))
        .sort((a, b) => b.changedWall - a.changedWall);
    for (const [index, { file, changedWall }] of newestFirst.entries()) {
        const isOld = wall !== null && changedWall < wall - keptMs;
        if (index >= everMax || (index >= keptMax && isOld))
            for (const side of sides)
                rmSync(`${file}${side}`, { force: true });
    }
}
