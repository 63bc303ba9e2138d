/**
 * How a journal knows that it is still the one it was, and not a copy: numbers that a copy gave out once must not be given out again.
 *
 * In the file stand the box, the site and a token that every opening and every closing renews; beside it, in `journal.id`, the same
 * token, which file it was (its inode), and about how far it had come. A copy of an earlier moment, of another box or of another site
 * differs in one of them. The file is written first and names the token before; so whatever a power cut leaves is believed.
 * A copy that is taken while the gateway runs and is written over the same file after it was killed, less than 500 entries
 * later, is not noticed.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
/** The beside file is written anew after so many rows: about 20 times a day. */
export const endsEveryRows = 500;
/** No journal has come further than this beyond what stands beside it. */
export const endsMargin = 2_000;
export const nobody = { box: '', site: '' };
export const noEnds = { entries: 0, packs: 0 };
/** Null in a file of a release that did not write it yet. */
export function identityOf(rows) {
    const { box = '', site = '', token, before = '' } = rows;
    return token === undefined ? null : { box, site, token, before };
}
/** Whether numbers may be given out from where the file has them. A file without identity is taken as it is. */
export function mayGoOn(file, beside, owner, inode, ends) {
    if (file === null)
        return true;
    if (beside === null || file.box !== owner.box || file.site !== owner.site)
        return false;
    if (beside.inode !== inode || !isAtLeast(ends, beside.ends))
        return false;
    return file.token === beside.token || file.before === beside.token;
}
export function isAtLeast(ends, others) {
    return ends.entries >= others.entries && ends.packs >= others.packs;
}
export function furthest(...all) {
    return {
        entries: Math.max(...all.map(({ entries }) => entries)),
        packs: Math.max(...all.map(({ packs }) => packs)),
    };
}
export function besidePath(journalPath) {
    return `${journalPath.replace(/\.db$/, '')}.id`;
}
/** Null when there is none, or it can not be read as one. */
export function readBeside(journalPath) {
    try {
        const { token, inode, epoch, entries, packs } = JSON.parse(readFileSync(besidePath(journalPath), 'utf8'));
        if (typeof token !== 'string' || typeof inode !== 'number' || typeof epoch !== 'string')
            return null;
        if (typeof entries !== 'number' || typeof packs !== 'number')
            return null;
        return { token, inode, epoch, ends: { entries, packs } };
    }
    catch {
        return null;
    }
}
/** Whole or not at all. False when the disk did not take it: then the old one stands on. */
export function writeBeside(journalPath, { token, inode, epoch, ends }) {
    const path = besidePath(journalPath);
    try {
        const file = openSync(`${path}.new`, 'w');
        try {
            writeSync(file, `${JSON.stringify({ token, inode, epoch, ...ends })}\n`);
            fsyncSync(file);
        }
        finally {
            closeSync(file);
        }
        renameSync(`${path}.new`, path);
        fsyncFolder(path);
        return true;
    }
    catch {
        return false;
    }
}
/** Names of the folder that holds `path` are on the disk. */
export function fsyncFolder(path) {
    const folder = openSync(dirname(path), 'r');
    try {
        fsyncSync(folder);
    }
    finally {
        closeSync(folder);
    }
}
