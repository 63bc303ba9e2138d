/** The embedded MQTT broker of demo and tests: aedes (3.1 and 3.1.1 only) on this machine alone, with faults. */
import { createServer } from 'node:net';
import { Duplex } from 'node:stream';
import { Aedes } from 'aedes';
import { AckGate } from './ack-gate.js';
const host = '127.0.0.1';
const notAuthorised = 5;
/** Topics that the broker itself publishes. */
const ownTopics = '$';
/** `port: 0` = any free one; a wanted port that is taken is replaced by a free one. */
export async function startBroker(options) {
    const broker = new RunningBroker();
    try {
        await broker.start(options.port);
    }
    catch (error) {
        if (!isAddressInUse(error))
            throw error;
        broker.wasPortTaken = true;
        await broker.start(0);
    }
    return broker;
}
class RunningBroker {
    port = 0;
    wasPortTaken = false;
    #aedes = null;
    #server = null;
    #connections = new Set();
    #listeners = new Set();
    #withholdsAcks = false;
    #refuses = false;
    get url() {
        return `mqtt://${host}:${this.port}`;
    }
    get clientCount() {
        return this.#aedes?.connectedClients ?? 0;
    }
    async start(port) {
        const aedes = await Aedes.createBroker({
            authenticate: (_client, _username, _password, done) => (this.#refuses ? done(refusal(), null) : done(null, true)),
        });
        aedes.on('publish', (packet) => {
            if (packet.topic.startsWith(ownTopics))
                return;
            for (const listener of this.#listeners)
                listener(packet.topic, Buffer.from(packet.payload), packet.retain);
        });
        const server = createServer((socket) => this.#welcome(socket, aedes));
        try {
            this.port = await listen(server, port);
        }
        catch (error) {
            await closed(aedes);
            throw error;
        }
        this.#server = server;
        this.#aedes = aedes;
    }
    onPublish(listener) {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }
    withholdAcks(on) {
        this.#withholdsAcks = on;
        for (const { gate } of this.#connections)
            gate.setClosed(on);
    }
    refuseClients(on) {
        this.#refuses = on;
    }
    dropClients() {
        for (const { socket } of this.#connections)
            socket.destroy();
    }
    async stop() {
        const server = this.#server;
        const aedes = this.#aedes;
        if (server === null || aedes === null)
            return;
        this.#server = null;
        this.#aedes = null;
        const silent = new Promise((resolve) => server.close(() => resolve()));
        this.dropClients();
        await silent;
        await closed(aedes);
    }
    async restart() {
        await this.stop();
        await this.start(this.port);
    }
    #welcome(socket, aedes) {
        const gate = new AckGate(this.#withholdsAcks);
        const connection = { socket, gate };
        this.#connections.add(connection);
        socket.on('close', () => {
            this.#connections.delete(connection);
            gate.destroy();
        });
        socket.on('error', () => socket.destroy());
        gate.pipe(socket);
        aedes.handle(Duplex.from({ readable: socket, writable: gate }));
    }
}
function closed(aedes) {
    return new Promise((resolve) => aedes.close(() => resolve()));
}
/** Resolves with the port that it got. */
function listen(server, port) {
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
            server.off('error', reject);
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
    });
}
function refusal() {
    return Object.assign(new Error('not authorised'), { returnCode: notAuthorised });
}
function isAddressInUse(error) {
    return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
