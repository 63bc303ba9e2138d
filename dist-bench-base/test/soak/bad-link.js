/** A network between a client and its server that breaks as networks do: it stands still, loses answers, is slow, is cut. */
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
export class BadLink {
    server;
    upstreamPort;
    #connections = new Set();
    #isFrozen = false;
    #losesAnswers = false;
    #delayMs = 0;
    /** Closed: whoever comes is turned away. */
    isClosed = false;
    constructor(server, upstreamPort) {
        this.server = server;
        this.upstreamPort = upstreamPort;
        server.on('connection', (client) => this.#join(client));
    }
    static async open(upstreamPort) {
        const server = createServer();
        const link = new BadLink(server, upstreamPort);
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        return link;
    }
    get port() {
        return this.server.address().port;
    }
    /** Returns at once; what lasts ends by itself. */
    do(deed) {
        switch (deed.do) {
            case 'freeze':
                this.#freeze(true);
                setTimeout(() => this.#freeze(false), deed.forMs);
                return;
            case 'lose-answers':
                this.#losesAnswers = true;
                setTimeout(() => {
                    this.#losesAnswers = false;
                    this.cut('reset');
                }, deed.forMs);
                return;
            case 'delay-answers':
                this.#delayMs = deed.byMs;
                setTimeout(() => {
                    this.#delayMs = 0;
                }, deed.forMs);
                return;
            case 'reset':
            case 'end':
                this.cut(deed.do);
                return;
            default: {
                const impossible = deed;
                throw new Error(`impossible deed ${String(impossible)}`);
            }
        }
    }
    cut(how) {
        for (const { client, server } of this.#connections) {
            if (how === 'reset')
                client.resetAndDestroy();
            else
                client.end();
            // What the server side has already been handed still arrives.
            server.end();
        }
    }
    close() {
        this.server.close();
        for (const { client, server } of this.#connections)
            for (const socket of [client, server])
                socket.destroy();
    }
    #freeze(isFrozen) {
        this.#isFrozen = isFrozen;
        for (const { client, server } of this.#connections) {
            for (const socket of [client, server]) {
                if (isFrozen)
                    socket.pause();
                else
                    socket.resume();
            }
        }
    }
    #join(client) {
        if (this.isClosed) {
            client.destroy();
            return;
        }
        const server = createConnection({ host: '127.0.0.1', port: this.upstreamPort, noDelay: true });
        const connection = { client, server };
        this.#connections.add(connection);
        client.setNoDelay(true);
        client.on('data', (bytes) => server.write(bytes));
        server.on('data', (bytes) => {
            if (this.#losesAnswers)
                return;
            if (this.#delayMs === 0)
                client.write(bytes);
            else
                setTimeout(() => !client.destroyed && client.write(bytes), this.#delayMs);
        });
        const part = () => {
            this.#connections.delete(connection);
            client.destroy();
            if (!server.destroyed)
                server.end();
        };
        for (const socket of [client, server]) {
            socket.on('error', () => undefined);
            socket.on('close', part);
            socket.on('end', part);
        }
        if (this.#isFrozen)
            this.#freeze(true);
    }
}
