/** A simulated server behind a real TCP socket: for masters from outside, and for the demo. */
import { createServer } from 'node:net';
const loopback = '127.0.0.1';
const clientsMax = 16;
/** What a client does not take; a slower one is dropped. */
const unsentMaxBytes = 65_536;
/** Rejects with the system's error when it can not listen. */
export async function startTcpServer(options) {
    const host = options.host ?? loopback;
    const clients = new Set();
    let isCut = false;
    const listener = createServer({ noDelay: true }, (socket) => {
        if (clients.size >= clientsMax)
            return void socket.destroy();
        clients.add(socket);
        const session = options.server.accept({
            send: (bytes) => {
                if (isCut || socket.destroyed)
                    return;
                if (socket.writableLength > unsentMaxBytes)
                    socket.destroy();
                else
                    socket.write(bytes);
            },
            hangUp: () => socket.end(),
        });
        socket.on('data', (bytes) => {
            if (!isCut)
                session.receive(Uint8Array.from(bytes));
        });
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
            clients.delete(socket);
            session.end();
        });
    });
    const port = await listen(listener, host, options.port);
    const dropClients = () => {
        for (const socket of [...clients])
            socket.resetAndDestroy();
    };
    return {
        host,
        port,
        get clientCount() {
            return clients.size;
        },
        setCut: (cut) => {
            if (isCut && !cut)
                dropClients();
            isCut = cut;
        },
        dropClients,
        stop: () => new Promise((resolve) => {
            listener.close(() => resolve());
            dropClients();
        }),
    };
}
function listen(server, host, wanted) {
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(wanted, host, () => {
            server.off('error', reject);
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : wanted);
        });
    });
}
