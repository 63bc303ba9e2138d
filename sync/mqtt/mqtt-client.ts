/** The only file that imports mqtt. One client per connection; its own queue, reconnect and resubscribe are never used. */
import { connect, ErrorWithReasonCode, type IClientOptions, type MqttClient, ReasonCodes } from 'mqtt';
import { UplinkError } from '../uplink.js';
import { codeOf, connectError, textOf } from './connect-error.js';
import { ackWhenKept } from './late-puback.js';
import type {
  MqttBytes,
  MqttConnection,
  MqttConnectionEvents,
  MqttConnectOptions,
  MqttLink,
  MqttMessage,
} from './mqtt-link.js';
import { refusedCode, Unconfirmed } from './unconfirmed.js';
import { Wire } from './wire.js';

const receiveMaximumDefault = 65_535;
/** Messages that a consumer lets a broker send before it has kept the first of them (MQTT 5). */
const receiveMaximumOurs = 1_000;
/** What a broker may send without ever completing a packet; then it is cut off. */
const unreadMaxBytes = 512 * 1024;
/** What the broker is asked to keep to itself (MQTT 5): a message of 64 kB, its topic and properties. */
const packetMaxBytes = 66 * 1024;
/** Not authorised, of PUBACK and SUBACK. */
const notAuthorised = 0x87;

export class MqttClientLink implements MqttLink {
  connect(options: MqttConnectOptions, events: MqttConnectionEvents): MqttConnection {
    return new ClientConnection(options, events);
  }
}

class ClientConnection implements MqttConnection {
  readonly tellsHeard = true;
  readonly #client: MqttClient | null;
  readonly #unconfirmed: Unconfirmed | null;
  readonly #wire: Wire;
  #isOpen = false;
  #isOver = false;
  /** The newest refusal for a missing right: Mosquitto 2.0.11 with `max_queued_messages 0` answers with it and hangs up. */
  #refused: UplinkError | null = null;

  constructor(
    private readonly options: MqttConnectOptions,
    private readonly events: MqttConnectionEvents,
  ) {
    this.#wire = new Wire(options.url);
    this.#client = this.#begin();
    this.#unconfirmed = this.#client === null ? null : new Unconfirmed(this.#client, options.version);
  }

  get bytes(): MqttBytes {
    return this.#wire.bytes;
  }

