import { DriverError } from '../../drivers/driver-error.js';
import { SimConnection } from './sim-connection.js';
const defaultLatencyMs = 1;
const defaultConnectionsMax = 4;
/** After this a connect that nobody answers has failed, as with the product's own opener. */
const connectMaxMs = 5000;
export class SimNetwork {
    server;
    where;
    latencyMs;
    connectionsMax;
    door = 'open';
    segments = 'as-sent';
    counters = { connects: 0, refused: 0 };
    /** The seam of drivers/driver.ts: one connection a call. */
    open;
    #clock;
    #connections = new Set();
    #cutListeners = new Set();
    #isCut = false;
    #isStalled = false;
    constructor(options) {
        this.#clock = options.clock;
        this.server = options.server;
        this.where = options.where;
        this.latencyMs = options.latencyMs ?? defaultLatencyMs;
        this.connectionsMax = options.connectionsMax ?? defaultConnectionsMax;
        this.open = (events) => this.#connect(events);
    }
    /** Connections that the server believes in. */
    get connectionCount() {
        return this.#connections.size;
    }
    get isCut() {
        return this.#isCut;
    }
    /** The cable is out: bytes vanish, nobody is told, nobody connects. Whoever was connected is unknown to the server
     * afterwards, and hears so when he speaks again. */
    setCut(isCut) {
        if (isCut === this.#isCut)
            return;
        this.#isCut = isCut;
        if (isCut)
            for (const connection of this.#connections)
                connection.loseBytes();
        else
            this.forgetClients();
        for (const listener of this.#cutListeners)
            listener(isCut);
    }
    /** For a real server in this one's place (the demo). */
    onCut(listener) {
        this.#cutListeners.add(listener);
    }
    get isStalled() {
        return this.#isStalled;
    }
    /** The server hangs: bytes wait in both directions and all of them come when it goes on. */
    setStalled(isStalled) {
        this.#isStalled = isStalled;
        for (const connection of this.#connections)
            connection.setStalled(isStalled);
    }
    /** The server closes its connections as a program does that ends. */
    endConnections() {
        this.#hangUp('closed by the other side');
    }
    /** … as a program that is killed. */
    resetConnections() {
        this.#hangUp('ECONNRESET');
    }
    /** The server restarted without a word: who is connected finds out by a reset, when he next speaks. */
    forgetClients() {
        for (const connection of this.#takeAll())
            connection.forget();
    }
    /** Half open for good: bytes vanish in both directions on the connections that stand now. New ones work. */
    halfOpen() {
        for (const connection of this.#takeAll())
            connection.loseBytes();
    }
    #hangUp(got) {
        for (const connection of this.#takeAll())
            connection.hangUp(got);
    }
    #takeAll() {
        const all = [...this.#connections];
        this.#connections.clear();
        return all;
    }
    #connect(events) {
        return new Promise((resolve, reject) => {
            const fail = (afterMs, code, got) => {
                this.#clock.after(afterMs, () => reject(new DriverError(code, this.where, got)));
            };
            if (this.door === 'unknown-name')
                return fail(this.latencyMs, 'LINK-009', 'ENOTFOUND');
            if (this.#isCut || this.door === 'ignore')
                return fail(connectMaxMs, 'LINK-007', `no answer in ${connectMaxMs} ms`);
            if (this.door === 'refuse' || this.#connections.size >= this.connectionsMax) {
                this.counters.refused++;
                return fail(2 * this.latencyMs, 'LINK-008', 'ECONNREFUSED');
            }
            const connection = new SimConnection(this, this.#clock, events, () => this.#connections.delete(connection));
            this.#connections.add(connection);
            this.#clock.after(2 * this.latencyMs, () => {
                if (!connection.isOpen)
                    return fail(0, 'LINK-007', 'closed by the other side');
                this.counters.connects++;
                resolve(connection);
            });
        });
    }
}
