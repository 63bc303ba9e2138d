/** Handed-on rows as lines of a file, each exactly once, whatever crashes: the file itself says how far it has come. */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
const newline = 0x0a;
const chunkBytes = 64 * 1024;
export class OutFile {
    #file;
    #last;
    /** Cuts off a line that a crash left half written. Throws what the file system says. */
    constructor(path) {
        this.#file = openSync(path, 'a+');
        const whole = endOfLastLine(this.#file, fstatSync(this.#file).size);
        ftruncateSync(this.#file, whole);
        this.#last = lastOf(this.#file, whole);
    }
    /** For Receiver's handOn: resolves when the rows are on the disk; rows that are in the file already are left out. */
    async handOn(rows) {
        const last = this.#last;
        const fresh = rows.filter(({ receiver, number }) => last?.receiver !== receiver || number > last.number);
        const newest = fresh.at(-1);
        if (newest === undefined)
            return;
        writeAll(this.#file, Buffer.from(fresh.map((row) => `${JSON.stringify(row)}\n`).join('')));
        fsyncSync(this.#file);
        this.#last = newest;
    }
    close() {
        closeSync(this.#file);
    }
}
function writeAll(file, bytes) {
    const start = fstatSync(file).size;
    try {
        for (let at = 0; at < bytes.length;)
            at += writeSync(file, bytes, at);
    }
    catch (cause) {
        // A full disk: what went in is taken out again, so that the next try does not double it.
        ftruncateSync(file, start);
        throw cause;
    }
}
/** Where the last whole line before `end` ends; 0 when there is none. */
function endOfLastLine(file, end) {
    const chunk = Buffer.alloc(chunkBytes);
    for (let upTo = end; upTo > 0;) {
        const from = Math.max(0, upTo - chunkBytes);
        readSync(file, chunk, 0, upTo - from, from);
        const at = chunk.subarray(0, upTo - from).lastIndexOf(newline);
        if (at >= 0)
            return from + at + 1;
        upTo = from;
    }
    return 0;
}
function lastOf(file, end) {
    if (end === 0)
        return null;
    const start = endOfLastLine(file, end - 1);
    const line = Buffer.alloc(end - start);
    readSync(file, line, 0, line.length, start);
    try {
        const { receiver, number } = JSON.parse(line.toString());
        return typeof receiver === 'string' && typeof number === 'number' ? { receiver, number } : null;
    }
    catch {
        return null;
    }
}
