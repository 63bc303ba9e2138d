/** A simulated server behind a real TCP socket: for masters from outside, and for the demo. */
import { createServer, type Server, type Socket } from 'node:net';
import type { SimServer } from './sim-server.js';

export interface TcpServerOptions {
  readonly server: SimServer;
  /** 0 = any free one. */
  readonly port: number;
  /** Address to listen on. Default 127.0.0.1: nobody from outside. */
  readonly host?: string;
}

export interface RunningTcpServer {
  readonly host: string;
  readonly port: number;
  readonly clientCount: number;
  /** While on, bytes vanish in both directions and nobody is told; whoever was connected is reset afterwards. */
  setCut(isCut: boolean): void;
  /** Cuts every connection without a word; clients may come back at once. */
  dropClients(): void;
  /** Idempotent; resolves when the socket is free again. */
  stop(): Promise<void>;
}

const loopback = '127.0.0.1';
const clientsMax = 16;
/** What a client does not take; a slower one is dropped. */
const unsentMaxBytes = 65_536;

/** Rejects with the system's error when it can not listen. */
export async function startTcpServer(options: TcpServerOptions): Promise<RunningTcpServer> {
  const host = options.host ?? loopback;
  const clients = new Set<Socket>();
  let isCut = false;
  const listener = createServer({ noDelay: true }, (socket) => {
    if (clients.size >= clientsMax) return void socket.destroy();
    clients.add(socket);
    const session = options.server.accept({
      send: (bytes) => {
        if (isCut || socket.destroyed) return;
        if (socket.writableLength > unsentMaxBytes) socket.destroy();
        else socket.write(bytes);
      },
      hangUp: () => socket.end(),
      reset: () => socket.resetAndDestroy(),
    });
    socket.on('data', (bytes: Uint8Array) => {
      if (!isCut) session.receive(Uint8Array.from(bytes));
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clients.delete(socket);
      session.end();
    });
  });
  const port = await listen(listener, host, options.port);
  const dropClients = (): void => {
    for (const socket of [...clients]) socket.resetAndDestroy();
  };
  return {
    host,
    port,
    get clientCount() {
      return clients.size;
    },
    setCut: (cut) => {
      if (isCut && !cut) dropClients();
      isCut = cut;
    },
    dropClients,
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        dropClients();
      }),
  };
}

function listen(server: Server, host: string, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : wanted);
    });
  });
}
