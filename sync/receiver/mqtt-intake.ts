/** A lasting subscription to a district's topics: what the broker sends is taken by the receiver before it is acknowledged. */
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { MqttConnection, MqttConnectOptions, MqttLink } from '../mqtt/mqtt-link.js';
import { ReconnectDelay } from '../reconnect-delay.js';
import { UplinkError } from '../uplink.js';
import { withinMs } from '../within.js';

const keepaliveS = 60;
const connectTimeoutMs = 10_000;
/** A client that has not even told a time-out by then is stuck and is thrown away. */
const connectStuckMs = 15_000;
/** How long the broker keeps messages for a receiver that is away: a week. */
const sessionExpiryS = 7 * 86_400;
const stopMaxMs = 1_500;

/** `clientId`: the same in every life, and nobody else's; the broker keeps the messages under it. */
export type BrokerLogin = Pick<
  MqttConnectOptions,
  'url' | 'version' | 'clientId' | 'username' | 'password' | 'ca' | 'cert' | 'key'
>;

export interface MqttIntakeOptions {
  readonly login: BrokerLogin;
  readonly subscriptions: readonly string[];
  readonly link: MqttLink;
  readonly clock: Clock;
  readonly random: () => number;
  /** Resolves when the message is kept. */
  readonly take: (topic: string, payload: Uint8Array) => Promise<void>;
  readonly onUp: () => void;
  /** Tried again for ever, with back-off. */
  readonly onDown: (error: UplinkError) => void;
}

export class MqttIntake {
  readonly #delay: ReconnectDelay;
  #connection: MqttConnection | null = null;
  #isUp = false;
  #isStopped = false;
  #cancel: Cancel | null = null;

  constructor(private readonly options: MqttIntakeOptions) {
    this.#delay = new ReconnectDelay(options.login.clientId, options.random);
  }

  start(): void {
    const { login, link, clock, subscriptions } = this.options;
    const { where, ...rest } = { where: 'broker', ...login };
    const connect: MqttConnectOptions = {
      ...{ where, ...rest, keepaliveS, connectTimeoutMs, will: null, subscriptions },
      session: { expiryS: sessionExpiryS },
    };
    const connection = link.connect(connect, {
      onOpen: () => this.#cancel?.(),
      onSubscribed: (refused) => this.#subscribed(connection, refused),
      onKeep: ({ topic, payload }) => this.options.take(topic, payload),
      onClosed: (error) => this.#closed(connection, error),
    });
    this.#connection = connection;
    this.#cancel = clock.after(connectStuckMs, () => {
      connection.drop();
      this.#closed(connection, new UplinkError('UPLINK-001', where, 'no answer to CONNECT'));
    });
  }

  publish(topic: string, payload: Uint8Array): Promise<void> {
    const connection = this.#connection;
    if (connection === null || !this.#isUp) return Promise.reject(new UplinkError('UPLINK-003', 'broker'));
    return connection.publish({ topic, payload, retain: false, contentType: 'application/json' });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    const connection = this.#connection;
    this.#connection = null;
    if (connection === null) return;
    await withinMs(this.options.clock, stopMaxMs, connection.end());
    connection.drop();
  }

  #subscribed(connection: MqttConnection, refused: UplinkError | null): void {
    if (this.#connection !== connection) return;
    if (refused !== null) {
      connection.drop();
      this.#closed(connection, refused);
      return;
    }
    this.#isUp = true;
    this.#delay.reset();
    this.options.onUp();
  }

  #closed(connection: MqttConnection, error: UplinkError): void {
    if (this.#connection !== connection) return;
    const wasUp = this.#isUp;
    this.#cancel?.();
    this.#connection = null;
    this.#isUp = false;
    if (this.#isStopped) return;
    this.#cancel = this.options.clock.after(this.#delay.nextMs(wasUp), () => this.start());
    this.options.onDown(error);
  }
}
