/**
 * The village's own network between the gateway and one server, in memory and on the clock it is given: TCP connections with
 * their delays and the ways in which they end. Bytes keep their order and are never altered; they can only come late, in
 * other pieces, or not at all.
 */
import type { Clock } from '../../drivers/clock.js';
import type { ByteLink, ByteLinkEvents, OpenByteLink } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import { type ConnectionWorld, type LostWay, type Segments, SimConnection } from './sim-connection.js';
import type { SimServer } from './sim-server.js';

export interface SimNetworkOptions {
  readonly clock: Clock;
  readonly server: SimServer;
  /** `host:port`, as errors name it. */
  readonly where: string;
  /** One way, ms. Default 1. */
  readonly latencyMs?: number;
  /** Clients that the server has room for; one more is refused. Default 4. */
  readonly connectionsMax?: number;
}

/** What happens to somebody who wants to connect. `ignore`: nobody answers (switched off, or a wrong address). */
export type Door = 'open' | 'refuse' | 'ignore' | 'unknown-name';

const defaultLatencyMs = 1;
const defaultConnectionsMax = 4;
/** After this a connect that nobody answers has failed, as with the product's own opener. */
const connectMaxMs = 5000;

export class SimNetwork implements ConnectionWorld {
  readonly server: SimServer;
  readonly where: string;
  latencyMs: number;
  connectionsMax: number;
  door: Door = 'open';
  segments: Segments = 'as-sent';
  readonly counters = { connects: 0, refused: 0 };
  /** The seam of drivers/driver.ts: one connection a call. */
  readonly open: OpenByteLink;
  readonly #clock: Clock;
  readonly #connections = new Set<SimConnection>();
  /** The server knows nothing of them any more; their clients have not spoken since. */
  readonly #forgotten = new Set<SimConnection>();
  readonly #cutListeners = new Set<(isCut: boolean) => void>();
  #isCut = false;
  #isStalled = false;
  #cutAt: number | null = null;

  constructor(options: SimNetworkOptions) {
    this.#clock = options.clock;
    this.server = options.server;
    this.where = options.where;
    this.latencyMs = options.latencyMs ?? defaultLatencyMs;
    this.connectionsMax = options.connectionsMax ?? defaultConnectionsMax;
    this.open = (events) => this.#connect(events);
  }

  /** Connections that the server believes in. */
  get connectionCount(): number {
    return this.#connections.size;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  /** The cable is out: bytes vanish, nobody is told, nobody connects. Whoever was connected is unknown to the server
   * afterwards, and hears so when he speaks again. */
  setCut(isCut: boolean): void {
    if (isCut === this.#isCut) return;
    this.#isCut = isCut;
    if (isCut) for (const connection of this.#connections) connection.loseBytes('both');
    else this.forgetClients();
    for (const listener of this.#cutListeners) listener(isCut);
  }

  /** For a real server in this one's place (the demo). */
  onCut(listener: (isCut: boolean) => void): void {
    this.#cutListeners.add(listener);
  }

  get isStalled(): boolean {
    return this.#isStalled;
  }

  /** The server hangs: bytes wait in both directions and all of them come when it goes on. */
  setStalled(isStalled: boolean): void {
    this.#isStalled = isStalled;
    for (const connection of [...this.#connections, ...this.#forgotten]) connection.setStalled(isStalled);
  }

  /** The server closes its connections as a program does that ends. */
  endConnections(): void {
    this.#hangUp('closed by the other side');
  }

  /** … as a program that is killed. */
  resetConnections(): void {
    this.#hangUp('ECONNRESET');
  }

  /** The server restarted without a word: who is connected finds out by a reset, when he next speaks. */
  forgetClients(): void {
    for (const connection of this.#takeAll()) {
      connection.forget();
      this.#forgotten.add(connection);
    }
  }

  /** Half open for good, on the connections that stand now; new ones work. `requests`: the server hears nothing of the client, and what
   * it says arrives. `answers`: the server does as it is told, and the client hears nothing, of its end neither. The server goes on
   * believing in such a connection, which has one of its places; in one that is lost both ways it does not. */
  halfOpen(way: LostWay = 'both'): void {
    const connections = way === 'both' ? this.#takeAll() : this.#connections;
    for (const connection of connections) connection.loseBytes(way);
  }

  /** Of the next answer so many bytes come, and then a reset; 0: only the reset. Null takes the order back. */
  resetInAnswer(afterBytes: number | null): void {
    this.#cutAt = afterBytes;
  }

  takeCut(): number | null {
    const cutAt = this.#cutAt;
    this.#cutAt = null;
    return cutAt;
  }

  #hangUp(got: string): void {
    for (const connection of this.#takeAll()) connection.hangUp(got);
  }

  #takeAll(): readonly SimConnection[] {
    const all = [...this.#connections];
    this.#connections.clear();
    return all;
  }

  #connect(events: ByteLinkEvents): Promise<ByteLink> {
    return new Promise((resolve, reject) => {
      const fail = (afterMs: number, code: 'LINK-007' | 'LINK-008' | 'LINK-009', got: string): void => {
        this.#clock.after(afterMs, () => reject(new DriverError(code, this.where, got)));
      };
      if (this.door === 'unknown-name') return fail(this.latencyMs, 'LINK-009', 'ENOTFOUND');
      if (this.#isCut || this.door === 'ignore')
        return fail(connectMaxMs, 'LINK-007', `no answer in ${connectMaxMs} ms`);
      if (this.door === 'refuse' || this.#connections.size >= this.connectionsMax) {
        this.counters.refused++;
        return fail(2 * this.latencyMs, 'LINK-008', 'ECONNREFUSED');
      }
      const connection = new SimConnection(this, this.#clock, events, () => {
        this.#connections.delete(connection);
        this.#forgotten.delete(connection);
      });
      this.#connections.add(connection);
      this.#clock.after(2 * this.latencyMs, () => {
        if (!connection.isOpen) return fail(0, 'LINK-007', 'closed by the other side');
        this.counters.connects++;
        resolve(connection);
      });
    });
  }
}
