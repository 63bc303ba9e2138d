/** The embedded MQTT broker of demo and tests: aedes (3.1 and 3.1.1 only) on this machine alone, with faults. */
import { createServer, type Server, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { Aedes, type AuthenticateError } from 'aedes';
import type { Cancel } from '../drivers/clock.js';
import { AckGate } from './ack-gate.js';

export type PublishListener = (topic: string, payload: Buffer, retain: boolean) => void;

export interface SimBroker {
  /** Where it listens; another than wanted when that one was taken. The same after `restart`. */
  readonly port: number;
  readonly wasPortTaken: boolean;
  /** `mqtt://127.0.0.1:<port>`. */
  readonly url: string;
  readonly clientCount: number;
  /** Tells every PUBLISH that reached the broker from a client, wills included. */
  onPublish(listener: PublishListener): Cancel;
  /** While on, publishes arrive and are forwarded, but their PUBACKs wait; they are sent, late, when it goes off. */
  withholdAcks(on: boolean): void;
  /** While on, every CONNECT is refused with return code 5 (not authorised). */
  refuseClients(on: boolean): void;
  /** Cuts every connection without a word; clients may come back at once. */
  dropClients(): void;
  /** Hands a message out, whoever said it; nobody hears it while the broker is stopped. */
  publish(topic: string, payload: Uint8Array): void;
  /** Idempotent. Forgets retained messages and sessions, as a broker without persistence does. */
  stop(): Promise<void>;
  /** Stops if it runs, and listens on the same port again. Rejects when somebody else has taken it meanwhile. */
  restart(): Promise<void>;
}

const host = '127.0.0.1';
const notAuthorised = 5;
/** Topics that the broker itself publishes. */
const ownTopics = '$';

/** `port: 0` = any free one; a wanted port that is taken is replaced by a free one. */
export async function startBroker(options: { readonly port: number }): Promise<SimBroker> {
  const broker = new RunningBroker();
  try {
    await broker.start(options.port);
  } catch (error) {
    if (!isAddressInUse(error)) throw error;
    broker.wasPortTaken = true;
    await broker.start(0);
  }
  return broker;
}

interface Connection {
  readonly socket: Socket;
  readonly gate: AckGate;
}

class RunningBroker implements SimBroker {
  port = 0;
  wasPortTaken = false;
  #aedes: Aedes | null = null;
  #server: Server | null = null;
  readonly #connections = new Set<Connection>();
  readonly #listeners = new Set<PublishListener>();
  #withholdsAcks = false;
  #refuses = false;

  get url(): string {
    return `mqtt://${host}:${this.port}`;
  }

  get clientCount(): number {
    return this.#aedes?.connectedClients ?? 0;
  }

  async start(port: number): Promise<void> {
    const aedes = await Aedes.createBroker({
      authenticate: (_client, _username, _password, done) => (this.#refuses ? done(refusal(), null) : done(null, true)),
    });
    aedes.on('publish', (packet) => {
      if (packet.topic.startsWith(ownTopics)) return;
      for (const listener of this.#listeners) listener(packet.topic, Buffer.from(packet.payload), packet.retain);
    });
    const server = createServer((socket) => this.#welcome(socket, aedes));
    try {
      this.port = await listen(server, port);
    } catch (error) {
      await closed(aedes);
      throw error;
    }
    this.#server = server;
    this.#aedes = aedes;
  }

  onPublish(listener: PublishListener): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  withholdAcks(on: boolean): void {
    this.#withholdsAcks = on;
    for (const { gate } of this.#connections) gate.setClosed(on);
  }

  refuseClients(on: boolean): void {
    this.#refuses = on;
  }

  dropClients(): void {
    for (const { socket } of this.#connections) socket.destroy();
  }

  publish(topic: string, payload: Uint8Array): void {
    const said = { cmd: 'publish', topic, payload: Buffer.from(payload), qos: 1, dup: false, retain: false } as const;
    this.#aedes?.publish(said, () => undefined);
  }

  async stop(): Promise<void> {
    const server = this.#server;
    const aedes = this.#aedes;
    if (server === null || aedes === null) return;
    this.#server = null;
    this.#aedes = null;
    const silent = new Promise<void>((resolve) => server.close(() => resolve()));
    this.dropClients();
    await silent;
    await closed(aedes);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start(this.port);
  }

  #welcome(socket: Socket, aedes: Aedes): void {
    const gate = new AckGate(this.#withholdsAcks);
    const connection: Connection = { socket, gate };
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

function closed(aedes: Aedes): Promise<void> {
  return new Promise((resolve) => aedes.close(() => resolve()));
}

/** Resolves with the port that it got. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function refusal(): AuthenticateError {
  return Object.assign(new Error('not authorised'), { returnCode: notAuthorised });
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
