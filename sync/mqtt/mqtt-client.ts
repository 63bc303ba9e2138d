/** The only file that imports mqtt. One client per connection; its own queue, reconnect and resubscribe are never used. */
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { quoteOutside } from '../../config/problem.js';
import { UplinkError } from '../uplink.js';
import type { MqttConnection, MqttConnectionEvents, MqttConnectOptions, MqttLink, MqttMessage } from './mqtt-link.js';

const receiveMaximumDefault = 65_535;
/** CONNACK and PUBACK codes of both protocol versions that mean: not with this name, password or certificate. */
const refusedCodes: ReadonlySet<number> = new Set([2, 4, 5, 0x85, 0x86, 0x87, 0x8a, 0x8c]);
/** System codes of TLS that mean: one side does not believe the other. */
const refusedTls = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/;
/** What OpenSSL says of a certificate or key file that is none. */
const unreadablePem = /^ERR_OSSL/;

export class MqttClientLink implements MqttLink {
  connect(options: MqttConnectOptions, events: MqttConnectionEvents): MqttConnection {
    return new ClientConnection(options, events);
  }
}

class ClientConnection implements MqttConnection {
  readonly #client: MqttClient | null;
  #isOpen = false;
  #isOver = false;
  /** Rejects what is unconfirmed when the connection ends: the client itself calls back only some of it. */
  readonly #unconfirmed = new Set<(error: UplinkError) => void>();

  constructor(
    private readonly options: MqttConnectOptions,
    private readonly events: MqttConnectionEvents,
  ) {
    this.#client = this.#begin();
  }

  publish(message: MqttMessage): Promise<void> {
    const client = this.#client;
    // Checked because the client would keep it in a store of its own and send it when nobody expects it any more.
    if (client === null || !this.#isOpen || this.#isOver || !client.connected) return Promise.reject(this.#lost(null));
    return new Promise((resolve, reject) => {
      this.#unconfirmed.add(reject);
      const properties = this.options.version === '5' ? { properties: { contentType: message.contentType } } : {};
      const how = { qos: 1, retain: message.retain, ...properties } as const;
      client.publish(message.topic, Buffer.from(message.payload), how, (error) => {
        this.#unconfirmed.delete(reject);
        if (error) reject(this.#refusal(error));
        else resolve();
      });
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
      client = connect(this.options.url, clientOptions(this.options));
    } catch (cause) {
      // An unreadable certificate or address; told like any other failed try, after the caller has its connection.
      queueMicrotask(() => this.#over(this.#connectError(cause)));
      return null;
    }
    client.on('connect', (packet) => {
      this.#isOpen = true;
      this.events.onOpen({
        receiveMaximum: packet.properties?.receiveMaximum ?? receiveMaximumDefault,
        packetMaxBytes: packet.properties?.maximumPacketSize ?? null,
      });
    });
    client.on('error', (error) => this.#fail(error));
    client.on('disconnect', (packet) => this.#fail(new Error(`the broker said goodbye (${packet.reasonCode ?? 0})`)));
    client.on('close', () => this.#fail(null));
    return client;
  }

  #fail(cause: Error | null): void {
    if (this.#isOver) return;
    this.#over(this.#isOpen ? this.#lost(cause) : this.#connectError(cause));
    this.#client?.end(true);
  }

  /** @param error null when we ourselves end it. */
  #over(error: UplinkError | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const unconfirmed = [...this.#unconfirmed];
    this.#unconfirmed.clear();
    for (const reject of unconfirmed) reject(this.#lost(error));
    if (error !== null) this.events.onClosed(error);
  }

  #lost(cause: Error | null): UplinkError {
    return new UplinkError('UPLINK-003', this.options.where, cause === null ? null : textOf(cause), cause);
  }

  #connectError(cause: unknown): UplinkError {
    const code = String(codeOf(cause));
    const got = cause === null ? 'closed before an answer' : textOf(cause);
    const isRefusal = refusedCodes.has(Number(code)) || refusedTls.test(code);
    const ours = unreadablePem.test(code) ? 'UPLINK-007' : isRefusal ? 'UPLINK-002' : 'UPLINK-001';
    return new UplinkError(ours, this.options.where, got, cause);
  }

  #refusal(cause: Error): UplinkError {
    const isAnswer = typeof codeOf(cause) === 'number';
    return isAnswer ? new UplinkError('UPLINK-005', this.options.where, textOf(cause), cause) : this.#lost(cause);
  }
}

function clientOptions(options: MqttConnectOptions): IClientOptions {
  return {
    protocolVersion: options.version === '5' ? 5 : 4,
    clientId: options.clientId,
    clean: true,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    // It would keep 65,536 buffers, 6 MB, to save a microsecond per packet.
    writeCache: false,
    connectTimeout: options.connectTimeoutMs,
    keepalive: options.keepaliveS,
    will: { ...options.will, payload: Buffer.from(options.will.payload), qos: 1 },
    ...(options.username === null ? {} : { username: options.username }),
    ...(options.password === null ? {} : { password: options.password }),
    ...(options.ca === null ? {} : { ca: Buffer.from(options.ca) }),
    ...(options.cert === null ? {} : { cert: Buffer.from(options.cert) }),
    ...(options.key === null ? {} : { key: Buffer.from(options.key) }),
  };
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : null;
}

function textOf(cause: unknown): string {
  const code = codeOf(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  return quoteOutside(typeof code === 'string' && !message.includes(code) ? `${code} ${message}` : message);
}
