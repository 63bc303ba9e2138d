/**
 * The only file that touches pino. Log lines and told lines leave without the watch ever waiting for their reader: writes to
 * a pipe or a socket are synchronous in Node, and a terminal that is stopped or a log daemon that hangs would stop the siren.
 */
import pino from 'pino';
/** What waits for a reader that does not read; beyond it lines are dropped. */
const waitingMaxBytes = 1024 * 1024;
const endMaxMs = 500;
/** JSON lines on standard error; journald adds the rest. Never secrets. */
export function openLog(level) {
    const stream = openStream(2);
    return Object.assign(pino({ level, base: null }, stream), { end: (clock) => endStream(stream, clock) });
}
/** Lines on standard output. */
export function openLines() {
    const stream = openStream(1);
    return { write: (line) => void stream.write(`${line}\n`), end: (clock) => endStream(stream, clock) };
}
function openStream(fd) {
    const stream = pino.destination({ dest: fd, sync: false, maxLength: waitingMaxBytes });
    // Nobody reads any more (EPIPE): the watch goes on without words.
    stream.on('error', () => undefined);
    return stream;
}
function endStream(stream, clock) {
    return new Promise((resolve) => {
        clock.after(endMaxMs, () => resolve(false));
        stream.once('close', () => resolve(true));
        stream.end();
    });
}
