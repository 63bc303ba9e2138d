/** The only file that touches serialport: a tty (or a binding that plays one) as a ByteLink. */
import { realpath } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import { pause } from '../clock.js';
import { DriverError } from '../driver-error.js';
import { AdapterMemory } from './adapter-memory.js';
import { setKernelRs485 } from './kernel-rs485.js';
import { promptBinding, promptPortOf } from './prompt-binding.js';
/** serialport says why an open failed in words only; this table is the one place that reads them. */
const openFailures = [
    [/no such file|file not found|does not exist|ENOENT/i, 'LINK-001'],
    [/permission denied|EACCES/i, 'LINK-002'],
    [/cannot lock port|resource temporarily unavailable|device or resource busy|locked/i, 'LINK-003'],
];
const closeMaxMs = 1000;
/** `list` asks udev through a child process; a line that waits for it is not opened. */
const listMaxMs = 2000;
/** Of each binding (the system's, or a simulated one): which adapter belongs to which line. */
const claimsOf = new WeakMap();
/** How a line's tty is opened. An adapter that comes back under another name is found by its own number, and another line's
 * adapter is never taken for this one's. `binding` replaces the system's ttys (the simulator's mock binding). */
export function serialLinkOpener(config, clock, binding) {
    const system = (binding ?? SerialPort.binding);
    const claims = claimsOf.get(system) ?? new Map();
    claimsOf.set(system, claims);
    const memory = new AdapterMemory(claims);
    // Simulated ttys have no files.
    const realPathOf = binding === undefined ? realPath : (path) => Promise.resolve(path);
    const list = async () => {
        // Where there is no udev it can not be asked; the path alone must do then.
        const nothing = pause(clock, listMaxMs).then(() => []);
        return Promise.race([system.list().catch(() => []), nothing]);
    };
    const open = async (events, path) => {
        const link = await openPath(config, path, clock, binding, events);
        void list().then(async (adapters) => memory.learn(adapters, await realPathOf(path)));
        return link;
    };
    return async (events) => {
        if (!memory.isKnown)
            return open(events, config.path);
        const where = memory.locate(await list(), await realPathOf(config.path));
        if (where.kind === 'open')
            return open(events, where.path);
        throw new DriverError('LINK-004', config.path, `the adapter of another line sits here: ${where.by}`);
    };
}
/** Names under /dev/serial/by-id are symbolic links; the system lists the ttys themselves. */
function realPath(path) {
    return realpath(path).catch(() => path);
}
async function openPath(config, path, clock, binding, events) {
    const { format, rs485 } = config;
    const settings = {
        path,
        baudRate: format.baud,
        dataBits: format.dataBits,
        parity: format.parity,
        stopBits: format.stopBits,
        autoOpen: false,
        binding: binding ?? promptBinding(SerialPort.binding, clock),
    };
    const serialPort = new SerialPort(settings);
    await new Promise((resolve, reject) => {
        serialPort.open((error) => (error === null ? resolve() : reject(openError(path, error))));
    });
    const link = new SerialLink(serialPort, config, path, clock, events);
    try {
        if (rs485?.mode === 'kernel')
            await setKernelRs485(descriptorOf(serialPort), rs485, path);
        if (rs485?.mode === 'rts')
            await link.rest();
    }
    catch (error) {
        await link.close();
        throw error;
    }
    return link;
}
function openError(path, error) {
    const known = openFailures.find(([pattern]) => pattern.test(error.message));
    return new DriverError(known?.[1] ?? 'LINK-004', path, error.message, error);
}
/** The system's number of the open tty; null for a binding that has none. */
function descriptorOf(serialPort) {
    const fd = serialPort.port?.fd;
    return typeof fd === 'number' ? fd : null;
}
class SerialLink {
    serialPort;
    config;
    path;
    clock;
    #isOpen = true;
    /** Null where bytes take serialport's own way (other systems, the mock binding). */
    #prompt;
    constructor(serialPort, config, path, clock, events) {
        this.serialPort = serialPort;
        this.config = config;
        this.path = path;
        this.clock = clock;
        const down = (error) => {
            if (!this.#isOpen)
                return;
            this.#isOpen = false;
            events.onDown(new DriverError('LINK-005', path, error?.message ?? null, error));
            this.#letGo().catch(() => undefined);
        };
        this.#prompt = promptPortOf(serialPort.port);
        serialPort.on('data', (bytes) => {
            if (this.#isOpen)
                events.onBytes(bytes, this.#prompt?.lastReadMono ?? clock.mono());
        });
        serialPort.on('error', down);
        serialPort.on('close', down);
    }
    get isOpen() {
        return this.#isOpen;
    }
    /** A write on a closed serialport would wait for the next open and leave then; so a closed link refuses here. */
    write(bytes) {
        if (!this.#isOpen)
            return Promise.reject(new DriverError('LINK-005', this.path));
        return this.config.rs485?.mode === 'rts' ? this.#writeWithRts(bytes) : this.#write(bytes);
    }
    async close() {
        this.#isOpen = false;
        await this.#letGo();
    }
    /** The transceiver listens: RTS at its level between requests. */
    rest() {
        return this.#setRts(this.config.rs485?.rtsOnSend === 'low');
    }
    #write(bytes) {
        const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
        // Requests follow each other only after answers: nothing waits in the stream that this could overtake.
        if (this.#prompt !== null) {
            return this.#prompt.write(buffer).catch((error) => {
                throw new DriverError('LINK-006', this.path, error instanceof Error ? error.message : String(error), error);
            });
        }
        return new Promise((resolve, reject) => {
            this.serialPort.write(buffer, (error) => {
                if (error === null || error === undefined)
                    resolve();
                else
                    reject(new DriverError('LINK-006', this.path, error.message, error));
            });
        });
    }
    /** Set, wait, send, wait until the last bit has left, wait, clear: late by the program's own delays, so units that answer
     * at once lose their first bits. The kernel does it exactly, where the UART can. */
    async #writeWithRts(bytes) {
        const { rtsOnSend, delayBeforeMs, delayAfterMs } = this.config.rs485 ?? {
            ...{ rtsOnSend: 'high', delayBeforeMs: 0, delayAfterMs: 0 },
        };
        await this.#setRts(rtsOnSend === 'high');
        if (delayBeforeMs > 0)
            await pause(this.clock, delayBeforeMs);
        await this.#write(bytes);
        await new Promise((resolve, reject) => {
            this.serialPort.drain((error) => {
                if (error === null || error === undefined)
                    resolve();
                else
                    reject(new DriverError('LINK-006', this.path, error.message, error));
            });
        });
        if (delayAfterMs > 0)
            await pause(this.clock, delayAfterMs);
        await this.#setRts(rtsOnSend !== 'high');
    }
    #setRts(isHigh) {
        return new Promise((resolve, reject) => {
            this.serialPort.set({ rts: isHigh }, (error) => {
                if (error === null || error === undefined)
                    resolve();
                else
                    reject(new DriverError('LINK-006', this.path, error.message, error));
            });
        });
    }
    #letGo() {
        if (!this.serialPort.isOpen)
            return Promise.resolve();
        return new Promise((resolve) => {
            const giveUp = this.clock.after(closeMaxMs, resolve);
            this.serialPort.close(() => {
                giveUp();
                resolve();
            });
        });
    }
}
