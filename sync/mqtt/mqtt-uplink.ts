/**
 * Reports to a district's broker. One connection at a time, each with a client of its own:
 *
 *   resting ──delay──▶ connecting ──CONNACK──▶ greeting ──status PUBACK──▶ up
 *      ▲                   │                       │                       │
 *      └── refused, no answer, lost, no PUBACK for 10 s ◀──────────────────┘        stop(), from anywhere ──▶ stopped
 *
 * With TLS and a clock that can not be believed it rests and looks again every 5 s: no certificate can be judged then.
 */
import type { UplinkId } from '../../config/ids.js';
import type { MqttUplinkConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import { ReconnectRest } from '../reconnect-rest.js';
import type { LinkStatus } from '../templates/platform-facts.js';
import type { Traffic } from '../traffic.js';
import { type Report, type TelemetryReport, type Uplink, UplinkError, type UplinkEvents } from '../uplink.js';
import { withinMs } from '../within.js';
import { type CertificateDates, certificateDates } from './certificate-dates.js';
import { type SiteAddress, topicRoot } from './cloud-event.js';
import type { ExternalCodes } from './external-codes.js';
import { formatOf } from './formats/format-of.js';
import { fitting, type MessageFormat, type RoomFor } from './formats/message-format.js';
import { type DroppedIncoming, Incoming } from './incoming.js';
import type { MqttConnection, MqttLimits, MqttLink, MqttMessage } from './mqtt-link.js';
import { type ReadSecretFile, SecretReader, type UplinkSecrets } from './secrets.js';
import { TrafficCounter } from './traffic-counter.js';

const windowMaxReports = 20;
const messageMaxBytes = 16 * 1024;
/** An answer to a command carries what was asked for: a part of a file in base64. */
const answerMaxBytes = 64 * 1024;
/** Packet id and properties around a payload. */
const packetOverheadBytes = 48;
const connectTimeoutMs = 10_000;
/** A client that has not even told a time-out by then is stuck and is thrown away. */
const connectStuckMs = 15_000;
/** While something is unconfirmed the broker must confirm something within this, or the link is half open. */
const confirmMaxMs = 10_000;
const stopMaxMs = 1_500;
/** How often the clock is looked at while it can not be believed. */
const clockLookMs = 5_000;

export interface MqttUplinkOptions {
  readonly config: MqttUplinkConfig;
  readonly address: SiteAddress;
  /** Left out: the site has no codes at the platform. */
  readonly codes?: ExternalCodes;
  readonly link: MqttLink;
  readonly clock: Clock;
  readonly random: () => number;
  /** Default: from the disk. */
  readonly readSecretFile?: ReadSecretFile;
}

export class MqttUplink implements Uplink {
  readonly id: UplinkId;
  readonly #where: string;
  readonly #clientId: string;
  readonly #rest: ReconnectRest;
  readonly #secrets: SecretReader;
  readonly #format: MessageFormat;
  readonly #incoming: Incoming;
  readonly #traffic = new TrafficCounter();
  #events: UplinkEvents | null = null;
  #isStopped = false;
  #connection: MqttConnection | null = null;
  #limits: MqttLimits | null = null;
  #isUp = false;
  #upMono = 0;
  #heardMono: number | null = null;
  #unconfirmed = 0;
  /** When the broker must have confirmed something. */
  #confirmDueMono = 0;
  #certificate: CertificateDates | null = null;
  #isClockTold = false;
  #isImpaired = false;
  /** The rest before the next try; null while a try is under way or the link is up. */
  #cancelStuck: Cancel | null = null;
  #cancelConfirm: Cancel | null = null;
  readonly #roomFor: RoomFor = (topic) => this.#room(topic, messageMaxBytes);

  constructor(private readonly options: MqttUplinkOptions) {
    const { config, address, codes = null, clock } = options;
    this.id = config.id;
    this.#where = `uplink ${this.id}`;
    this.#clientId = config.clientId ?? `gengfu-${address.district}-${address.site}-${config.id}`;
    const { random } = options;
    this.#rest = new ReconnectRest({ siteKey: topicRoot(address), clock, random, onEnd: () => void this.#connect() });
    this.#secrets = new SecretReader(config, clock, options.readSecretFile);
    const { username } = config;
    this.#format = formatOf(config, { address, uplink: this.id, codes, clientId: this.#clientId, username });
    this.#incoming = new Incoming(config, address);
  }

  get windowMax(): number {
    return Math.min(windowMaxReports, this.#limits?.receiveMaximum ?? windowMaxReports);
  }

  /** When our own certificate ends, ms since 1970; null: there is none, or it was not read yet. */
  get certificateEndsWall(): number | null {
    return this.#certificate?.endsWall ?? null;
  }

  get lastHeardMono(): number | null {
    return this.#heardMono;
  }

  /** The broker answers each sign of life; twice the interval: one may be on its way. Null: the link does not tell what it hears. */
  get expectsHeardWithinMs(): number | null {
    return this.#connection?.tellsHeard === true ? this.options.config.keepaliveS * 2_000 : null;
  }

  /** What came and was not handed on. */
  get dropped(): DroppedIncoming {
    return this.#incoming.dropped;
  }

  /** Bytes of all connections since the start, TLS and websocket included. */
  traffic(): Traffic {
    return this.#traffic.total;
  }

  start(events: UplinkEvents): void {
    this.#events = events;
    void this.#connect();
  }

  send(report: Report): Promise<void> {
    return this.#sendAll(() => this.#format.report(report, this.#roomFor));
  }

  sendTelemetry(report: TelemetryReport): Promise<void> {
    if (this.options.config.telemetry === 'none') return Promise.resolve();
    return this.#sendAll(() => this.#format.telemetry(report, this.#roomFor));
  }

  answer(result: Uint8Array): Promise<void> {
    const topic = `${topicRoot(this.options.address)}/result`;
    const message = { topic, payload: result, retain: false, contentType: null };
    return this.#sendAll(() => [fitting(this.id, message, (name) => this.#room(name, answerMaxBytes))]);
  }

  hurry(): void {
    this.#rest.hurry();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#rest.stop();
    const connection = this.#connection;
    if (connection !== null) {
      const goodbye = this.#isUp ? this.#tellStatus(connection, { state: 'offline', reason: 'stopped' }) : null;
      const end = Promise.resolve(goodbye).then(() => connection.end());
      await withinMs(this.options.clock, stopMaxMs, end);
      connection.drop();
    }
    this.#forget();
  }

  /** Never rejects: whatever goes wrong ends in #closed. */
  async #connect(): Promise<void> {
    if (this.#waitsForClock()) return;
    let secrets: UplinkSecrets;
    try {
      secrets = await this.#secrets.read();
    } catch (error) {
      this.#closed(error instanceof UplinkError ? error : new UplinkError('UPLINK-007', this.#where, null, error));
      return;
    }
    if (this.#isStopped) return;
    this.#certificate = secrets.cert === null ? null : certificateDates(secrets.cert);
    const { config, link, clock } = this.options;
    const connection = link.connect(
      {
        where: this.#where,
        url: config.url,
        version: config.mqttVersion,
        clientId: this.#clientId,
        username: config.username,
        ...secrets,
        keepaliveS: config.keepaliveS,
        connectTimeoutMs,
        will: this.#format.will(),
        subscriptions: this.#incoming.topics,
      },
      {
        onOpen: (limits) => void this.#greet(connection, limits),
        onSubscribed: (refused) => {
          if (this.#connection === connection) this.#tellImpaired(refused);
        },
        onMessage: (message) => {
          if (this.#connection !== connection || this.#isStopped) return;
          const request = this.#incoming.take(message);
          if (request !== null) this.#events?.onRequest(request);
        },
        onHeard: () => {
          if (this.#connection === connection) this.#heardMono = clock.mono();
        },
        onClosed: (error) => {
          if (this.#connection === connection) this.#closed(this.#ownFault(error));
        },
      },
    );
    this.#connection = connection;
    this.#traffic.begin(connection);
    this.#cancelStuck = clock.after(connectStuckMs, () => this.#drop('UPLINK-001', 'no answer to CONNECT'));
  }

  /** Told once; a new try of the clock is no news. */
  #waitsForClock(): boolean {
    const { clock, config } = this.options;
    const isWaiting = /^(?:mqtts|wss):/.test(config.url) && clock.trust() === 'untrusted';
    if (!isWaiting) {
      this.#isClockTold = false;
      return false;
    }
    this.#rest.until(clock.mono() + clockLookMs);
    if (!this.#isClockTold) this.#events?.onDown(new UplinkError('UPLINK-009', this.#where));
    this.#isClockTold = true;
    return true;
  }

  /** A broker that closes on an expired certificate of ours says so in many ways, or not at all. */
  #ownFault(error: UplinkError): UplinkError {
    if (this.#certificate === null || this.#isUp || !['UPLINK-001', 'UPLINK-015'].includes(error.code)) return error;
    const { beginsWall, endsWall } = this.#certificate;
    const wall = this.options.clock.wall();
    const isGood = beginsWall <= wall && wall < endsWall;
    const wasReached = error.code === 'UPLINK-015' || !isUnreachable(error);
    return isGood || !wasReached ? error : new UplinkError('UPLINK-022', this.#where, error.got, error);
  }

  /** Tells the status before any report, so that a reader never sees a report of a site that is marked as gone. */
  async #greet(connection: MqttConnection, limits: MqttLimits): Promise<void> {
    this.#cancelStuck?.();
    this.#limits = limits;
    const { clock } = this.options;
    await this.#tellStatus(connection, { state: 'online', wall: clock.wall(), clock: clock.trust() });
    if (this.#connection !== connection || this.#isStopped) return;
    this.#isUp = true;
    this.#upMono = clock.mono();
    this.#events?.onUp();
  }

  /** Never rejects: a broker that forbids only the status topic still gets the reports. */
  async #tellStatus(connection: MqttConnection, status: LinkStatus): Promise<void> {
    await this.#publishAll(connection, this.#format.status(status)).catch(() => undefined);
  }

  #tellImpaired(error: UplinkError | null): void {
    if (error === null && !this.#isImpaired) return;
    this.#isImpaired = error !== null;
    this.#events?.onImpaired?.(error);
  }

  /** Not async: of a drain of 100,000 reports every promise that is saved counts. */
  #sendAll(make: () => readonly MqttMessage[]): Promise<void> {
    const connection = this.#connection;
    if (connection === null || !this.#isUp) return Promise.reject(new UplinkError('UPLINK-003', this.#where));
    let messages: readonly MqttMessage[];
    try {
      messages = make();
    } catch (error) {
      return Promise.reject(error);
    }
    const [first] = messages;
    return messages.length === 1 && first !== undefined
      ? this.#publish(connection, first)
      : this.#publishAll(connection, messages);
  }

  /** One after the other: together they are one report of the window. */
  async #publishAll(connection: MqttConnection, messages: readonly MqttMessage[]): Promise<void> {
    for (const message of messages) await this.#publish(connection, message);
  }

  #publish(connection: MqttConnection, message: MqttMessage): Promise<void> {
    this.#unconfirmed += 1;
    if (this.#unconfirmed === 1) this.#watchConfirms();
    return connection.publish(message).then(
      () => this.#confirmed(connection),
      (error: unknown) => {
        this.#confirmed(connection);
        throw error;
      },
    );
  }

  #confirmed(connection: MqttConnection): void {
    if (this.#connection !== connection) return;
    this.#unconfirmed -= 1;
    this.#confirmDueMono = this.options.clock.mono() + confirmMaxMs;
  }

  /** One timer that looks again, not one for each confirmation. */
  #watchConfirms(): void {
    const { clock } = this.options;
    this.#confirmDueMono = clock.mono() + confirmMaxMs;
    this.#cancelConfirm ??= clock.after(confirmMaxMs, () => this.#lookAtConfirms());
  }

  #lookAtConfirms(): void {
    this.#cancelConfirm = null;
    if (this.#unconfirmed === 0) return;
    const { clock } = this.options;
    const restMs = this.#confirmDueMono - clock.mono();
    if (restMs > 0) this.#cancelConfirm = clock.after(restMs, () => this.#lookAtConfirms());
    else this.#drop('UPLINK-004', 'no PUBACK for 10 s');
  }

  #drop(code: 'UPLINK-001' | 'UPLINK-004', got: string): void {
    const connection = this.#connection;
    this.#closed(new UplinkError(code, this.#where, got));
    connection?.drop();
  }

  #closed(error: UplinkError): void {
    const upForMs = this.#isUp ? this.options.clock.mono() - this.#upMono : null;
    this.#forget();
    if (this.#isStopped) return;
    this.#rest.begin(upForMs);
    this.#events?.onDown(error);
  }

  #forget(): void {
    this.#traffic.end();
    this.#connection = null;
    this.#limits = null;
    this.#isUp = false;
    this.#unconfirmed = 0;
    for (const cancel of [this.#cancelStuck, this.#cancelConfirm]) cancel?.();
    this.#cancelStuck = null;
    this.#cancelConfirm = null;
  }

  #room(topic: string, maxBytes: number): number {
    const packetMaxBytes = this.#limits?.packetMaxBytes ?? Number.POSITIVE_INFINITY;
    return Math.min(maxBytes, packetMaxBytes - packetOverheadBytes - Buffer.byteLength(topic));
  }
}

/** The broker was not even reached: no certificate was looked at. */
function isUnreachable(error: UplinkError): boolean {
  const { cause } = error;
  return (
    cause instanceof Error && 'syscall' in cause && (cause.syscall === 'connect' || cause.syscall === 'getaddrinfo')
  );
}
