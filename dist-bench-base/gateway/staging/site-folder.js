/** A folder whose files are whole or not there: written beside, fsync'ed, renamed, and the folder fsync'ed. */
import { constants } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '../../drivers/clock.js';
/** No file of the folder is longer; one that is was not written by us. */
const readMaxBytes = 2 * 1024 * 1024;
export class DiskFolder {
    path;
    constructor(path) {
        this.path = path;
    }
    async read(name) {
        try {
            const file = await open(join(this.path, name), constants.O_RDONLY | constants.O_NONBLOCK);
            try {
                const facts = await file.stat();
                if (!facts.isFile() || facts.size > readMaxBytes)
                    return null;
                return await file.readFile('utf8');
            }
            finally {
                await file.close();
            }
        }
        catch (error) {
            if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
                return null;
            throw error;
        }
    }
    async write(name, text) {
        // Who may read the site file is its owner's business; what is staged may name more than it.
        await mkdir(this.path, { recursive: true, mode: 0o700 });
        const beside = join(this.path, `.${name}.new`);
        const file = await open(beside, 'w', 0o600);
        try {
            await file.writeFile(text, 'utf8');
            await file.sync();
        }
        finally {
            await file.close();
        }
        await rename(beside, join(this.path, name));
        await this.#sync();
    }
    async rename(from, to) {
        await rename(join(this.path, from), join(this.path, to));
        await this.#sync();
    }
    async remove(name) {
        await rm(join(this.path, name), { force: true });
        await this.#sync().catch(() => undefined);
    }
    async #sync() {
        const folder = await open(this.path, constants.O_RDONLY);
        try {
            await folder.sync();
        }
        finally {
            await folder.close();
        }
    }
}
/** The same, and each call rejects when the disk does not answer in time; what it does then may still come to its end. */
export function withinTime(folder, clock, maxMs) {
    const limited = (call) => {
        const late = pause(clock, maxMs).then(() => Promise.reject(new Error(`no answer in ${maxMs} ms`)));
        return Promise.race([call, late]);
    };
    return {
        read: (name) => limited(folder.read(name)),
        write: (name, text) => limited(folder.write(name, text)),
        rename: (from, to) => limited(folder.rename(from, to)),
        remove: (name) => limited(folder.remove(name)),
    };
}
