/** The socket below TLS and websocket: whoever counts above them misses what they add, and the SIM pays for it. */
import { connect as connectTcp, isIP, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
/** A websocket message; a longer one ends the connection. */
const frameMaxBytes = 256 * 1024;
const defaultPorts = { 'mqtt:': 1883, 'mqtts:': 8883, 'ws:': 80, 'wss:': 443 };
export class Wire {
    url;
    #socket = null;
    /** What the socket said when it failed: TLS and websocket above it do not always pass it on. */
    #error = null;
    #isSecured = false;
    #isConnected = false;
    constructor(url) {
        this.url = url;
    }
    get bytes() {
        return { sent: this.#socket?.bytesWritten ?? 0, received: this.#socket?.bytesRead ?? 0 };
    }
    get error() {
        return this.#error;
    }
    /** Somebody is there, but TLS never came about. */
    get isWithoutTls() {
        return this.#isConnected && !this.#isSecured && /^(?:mqtts|wss):/.test(this.url);
    }
    /** What the client has to be told so that it builds on a socket of ours. Throws for an address that is none. */
    options() {
        const { protocol } = new URL(this.url);
        if (protocol === 'mqtts:')
            return { socket: this.#open() };
        if (protocol === 'mqtt:')
            return {};
        const createConnection = (options) => {
            const socket = this.#open();
            if (protocol === 'ws:')
                return socket;
            const { path: _path, host = '', ...tls } = options;
            const stream = connectTls({ ...tls, servername: isIP(host) === 0 ? host : '', host, socket });
            stream.on('error', (error) => this.note(error));
            stream.on('secureConnect', () => this.#secured());
            return stream;
        };
        return { wsOptions: { createConnection, perMessageDeflate: false, maxPayload: frameMaxBytes } };
    }
    /** The stream that the client made; where it is the socket itself, that is what is counted. */
    watch(stream) {
        if (this.#socket === null && stream instanceof Socket)
            this.#socket = stream;
        if (!(stream instanceof Socket))
            return;
        // A fire does not wait until what went before it is acknowledged (Nagle); a packet is written whole anyway.
        stream.setNoDelay(true);
        stream.on('error', (error) => this.note(error));
        stream.on('secureConnect', () => this.#secured());
    }
    note(error) {
        this.#error ??= error;
    }
    #secured() {
        this.#isSecured = true;
    }
    #open() {
        const { protocol, hostname, port } = new URL(this.url);
        const host = hostname.replace(/^\[(.*)\]$/, '$1');
        const socket = connectTcp({ host, port: port === '' ? (defaultPorts[protocol] ?? 0) : Number(port) });
        socket.setNoDelay(true);
        socket.on('error', (error) => this.note(error));
        socket.on('connect', () => {
            this.#isConnected = true;
        });
        this.#socket = socket;
        return socket;
    }
}
