/** A TCP connection as a ByteLink: serial servers and Modbus TCP. The only file of this floor that touches node:net. */
import { connect } from 'node:net';
import { DriverError } from '../driver-error.js';
/** A device on the village's own network answers in milliseconds; a switched-off one never. */
const connectMaxMs = 5000;
const closeMaxMs = 1000;
/** What the other side does not take would be stale orders: more than this is a broken link. */
const unsentMaxBytes = 16_384;
/** The system itself asks after this quiet time whether the peer still lives, so that a dead one is found without a request. */
const keepAliveMs = 10_000;
const openFailures = {
    ECONNREFUSED: 'LINK-008',
    ENOTFOUND: 'LINK-009',
    EAI_AGAIN: 'LINK-009',
};
export function tcpLinkOpener({ host, port }, clock) {
    const where = `${host}:${port}`;
    return (events) => new Promise((resolve, reject) => {
        const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
        const refuse = (code, got, cause) => {
            giveUp();
            socket.destroy();
            reject(new DriverError(code, where, got, cause));
        };
        const giveUp = clock.after(connectMaxMs, () => refuse('LINK-007', `no answer in ${connectMaxMs} ms`));
        const failed = (error) => refuse(openFailures[error.code ?? ''] ?? 'LINK-007', error.code ?? error.message, error);
        socket.once('error', failed);
        socket.once('connect', () => {
            giveUp();
            socket.off('error', failed);
            resolve(new TcpLink(socket, where, clock, events));
        });
    });
}
class TcpLink {
    socket;
    where;
    clock;
    events;
    #isOpen = true;
    constructor(socket, where, clock, events) {
        this.socket = socket;
        this.where = where;
        this.clock = clock;
        this.events = events;
        socket.on('data', (bytes) => {
            if (this.#isOpen)
                events.onBytes(bytes, clock.mono());
        });
        socket.on('error', (error) => this.#goDown(error.code ?? error.message, error));
        // The peer will not speak again; half a connection is no line.
        socket.on('end', () => this.#goDown('closed by the other side'));
        socket.on('close', () => this.#goDown(null));
    }
    get isOpen() {
        return this.#isOpen;
    }
    write(bytes) {
        if (!this.#isOpen)
            return Promise.reject(new DriverError('LINK-005', this.where));
        if (this.socket.writableLength > unsentMaxBytes) {
            return Promise.reject(new DriverError('LINK-006', this.where, `${this.socket.writableLength} bytes unsent`));
        }
        return new Promise((resolve, reject) => {
            this.socket.write(bytes, (error) => {
                if (error === null || error === undefined)
                    resolve();
                else
                    reject(new DriverError('LINK-006', this.where, error.message, error));
            });
        });
    }
    close() {
        this.#isOpen = false;
        if (this.socket.destroyed)
            return Promise.resolve();
        return new Promise((resolve) => {
            const cancel = this.clock.after(closeMaxMs, resolve);
            this.socket.once('close', () => {
                cancel();
                resolve();
            });
            this.socket.destroy();
        });
    }
    #goDown(got, cause) {
        if (!this.#isOpen)
            return;
        this.#isOpen = false;
        this.socket.destroy();
        this.events.onDown(new DriverError('LINK-005', this.where, got, cause));
    }
}
