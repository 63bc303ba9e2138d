/** Requests over node:http on one kept connection, with TLS below it or not; the only file of this floor that imports it. */
import {
  Agent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { codeOf, connectError, textOf } from '../mqtt/connect-error.js';
import { UplinkError } from '../uplink.js';
import type { HttpAnswer, HttpBytes, HttpLink, HttpLinkOptions, HttpRequest, HttpSession } from './http-link.js';

/** Of an answer so much is read; then the connection is given up, and the status counts alone. */
const answerMaxBytes = 64 * 1024;
/** Of its head. */
const headMaxBytes = 16 * 1024;

export class HttpClientLink implements HttpLink {
  open(options: HttpLinkOptions): HttpSession {
    return new ClientSession(options);
  }
}

class ClientSession implements HttpSession {
  readonly #url: URL;
  readonly #agent: Agent;
  readonly #past = { sent: 0, received: 0, connects: 0 };
  /** The one below TLS: whoever counts above it misses what TLS adds, and the SIM pays for it. */
  #socket: Socket | null = null;
  #isReached = false;
  #isSecured = false;
  #hasSent = false;

  constructor(private readonly options: HttpLinkOptions) {
    this.#url = new URL(options.url);
    this.#agent = new CountedAgent(this.#url.protocol, () => this.#connect());
  }

  get bytes(): HttpBytes {
    const { sent, received, connects } = this.#past;
    return {
      sent: sent + (this.#socket?.bytesWritten ?? 0),
      received: received + (this.#socket?.bytesRead ?? 0),
      connects,
    };
  }

  get hasSent(): boolean {
    return this.#hasSent;
  }

  async request(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    this.#hasSent = false;
    try {
      return await this.#once(request, signal);
    } catch (error) {
      // The other side closed a connection that had rested, just when we began: every request may be sent twice, by its id.
      if (error !== wasClosedAtRest) throw error;
      return await this.#once(request, signal);
    }
  }

  close(): void {
    this.#agent.destroy();
    this.#forgetSocket();
  }

  #once({ method, path, headers, body }: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const options: RequestOptions = {
      ...{ method, path, signal, agent: this.#agent, maxHeaderSize: headMaxBytes },
      ...{ protocol: this.#url.protocol, host: this.#host, port: this.#port },
      headers: { ...headers, ...(body === null ? {} : { 'content-length': body.length }) },
    };
    return new Promise((resolve, reject) => {
      try {
        const request = httpRequest(options, (answer) =>
          readAnswer(answer).then(resolve, (cause) => reject(this.#lost(cause))),
        );
        request.on('error', (cause) => reject(this.#fault(request, cause)));
        // The last byte is with the system. Nothing promises that it does not come too for what waited for a connection in vain.
        request.on('finish', () => {
          if (this.#isConnected && !request.destroyed && request.socket?.destroyed === false) this.#hasSent = true;
        });
        request.end(body ?? undefined);
      } catch (cause) {
        // A certificate, key or authority file that is none.
        reject(connectError(this.options.where, cause));
      }
    });
  }

  get #isConnected(): boolean {
    return this.#isReached && (this.#isSecured || this.#url.protocol !== 'https:');
  }

  get #host(): string {
    return this.#url.hostname.replace(/^\[(.*)\]$/, '$1');
  }

  get #port(): number {
    return this.#url.port === '' ? (this.#url.protocol === 'https:' ? 443 : 80) : Number(this.#url.port);
  }

  #connect(): Socket {
    this.#forgetSocket();
    this.#isReached = false;
    this.#isSecured = false;
    const socket = connectTcp({ host: this.#host, port: this.#port });
    let tls: Socket | null = null;
    // Before anything below can throw: an error that nobody listens for ends the process.
    socket.on('error', (error) => tls?.destroy(error));
    socket.setNoDelay(true);
    socket.on('connect', () => {
      this.#past.connects += 1;
      this.#isReached = true;
    });
    this.#socket = socket;
    if (this.#url.protocol === 'http:') return socket;
    try {
      tls = this.#secure(socket);
    } catch (cause) {
      socket.destroy();
      throw cause;
    }
    return tls;
  }

  /** Throws for a certificate, key or authority file that is none, or two that do not belong together. */
  #secure(socket: Socket): Socket {
    const { ca, cert, key } = this.options;
    const tls = connectTls({
      ...{ socket, host: this.#host, servername: isIP(this.#host) === 0 ? this.#host : '' },
      ...(ca === null ? {} : { ca: Buffer.from(ca) }),
      ...(cert === null ? {} : { cert: Buffer.from(cert) }),
      ...(key === null ? {} : { key: Buffer.from(key) }),
    });
    tls.on('secureConnect', () => {
      this.#isSecured = true;
    });
    return tls;
  }

  #forgetSocket(): void {
    this.#past.sent += this.#socket?.bytesWritten ?? 0;
    this.#past.received += this.#socket?.bytesRead ?? 0;
    this.#socket?.destroy();
    this.#socket = null;
  }

  #fault(request: ClientRequest, cause: unknown): unknown {
    if (request.reusedSocket && codeOf(cause) === 'ECONNRESET') return wasClosedAtRest;
    const isTls = this.#url.protocol === 'https:';
    // A server with TLS 1.3 looks at our certificate after the handshake: what it finds wrong comes as an alert behind it.
    const isUp = this.#isConnected && !/^ERR_SSL|^CERT/.test(String(codeOf(cause)));
    if (isUp) return this.#lost(cause);
    const { where } = this.options;
    // What comes back in clear ends the handshake while it is being written.
    if (codeOf(cause) === 'EPROTO') return new UplinkError('UPLINK-020', where, textOf(cause), cause);
    return connectError(where, cause, isTls && this.#isReached);
  }

  #lost(cause: unknown): UplinkError {
    return new UplinkError('UPLINK-003', this.options.where, textOf(cause), cause);
  }
}

/** A request on a connection that had rested found it closed. */
const wasClosedAtRest = Symbol('closed at rest');

/** One socket, made by us so that it can be counted. */
class CountedAgent extends Agent {
  /** What requests compare theirs with; the default port is left out of `Host`. */
  readonly protocol: string;
  readonly defaultPort: number;

  constructor(
    protocol: string,
    private readonly makeSocket: () => Socket,
  ) {
    super({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
    this.protocol = protocol;
    this.defaultPort = protocol === 'https:' ? 443 : 80;
  }

  /** The agent asks for it here, and takes whatever comes back. */
  override createConnection(): Socket {
    return this.makeSocket();
  }
}

function readAnswer(answer: IncomingMessage): Promise<HttpAnswer> {
  const { statusCode = 0, headers } = answer;
  const head = {
    status: statusCode,
    retryAfter: headers['retry-after'] ?? null,
    date: headers.date ?? null,
    location: headers.location ?? null,
  };
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    answer.on('data', (chunk: Uint8Array) => {
      bytes += chunk.length;
      if (bytes <= answerMaxBytes) {
        chunks.push(chunk);
        return;
      }
      resolve({ ...head, body: null });
      answer.destroy();
    });
    answer.on('end', () => resolve({ ...head, body: Buffer.concat(chunks) }));
    answer.on('error', reject);
    answer.on('close', () => reject(new Error('the answer broke off')));
  });
}