  publish(message: MqttMessage): Promise<void> {
    const client = this.#client;
    if (client === null || !this.#isOpen || this.#isOver || !client.connected) return Promise.reject(this.#lost(null));
    return new Promise((resolve, reject) => {
      const isSent = this.#unconfirmed?.write(message, { topic: message.topic, resolve, reject });
      if (isSent !== true) reject(this.#told('UPLINK-005', message.topic, 'no packet id is free'));
    });
  }

  async end(): Promise<void> {
    this.#over(null);
    await new Promise<void>((resolve) => {
      if (this.#client === null) resolve();
      else this.#client.end(false, () => resolve());
    });
  }

  drop(): void {
    this.#over(null);
    this.#client?.end(true);
  }

  #begin(): MqttClient | null {
    let client: MqttClient;
    try {
      client = connect(this.options.url, { ...clientOptions(this.options), ...this.#wire.options() });
    } catch (cause) {
      // An unreadable certificate or address; told like any other failed try, after the caller has its connection.
      queueMicrotask(() => this.#over(connectError(this.options.where, cause)));
      return null;
    }
    this.#wire.watch(client.stream);
    client.on('connect', (packet) => {
      if (this.#isOver) return;
      if (packet.properties?.maximumQoS === 0) {
        this.#over(new UplinkError('UPLINK-019', this.options.where, 'maximum QoS 0'));
        client.end(true);
        return;
      }
      this.#isOpen = true;
      this.#unconfirmed?.allowAliases(packet.properties?.topicAliasMaximum ?? 0);
      this.events.onOpen({
        receiveMaximum: packet.properties?.receiveMaximum ?? receiveMaximumDefault,
        packetMaxBytes: packet.properties?.maximumPacketSize ?? null,
      });
      this.#subscribe(client);
    });
    client.on('error', (error) => this.#fail(error));
    client.on('disconnect', (packet) => this.#fail(new Error(`the broker said goodbye (${packet.reasonCode ?? 0})`)));
    client.on('close', () => this.#fail(null));
    this.#hear(client);
    this.#limitUnread(client);
    return client;
  }

  #hear(client: MqttClient): void {
    const { events } = this;
    if (this.options.session === undefined) {
      client.on('message', (topic, payload, { retain }) => {
        if (!this.#isOver) events.onMessage?.({ topic, payload, isRetained: retain });
      });
      return;
    }
    const never = new Promise<void>(() => undefined);
    ackWhenKept(
      client,
      (message) => (this.#isOver ? never : (events.onKeep?.(message) ?? never)),
      (cause) => this.#fail(cause instanceof Error ? cause : new Error(String(cause))),
    );
  }

  /** The parser gathers a packet of any announced length in memory; one that is never whole is cut off. */
  #limitUnread(client: MqttClient): void {
    let unreadBytes = 0;
    client.stream.on('data', (chunk: Uint8Array) => {
      unreadBytes += chunk.length;
      if (unreadBytes > unreadMaxBytes) this.#fail(new Error('a packet larger than any that is expected'));
    });
    client.on('packetreceive', (packet) => {
      unreadBytes = 0;
      if (!this.#isOver) this.events.onHeard?.();
      if (packet.cmd === 'puback' && packet.messageId !== undefined) this.#acked(packet.messageId, packet.reasonCode);
    });
  }

  #acked(id: number, reasonCode: number | undefined): void {
    const pending = this.#unconfirmed?.take(id);
    const code = refusedCode(reasonCode);
    if (code === null) pending?.resolve();
    else {
      const cause = new ErrorWithReasonCode(`Publish error: ${reasonOf(code)}`, code);
      pending?.reject(this.#refusal(cause, pending.topic));
    }
  }

  #subscribe(client: MqttClient): void {
    const { subscriptions = [], version, session } = this.options;
    if (subscriptions.length === 0 || this.#isOver) return;
    // `rh: 2`: nothing that was retained; 3.1.1 can not say so, there the flag of the message tells.
    const how = version === '5' && session === undefined ? ({ qos: 1, rh: 2 } as const) : ({ qos: 1 } as const);
    client.subscribe([...subscriptions], how, (error) => {
      if (this.#isOver) return;
      this.events.onSubscribed?.(
        error ? this.#told('UPLINK-018', `${subscriptions.join(' ')}: ${error.message}`) : null,
      );
    });
  }

  #fail(cause: Error | null): void {
    if (this.#isOver) return;
    const { where } = this.options;
    const { error, isWithoutTls } = this.#wire;
    this.#over(this.#isOpen ? this.#lost(cause) : connectError(where, cause ?? error, isWithoutTls));
    this.#client?.end(true);
  }

  /** @param error null when we ourselves end it. */
  #over(error: UplinkError | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const { reject } of this.#unconfirmed?.takeAll() ?? []) reject(this.#lost(error));
    if (error !== null) this.events.onClosed(error);
  }

  #lost(cause: Error | null): UplinkError {
    if (cause === null && this.#refused !== null && this.#isOpen) return this.#refused;
    return this.#told('UPLINK-003', cause === null ? null : textOf(cause), cause);
  }

  #refusal(cause: Error, topic: string): UplinkError {
    const code = codeOf(cause);
    if (typeof code !== 'number') return this.#lost(cause);
    if (code !== notAuthorised) return this.#told('UPLINK-005', `${topic}: ${textOf(cause)}`, cause);
    this.#refused = this.#told('UPLINK-016', topic, cause);
    return this.#refused;
  }

  #told(code: 'UPLINK-003' | 'UPLINK-005' | 'UPLINK-016' | 'UPLINK-018', got: string | null, cause: unknown = null) {
    return new UplinkError(code, this.options.where, got, cause ?? undefined);
  }
}

function clientOptions(options: MqttConnectOptions): IClientOptions {
  const { will, session } = options;
  return {
    protocolVersion: options.version === '5' ? 5 : 4,
    clientId: options.clientId,
    clean: session === undefined,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    // It would keep 65,536 buffers, 6 MB, to save a microsecond per packet.
    writeCache: false,
    // It would ask twenty times per packet whether somebody listens (measured: 1.5 µs).
    log: () => undefined,
    connectTimeout: options.connectTimeoutMs,
    keepalive: options.keepaliveS,
    ...(options.version === '5' ? optionsOf5(session) : {}),
    ...(will === null ? {} : { will: willOf(will) }),
    ...(options.username === null ? {} : { username: options.username }),
    ...(options.password === null ? {} : { password: options.password }),
    ...(options.ca === null ? {} : { ca: asBuffer(options.ca) }),
    ...(options.cert === null ? {} : { cert: asBuffer(options.cert) }),
    ...(options.key === null ? {} : { key: asBuffer(options.key) }),
  };
}

function reasonOf(code: number): string {
  return (ReasonCodes as Readonly<Record<number, string>>)[code] ?? String(code);
}

function willOf({ topic, payload, retain }: MqttMessage): NonNullable<IClientOptions['will']> {
  return { topic, payload: asBuffer(payload), retain, qos: 1 };
}

function optionsOf5(session: MqttConnectOptions['session']): IClientOptions {
  const consumer =
    session === undefined ? {} : { sessionExpiryInterval: session.expiryS, receiveMaximum: receiveMaximumOurs };
  return { properties: { maximumPacketSize: packetMaxBytes, ...consumer } };
}

/** The same bytes, not a copy of them. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
