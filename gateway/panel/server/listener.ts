/**
 * Where the panel listens, and how it goes on listening: another address when the first password is set, this box alone while the
 * wanted address can not be had, and always this box, for its own screen.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer, isIP, type Server as NetServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Words } from '../../../config/vocabulary.js';
import type { Cancel, Clock } from '../../../drivers/clock.js';
import { isLoopback, plainAddress } from './request-source.js';

/** An address that is taken or not there yet (a network that comes up late) is tried again after, ms. */
const retryMs = 10_000;
const anyAddress: readonly string[] = ['0.0.0.0', '::'];
const ownAddress = '127.0.0.1';
/** Of the second door, that is for the own screen only. */
const ownConnectionsMax = 50;

export interface ListenerOptions {
  readonly server: Server;
  readonly clock: Clock;
  readonly port: number;
  readonly isTls: boolean;
  readonly onListening: (url: string) => void;
  /** `isServedHere`: somewhere it is served meanwhile, as was told just before, and it goes on trying. */
  readonly onRefused: (error: Words, isServedHere: boolean) => void;
}

export class Listener {
  #turn: Promise<void> = Promise.resolve();
  #cancelRetry: Cancel | null = null;
  #own: NetServer | null = null;

  constructor(private readonly options: ListenerOptions) {}

  /** One change after the other. Open connections stay. */
  listen(bind: string): Promise<void> {
    this.#turn = this.#turn.then(() => this.#listen(bind));
    return this.#turn;
  }

  async close(): Promise<void> {
    await this.#turn;
    this.#letGo();
    this.options.server.closeAllConnections();
  }

  async #listen(bind: string): Promise<void> {
    const { server, port, onListening, onRefused, clock } = this.options;
    this.#letGo();
    const cause = await opened(server, bind, port);
    if (cause === null) {
      const ownCause = await this.#alsoForOwnScreen(bind);
      onListening(this.#url(bind));
      if (ownCause === null) return;
      onRefused(refusedWords(ownAddress, port, ownCause), true);
      this.#cancelRetry = clock.after(retryMs, () => void this.listen(bind));
      return;
    }
    const isServedHere = !isLoopback(bind) && (await opened(server, ownAddress, port)) === null;
    if (isServedHere) onListening(this.#url(ownAddress));
    onRefused(refusedWords(bind, port, cause), isServedHere);
    this.#cancelRetry = clock.after(retryMs, () => void this.listen(bind));
  }

  /** Who listens at one address of the network does not hear the box itself. Null: it is heard; else why not. */
  async #alsoForOwnScreen(bind: string): Promise<string | null> {
    if (anyAddress.includes(bind) || isLoopback(bind)) return null;
    const own = createServer({ noDelay: true }, (socket) => this.options.server.emit('connection', socket));
    own.maxConnections = ownConnectionsMax;
    const cause = await opened(own, ownAddress, this.#port);
    if (cause !== null) return cause;
    // A connection that could not be taken (no file left) is no reason to fall.
    own.on('error', () => undefined);
    this.#own = own;
    return null;
  }

  #letGo(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    if (this.options.server.listening) this.options.server.close();
    this.#own?.close();
    this.#own = null;
  }

  #url(bind: string): string {
    const address = anyAddress.includes(bind) ? networkAddress() : bind;
    const host = isIP(address) === 6 ? `[${address}]` : address;
    return `${this.options.isTls ? 'https' : 'http'}://${host}:${this.#port}/`;
  }

  get #port(): number {
    const bound = this.options.server.address();
    return typeof bound === 'object' && bound !== null ? bound.port : this.options.port;
  }
}

/** Null: it listens; else why not. */
async function opened(server: NetServer, host: string, port: number): Promise<string | null> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
    return null;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  }
}

function refusedWords(bind: string, port: number, cause: string): Words {
  return {
    zh: `面板不能在 ${bind}:${port} 上打开（${cause}）：检查 panel.bind、panel.port 和网络`,
    en: `the panel can not listen at ${bind}:${port} (${cause}): check panel.bind, panel.port and the network`,
  };
}

/** What somebody at another computer would type: the first address of this box that is not its own loop. */
function networkAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const found = all.find(({ family, internal }) => family === 'IPv4' && !internal);
  return found === undefined ? ownAddress : plainAddress(found.address);
}
