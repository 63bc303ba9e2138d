/** A network between a client and its server that breaks as networks do: it stands still, loses answers, is slow, is cut. */
import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';

interface Connection {
  readonly client: Socket;
  readonly server: Socket;
}

export type LinkDeed =
  /** Half open: nothing goes through either way, and nobody is told. */
  | { readonly do: 'freeze'; readonly forMs: number }
  /** What the server answers never arrives; after that the connection is reset: what was sent is sent again. */
  | { readonly do: 'lose-answers'; readonly forMs: number }
  | { readonly do: 'delay-answers'; readonly byMs: number; readonly forMs: number }
  | { readonly do: 'reset' }
  | { readonly do: 'end' };

export class BadLink {
  readonly #connections = new Set<Connection>();
  #isFrozen = false;
  #losesAnswers = false;
  #delayMs = 0;
  /** Closed: whoever comes is turned away. */
  isClosed = false;
  /** How often somebody came, turned away or not. */
  tries = 0;

  private constructor(
    private readonly server: Server,
    private readonly upstreamPort: number,
  ) {
    server.on('connection', (client) => this.#join(client));
  }

  static async open(upstreamPort: number): Promise<BadLink> {
    const server = createServer();
    const link = new BadLink(server, upstreamPort);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return link;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Returns at once; what lasts ends by itself. */
  do(deed: LinkDeed): void {
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
        const impossible: never = deed;
        throw new Error(`impossible deed ${String(impossible)}`);
      }
    }
  }

  cut(how: 'reset' | 'end'): void {
    for (const { client, server } of this.#connections) {
      if (how === 'reset') client.resetAndDestroy();
      else client.end();
      // What the server side has already been handed still arrives.
      server.end();
    }
  }

  close(): void {
    this.server.close();
    for (const { client, server } of this.#connections) for (const socket of [client, server]) socket.destroy();
  }

  #freeze(isFrozen: boolean): void {
    this.#isFrozen = isFrozen;
    for (const { client, server } of this.#connections) {
      for (const socket of [client, server]) {
        if (isFrozen) socket.pause();
        else socket.resume();
      }
    }
  }

  #join(client: Socket): void {
    this.tries++;
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
      if (this.#losesAnswers) return;
      if (this.#delayMs === 0) client.write(bytes);
      else setTimeout(() => !client.destroyed && client.write(bytes), this.#delayMs);
    });
    const part = (): void => {
      this.#connections.delete(connection);
      client.destroy();
      if (!server.destroyed) server.end();
    };
    for (const socket of [client, server]) {
      socket.on('error', () => undefined);
      socket.on('close', part);
      socket.on('end', part);
    }
    if (this.#isFrozen) this.#freeze(true);
  }
}
