/** The bare HTTP server under the panel: every wait and every count has an end, so that a flood stays small. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { isLoopback, plainAddress } from './request-source.js';

/** Open connections in all; more are closed as they come. */
const connectionsMax = 200;
/** Of them, from beyond this box: the rest is kept for its own screen. */
const farConnectionsMax = 150;
/** A browser opens 6; a phone behind the same router is another one. */
const connectionsPerAddressMax = 40;
/** A socket on which nothing moves; live streams beat every 2 s. */
const idleMs = 30_000;
const headersMs = 10_000;
/** A whole request, with its body. */
const requestMs = 30_000;
const keepAliveMs = 5_000;
const headersMaxBytes = 16 * 1024;
/** One more is refused by `app.ts`. */
export const headersMax = 64;
const requestsPerSocketMax = 1_000;
/** How often Node looks for requests that are late. */
const checkMs = 5_000;

export interface TlsPair {
  readonly cert: string | Uint8Array;
  readonly key: string | Uint8Array;
}

export function makeHttpServer(handler: RequestListener, tls: TlsPair | null): Server {
  const limits = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    maxHeaderSize: headersMaxBytes,
    connectionsCheckingInterval: checkMs,
    noDelay: true,
  };
  // Node's HTTPS server has all that its HTTP server has, and is of another type only by its constructor.
  const server =
    tls === null
      ? createServer(limits, handler)
      : (createTlsServer(
          { ...limits, handshakeTimeout: headersMs, cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) },
          handler,
        ) as unknown as Server);
  server.maxConnections = connectionsMax;
  server.maxHeadersCount = headersMax;
  server.maxRequestsPerSocket = requestsPerSocketMax;
  server.timeout = idleMs;
  limitFar(server);
  // A connection that could not be taken (no file left) is no reason to fall; `listen` has a listener of its own.
  server.on('error', () => undefined);
  return server;
}

function limitFar(server: Server): void {
  const byAddress = new Map<string, number>();
  let far = 0;
  server.on('connection', (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress);
    if (isLoopback(address)) return;
    const ofAddress = byAddress.get(address) ?? 0;
    if (far >= farConnectionsMax || ofAddress >= connectionsPerAddressMax) {
      socket.destroy();
      return;
    }
    far += 1;
    byAddress.set(address, ofAddress + 1);
    socket.once('close', () => {
      far -= 1;
      const left = (byAddress.get(address) ?? 1) - 1;
      if (left === 0) byAddress.delete(address);
      else byAddress.set(address, left);
    });
  });
}

/** A connection that a browser opens ahead is late, too: it may send a request while this is on its way, and by 408 it knows to ask again (RFC 9110, 15.5.9). */
const lateCode = 'ERR_HTTP_REQUEST_TIMEOUT';

/** Bytes that are no HTTP, or are late, are answered shortly and let go. */
export function refuseBytes(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === lateCode ? '408 Request Timeout' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
