/**
 * The district behind a broker: hears everything of one site, follows its chains, says what it has kept, and orders. It has its own
 * parsers, written after sync/asyncapi.yaml; a mistake shared with the product would be invisible.
 */
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { MqttConnection, MqttIncoming, MqttLink } from '../../sync/mqtt/mqtt-link.js';
import { CommandDesk } from './command-desk.js';
import type { Heard, HeardLane, HeardRow, Link } from './heard.js';
import { type Contradiction, HeardBook } from './heard-book.js';
import type { OpenGap } from './lane-chain.js';
import { Lanes } from './lanes.js';
import type { CentreOrder } from './orders.js';
import { readMessage, rootOf, type Site } from './read-message.js';
import { type ReceiptMode, ReceiptWriter } from './receipt-writer.js';
import type { HostileKind, OrderOptions, SentCommand } from './sent-command.js';
import { Signer } from './signing.js';

/** Messages in `heard`; the oldest are forgotten beyond it, and counted, so that a run of a week has a flat memory. */
const heardMaxDefault = 50_000;
/** How much `heard` is shortened by at once. */
const heardSlack = 1_000;
const reconnectMs = 1_000;
/** The broker keeps what comes for so long. */
const sessionS = 8 * 86_400;
/** Said while the broker could not be reached, and still to be published; the oldest goes first. */
const outboxMax = 1_000;

export interface SimCentreOptions extends Site {
  /** `broker.link(nearTraits)`: a way of its own. */
  readonly link: MqttLink;
  readonly clock: Clock;
  readonly random: () => number;
  /** Default none. */
  readonly receipts?: ReceiptMode;
  /** Default `district`. */
  readonly keyId?: string;
  /** Default 50,000 messages. */
  readonly heardMax?: number;
}

export class SimCentre {
  /** In the order of arrival, the newest 50,000. */
  readonly heard: Heard[] = [];
  readonly counts = { heard: 0, forgotten: 0, duplicates: 0, fromMemory: 0, unreadable: 0, statuses: 0, results: 0 };
  readonly countsByKind = new Map<string, number>();
  readonly countsByLane: Record<HeardLane, number> = { fire: 0, journal: 0, telemetry: 0 };
  /** Null: nothing heard of it. */
  status: 'online' | 'offline' | null = null;
  /** How long it takes to keep a message before the broker may forget it, ms. */
  keepDelayMs = 0;
  readonly receipts: ReceiptWriter;
  readonly #desk: CommandDesk;
  readonly #signer: Signer;
  readonly #book = new HeardBook();
  readonly #lanes = new Lanes();
  readonly #listeners: ((heard: Heard) => void)[] = [];
  readonly #root: string;
  #connection: MqttConnection | null = null;
  /** That told the last row. */
  #uplink: string | null = null;
  #isOpen = false;
  #isIll = false;
  #cancelRetry: Cancel | null = null;
  #outbox: { readonly topic: string; readonly payload: Uint8Array }[] = [];

  constructor(private readonly options: SimCentreOptions) {
    const { clock, random, district, site, receipts = 'none', keyId = 'district' } = options;
    this.#root = rootOf(options);
    this.#signer = new Signer(keyId, random);
    const stranger = new Signer('stranger', random);
    this.#desk = new CommandDesk({
      ...{ clock, random, district, site, signer: this.#signer, stranger },
      publish: (envelope) => this.#publish('command', envelope),
    });
    this.receipts = new ReceiptWriter(
      {
        ...{ clock, district, site, signer: this.#signer, kept: () => this.#lanes.kept },
        publish: (envelope) => this.#sayReceipt(envelope),
      },
      receipts,
    );
  }

  /** As `public_key` of a key of the site file wants it. */
  get publicKey(): string {
    return this.#signer.publicKey;
  }

  get keyId(): string {
    return this.#signer.keyId;
  }

  /** Every command with its answers, hostile ones too. */
  get sent(): readonly SentCommand[] {
    return this.#desk.sent;
  }

  get desk(): CommandDesk {
    return this.#desk;
  }

  get gaps(): readonly OpenGap[] {
    return this.#lanes.gaps;
  }

  get contradictions(): readonly Contradiction[] {
    return this.#book.contradictions;
  }

  /** The row was heard, and not lost in a restart. */
  keeps(id: string): boolean {
    return this.#book.keeps(id);
  }

  keepsDurable(id: string): boolean {
    return this.#book.hasDurable(id);
  }

  /** Everything of that lane and epoch up to this sequence is here. */
  headOf(lane: HeardLane, epoch: string): number {
    return this.#lanes.headOf(lane, epoch);
  }

  onHeard(listener: (heard: Heard) => void): void {
    this.#listeners.push(listener);
  }

  start(): void {
    this.#connect();
  }

  order(what: CentreOrder, over: OrderOptions = {}): SentCommand {
    return this.#desk.order(what, over);
  }

  attack(kind: HostileKind, victim?: SentCommand): SentCommand {
    return this.#desk.attack(kind, victim);
  }

  get isIll(): boolean {
    return this.#isIll;
  }

