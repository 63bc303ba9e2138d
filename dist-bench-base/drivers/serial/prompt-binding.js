/**
 * Reads and writes of a tty without the way through the thread pool. serialport opens ttys non-blocking, waits for bytes with
 * epoll, and then reads them in another thread: 0.1 to 0.3 ms for each chunk and each request, time in which the line is idle
 * and the silence before the next request has not begun to count. Here the same descriptor is read and written at once, which
 * can not block; whatever is not plain success is left to serialport's own way, with its own errors.
 */
import { readSync, writeSync } from 'node:fs';
/** The same binding; its ports are quicker where they are ttys of this kind, and untouched elsewhere. */
export function promptBinding(binding, clock) {
    const open = async (options) => quickened(await binding.open(options), clock);
    return Object.assign(Object.create(binding), { open });
}
/** The port under an open serialport, if it is one of ours. */
export function promptPortOf(port) {
    return typeof port === 'object' && port !== null && 'lastReadMono' in port ? port : null;
}
function quickened(port, clock) {
    if (!isTty(port))
        return port;
    const prompt = Object.assign(port, { lastReadMono: clock.mono() });
    const slow = { read: port.read.bind(port), write: port.write.bind(port) };
    port.read = async (buffer, offset, length) => {
        let bytesRead = readNow(port.fd, buffer, offset, length);
        if (bytesRead === 'nothing-yet') {
            await new Promise((resolve, reject) => {
                port.poller.once('readable', (error) => (error === null || error === undefined ? resolve() : reject(error)));
            });
            bytesRead = readNow(port.fd, buffer, offset, length);
        }
        prompt.lastReadMono = clock.mono();
        if (typeof bytesRead === 'number')
            return { bytesRead, buffer };
        const done = await slow.read(buffer, offset, length);
        prompt.lastReadMono = clock.mono();
        return done;
    };
    port.write = async (buffer) => {
        const written = writeNow(port.fd, buffer);
        if (written < buffer.length)
            await slow.write(buffer.subarray(written));
    };
    return port;
}
function isTty(port) {
    return 'fd' in port && typeof port.fd === 'number' && 'poller' in port && typeof port.poller === 'object';
}
/** Bytes read, at least one; `other` for an end, a closed port, and every error but "nothing yet". */
function readNow(fd, buffer, offset, length) {
    if (typeof fd !== 'number')
        return 'other';
    try {
        const count = readSync(fd, buffer, offset, length, null);
        return count > 0 ? count : 'other';
    }
    catch (error) {
        return error.code === 'EAGAIN' ? 'nothing-yet' : 'other';
    }
}
/** Bytes that the system took at once; 0 also when it refused. */
function writeNow(fd, buffer) {
    if (typeof fd !== 'number')
        return 0;
    try {
        return writeSync(fd, buffer);
    }
    catch {
        return 0;
    }
}
