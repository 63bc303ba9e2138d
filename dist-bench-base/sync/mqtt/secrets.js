import { readFile } from 'node:fs/promises';
import { UplinkError } from '../uplink.js';
/** For all files of one uplink together. */
const readMaxMs = 2_000;
/**
 * Reads the password and certificate files for every connection, so that a renewed certificate needs no restart.
 *
 * A file on a disk that hangs keeps one of the few threads that Node has for files, and opening a serial line needs one
 * of them too. So the files are read one after the other, and nothing is read while an earlier read has not come back.
 */
export class SecretReader {
    config;
    clock;
    readOne;
    /** A read whose outcome nobody has had yet. */
    #unread = null;
    constructor(config, clock, readOne = readFile) {
        this.config = config;
        this.clock = clock;
        this.readOne = readOne;
    }
    /** Rejects with UPLINK-007, after 2 s at the latest; a read that takes longer answers the next call. */
    read() {
        this.#unread ??= this.#readAll();
        const reading = this.#unread;
        return new Promise((resolve, reject) => {
            let isWaiting = true;
            const settle = (answer) => {
                if (!isWaiting)
                    return;
                isWaiting = false;
                cancel();
                answer();
            };
            const hand = (answer) => settle(() => {
                this.#unread = null;
                answer();
            });
            const cancel = this.clock.after(readMaxMs, () => settle(() => reject(this.#error(`no answer for ${readMaxMs / 1_000} s`))));
            reading.then((secrets) => hand(() => resolve(secrets)), (error) => hand(() => reject(error)));
        });
    }
    async #readAll() {
        const { passwordFile, caFile, certFile, keyFile } = this.config;
        const password = await this.#readIfNamed(passwordFile);
        const ca = await this.#readIfNamed(caFile);
        const cert = await this.#readIfNamed(certFile);
        const key = await this.#readIfNamed(keyFile);
        // Editors end a file with a newline that is no part of the password.
        const text = password === null
            ? null
            : Buffer.from(password)
                .toString('utf8')
                .replace(/\r?\n$/, '');
        return { password: text, ca, cert, key };
    }
    async #readIfNamed(file) {
        if (file === null)
            return null;
        try {
            return await this.readOne(file);
        }
        catch (cause) {
            const code = cause instanceof Error && 'code' in cause ? ` ${String(cause.code)}` : '';
            throw this.#error(`${file}${code}`, cause);
        }
    }
    #error(got, cause) {
        return new UplinkError('UPLINK-007', `uplink ${this.config.id}`, got, cause);
    }
}