  /** It is away from the broker, which keeps what comes, until it is well again. */
  setIll(isIll: boolean): void {
    if (isIll === this.#isIll) return;
    this.#isIll = isIll;
    if (isIll) this.#letGo();
    else this.#connect();
  }

  /**
   * It restarts from what it had written down: what came within the last so many ms and was not receipted yet is gone, although the
   * broker was told that it has arrived. Only a village that counts receipts survives that.
   */
  restart(forgetMs: number): void {
    const { clock } = this.options;
    this.receipts.forget();
    this.#book.lose(this.#lanes.forgetSince(clock.mono() - forgetMs));
    this.#letGo();
    if (!this.#isIll) this.#connect();
  }

  #connect(): void {
    const { link, clock } = this.options;
    this.#cancelRetry = null;
    const root = this.#root;
    const connection = link.connect(
      {
        ...{ where: 'centre', url: 'mqtt://broker:1883', version: '5', clientId: `centre-${root}` },
        ...{ username: null, password: null, ca: null, cert: null, key: null, will: null },
        ...{ keepaliveS: 60, connectTimeoutMs: 10_000, session: { expiryS: sessionS } },
        subscriptions: [`${root}/report/+`, `${root}/telemetry`, `${root}/status`, `${root}/result`],
      },
      {
        onOpen: () => {
          this.#isOpen = true;
          for (const { topic, payload } of this.#outbox.splice(0)) this.#send(topic, payload);
        },
        onKeep: (message) => this.#keep(message),
        onClosed: () => {
          this.#isOpen = false;
          this.#connection = null;
          this.#cancelRetry = clock.after(reconnectMs, () => this.#connect());
        },
      },
    );
    this.#connection = connection;
  }

  #letGo(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#connection?.drop();
    this.#connection = null;
    this.#isOpen = false;
  }

  #keep(message: MqttIncoming): Promise<void> {
    this.#take(message);
    const { clock } = this.options;
    return this.keepDelayMs === 0
      ? Promise.resolve()
      : new Promise((resolve) => clock.after(this.keepDelayMs, resolve));
  }

  #take({ topic, payload, isRetained }: MqttIncoming): void {
    const atMono = this.options.clock.mono();
    const { said, parsed } = readMessage(this.options, topic, payload);
    const compared =
      said.what === 'report' || said.what === 'telemetry'
        ? this.#takeRow(said, atMono)
        : { isDuplicate: false, makesDurable: false };
    if (said.what === 'status') {
      this.status = said.state;
      this.counts.statuses += 1;
      // Whoever was away may have missed the last receipt.
      if (said.state === 'online' && this.#uplink !== null) this.receipts.due(this.#uplink);
    }
    if (said.what === 'result') {
      this.#desk.heard(said, atMono);
      this.counts.results += 1;
    }
    if (said.what === 'unreadable') this.counts.unreadable += 1;
    this.#tell({ ...said, topic, parsed, atMono, isRetained, ...compared });
  }

  #takeRow(row: HeardRow, atMono: number): ReturnType<HeardBook['take']> {
    const { id, lane, epoch, sequence, previous, position, after, uplink, passedOver } = row;
    const compared = this.#book.take(row);
    if (compared.isDuplicate && !compared.makesDurable) this.counts.duplicates += 1;
    if (!row.durable) this.counts.fromMemory += 1;
    if (!compared.isDuplicate) {
      this.countsByLane[lane] += 1;
      this.countsByKind.set(row.kind, (this.countsByKind.get(row.kind) ?? 0) + 1);
    }
    const own: readonly Link[] =
      sequence === null || previous === null || position === null
        ? []
        : [{ lane, epoch, sequence, previous, position }];
    for (const link of own) this.#lanes.add(link, after, id, atMono);
    for (const link of passedOver) {
      this.#lanes.add(link, null, null, atMono);
      this.#book.passOver(link);
    }
    this.#book.lookAtPredecessor(row, this.#lanes.headOf(lane, epoch));
    this.#uplink = uplink;
    if (uplink !== null) this.receipts.due(uplink);
    return compared;
  }

  #tell(heard: Heard): void {
    const { heardMax = heardMaxDefault } = this.options;
    this.counts.heard += 1;
    this.heard.push(heard);
    if (this.heard.length > heardMax + heardSlack) this.counts.forgotten += this.heard.splice(0, heardSlack).length;
    for (const listener of this.#listeners) listener(heard);
  }

  /** What is receipted is written down for good. */
  #sayReceipt(envelope: Uint8Array): void {
    this.#lanes.writeDown();
    this.#publish('receipt', envelope);
  }

  #publish(topic: 'command' | 'receipt', payload: Uint8Array): void {
    if (this.#isOpen) this.#send(topic, payload);
    else this.#putBack(topic, payload);
  }

  #send(topic: string, payload: Uint8Array): void {
    const message = { topic: `${this.#root}/${topic}`, payload, retain: false, contentType: null };
    const sent = this.#connection?.publish(message) ?? Promise.reject(new Error('not connected'));
    sent.catch(() => this.#putBack(topic, payload));
  }

  #putBack(topic: string, payload: Uint8Array): void {
    // A newer receipt says all that an older one says.
    if (topic === 'receipt') this.#outbox = this.#outbox.filter((each) => each.topic !== topic);
    this.#outbox.push({ topic, payload });
    if (this.#outbox.length > outboxMax) this.#outbox.shift();
  }
}
