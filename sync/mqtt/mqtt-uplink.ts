/**
 * Reports to a district's broker. One connection at a time, each with a client of its own:
 *
 *   resting ──delay──▶ connecting ──CONNACK──▶ greeting ──status PUBACK──▶ up
 *      ▲                   │                       │                       │
 *      └── refused, no answer, lost, no PUBACK for 10 s ◀──────────────────┘        stop(), from anywhere ──▶ stopped
 */
import type { UplinkId } from '../../config/ids.js';
import type { UplinkConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import { type Report, type Uplink, UplinkError, type UplinkEvents } from '../uplink.js';
import { withinMs } from '../within.js';
import { reportTopic, type SiteAddress, toCloudEvent, topicRoot } from './cloud-event.js';
import type { MqttConnection, MqttLimits, MqttLink, MqttMessage } from './mqtt-link.js';
import { ReconnectDelay } from './reconnect-delay.js';
import { toRfc3339 } from './rfc3339.js';
import { type MqttSecrets, type ReadSecretFile, SecretReader } from './secrets.js';

const windowMaxReports = 20;
const messageMaxBytes = 16 * 1024;
/** Topic length, packet id and properties around a payload. */
const packetOverheadBytes = 32;
/** What the MQTT binding of CloudEvents 1.0 asks of structured mode. */
const reportMediaType = 'application/cloudevents+json; charset=utf-8';
const keepaliveS = 60;
const connectTimeoutMs = 10_000;
/** A client that has not even told a time-out by then is stuck and is thrown away. */
const connectStuckMs = 15_000;
/** While something is unconfirmed the broker must confirm something within this, or the link is half open. */
const confirmMaxMs = 10_000;
const stopMaxMs = 1_500;
/** While a fire report waits a rest ends within this, spread so that sites do not come all at once; seldom enough that a
 * broker that refuses us is not stormed. */
const hurrySpreadMs = 2_000;
const hurryEveryMs = 10_000;

export interface MqttUplinkOptions {
  readonly config: UplinkConfig;
  readonly address: SiteAddress;
  readonly link: MqttLink;
  readonly clock: Clock;
  readonly random: () => number;
  /** Default: from the disk. */
  readonly readSecretFile?: ReadSecretFile;
}

type StatusWord = 'online' | 'stopped' | 'lost';

export class MqttUplink implements Uplink {
  readonly id: UplinkId;
  readonly #where: string;
  readonly #delay: ReconnectDelay;
  readonly #secrets: SecretReader;
  #events: UplinkEvents | null = null;
  #isStopped = false;
  #connection: MqttConnection | null = null;
  #limits: MqttLimits | null = null;
  #isUp = false;
  #unconfirmed = 0;
  /** The rest before the next try; null while a try is under way or the link is up. */
  #cancelRetry: Cancel | null = null;
  #retryAtMono = 0;
  #isRestHurried = false;
  #mayHurryFromMono = 0;
  #cancelStuck: Cancel | null = null;
  #cancelConfirm: Cancel | null = null;

  constructor(private readonly options: MqttUplinkOptions) {
    this.id = options.config.id;
    this.#where = `uplink ${this.id}`;
    this.#delay = new ReconnectDelay(topicRoot(options.address), options.random);
    this.#secrets = new SecretReader(options.config, options.clock, options.readSecretFile);
  }

  get windowMax(): number {
    return Math.min(windowMaxReports, this.#limits?.receiveMaximum ?? windowMaxReports);
  }

  start(events: UplinkEvents): void {
    this.#events = events;
    void this.#connect();
  }

  async send(report: Report): Promise<void> {
    const connection = this.#connection;
    if (connection === null || !this.#isUp) throw new UplinkError('UPLINK-003', this.#where);
    await this.#publish(connection, this.#encode(report));
  }

  hurry(): void {
    if (this.#cancelRetry === null || this.#isRestHurried) return;
    const { clock, random } = this.options;
    const fromMono = Math.max(clock.mono(), this.#mayHurryFromMono);
    const atMono = fromMono + random() * hurrySpreadMs;
    if (atMono >= this.#retryAtMono) return;
    this.#mayHurryFromMono = fromMono + hurryEveryMs;
    this.#restUntil(atMono);
    this.#isRestHurried = true;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    const connection = this.#connection;
    if (connection !== null) {
      const goodbye = this.#isUp ? connection.publish(this.#status('stopped')) : Promise.resolve();
      const end = goodbye.then(
        () => connection.end(),
        () => connection.end(),
      );
      await withinMs(this.options.clock, stopMaxMs, end);
      connection.drop();
    }
    this.#forget();
  }

  /** Never rejects: whatever goes wrong ends in #closed. */
  async #connect(): Promise<void> {
    this.#cancelRetry = null;
    let secrets: MqttSecrets;
    try {
      secrets = await this.#secrets.read();
    } catch (error) {
      this.#closed(error instanceof UplinkError ? error : new UplinkError('UPLINK-007', this.#where, null, error));
      return;
    }
    if (this.#isStopped) return;
    const { config, address, link, clock } = this.options;
    const connection = link.connect(
      {
        where: this.#where,
        url: config.url,
        version: config.mqttVersion,
        clientId: `gengfu-${address.district}-${address.site}-${config.id}`,
        username: config.username,
        ...secrets,
        keepaliveS,
        connectTimeoutMs,
        will: this.#status('lost'),
      },
      {
        onOpen: (limits) => void this.#greet(connection, limits),
        onClosed: (error) => {
          if (this.#connection === connection) this.#closed(error);
        },
      },
    );
    this.#connection = connection;
    this.#cancelStuck = clock.after(connectStuckMs, () => this.#drop('UPLINK-001', 'no answer to CONNECT'));
  }

  /** Tells the status before any report, so that a reader never sees a report of a site that is marked as gone. */
  async #greet(connection: MqttConnection, limits: MqttLimits): Promise<void> {
    this.#cancelStuck?.();
    this.#limits = limits;
    // A broker that forbids only the status topic still gets the reports.
    await this.#publish(connection, this.#status('online')).catch(() => undefined);
    if (this.#connection !== connection || this.#isStopped) return;
    this.#isUp = true;
    this.#delay.reset();
    this.#events?.onUp();
  }

  async #publish(connection: MqttConnection, message: MqttMessage): Promise<void> {
    this.#unconfirmed += 1;
    if (this.#unconfirmed === 1) this.#armConfirm();
    try {
      await connection.publish(message);
    } finally {
      if (this.#connection === connection) this.#confirmed();
    }
  }

  #confirmed(): void {
    this.#unconfirmed -= 1;
    this.#cancelConfirm?.();
    this.#cancelConfirm = null;
    if (this.#unconfirmed > 0) this.#armConfirm();
  }

  #armConfirm(): void {
    this.#cancelConfirm = this.options.clock.after(confirmMaxMs, () => this.#drop('UPLINK-004', 'no PUBACK for 10 s'));
  }

  #drop(code: 'UPLINK-001' | 'UPLINK-004', got: string): void {
    const connection = this.#connection;
    this.#closed(new UplinkError(code, this.#where, got));
    connection?.drop();
  }

  #closed(error: UplinkError): void {
    const wasOpen = this.#isUp;
    this.#forget();
    if (this.#isStopped) return;
    this.#restUntil(this.options.clock.mono() + this.#delay.nextMs(wasOpen));
    this.#events?.onDown(error);
  }

  #restUntil(atMono: number): void {
    this.#cancelRetry?.();
    this.#retryAtMono = atMono;
    this.#isRestHurried = false;
    const { clock } = this.options;
    this.#cancelRetry = clock.after(Math.max(0, atMono - clock.mono()), () => void this.#connect());
  }

  #forget(): void {
    this.#connection = null;
    this.#limits = null;
    this.#isUp = false;
    this.#unconfirmed = 0;
    for (const cancel of [this.#cancelStuck, this.#cancelConfirm]) cancel?.();
    this.#cancelStuck = null;
    this.#cancelConfirm = null;
  }

  /** Throws UPLINK-006 when even without its detail it is larger than we or the broker allow. */
  #encode(report: Report): MqttMessage {
    const topic = reportTopic(this.options.address, report);
    const packetMaxBytes = this.#limits?.packetMaxBytes ?? Number.POSITIVE_INFINITY;
    const payloadMaxBytes = Math.min(messageMaxBytes, packetMaxBytes - packetOverheadBytes - Buffer.byteLength(topic));
    const whole = toCloudEvent(this.options.address, report);
    const payload = whole.length <= payloadMaxBytes ? whole : toCloudEvent(this.options.address, report, true);
    if (payload.length > payloadMaxBytes) {
      throw new UplinkError('UPLINK-006', this.#where, `${payload.length} of ${payloadMaxBytes} bytes`);
    }
    return { topic, payload, retain: false, contentType: reportMediaType };
  }

  /** The will has no time: it is written when connecting and published when nobody knows. */
  #status(word: StatusWord): MqttMessage {
    const status =
      word === 'online'
        ? { state: 'online', since: toRfc3339(this.options.clock.wall()), clock: this.options.clock.trust() }
        : { state: 'offline', reason: word };
    return {
      topic: `${topicRoot(this.options.address)}/status`,
      payload: Buffer.from(JSON.stringify(status)),
      retain: true,
      contentType: 'application/json',
    };
  }
}
