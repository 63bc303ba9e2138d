/**
 * A strict MQTT broker behind the seam of sync/mqtt/mqtt-link.ts, in memory and on the clock it is given. It takes what the standard lets
 * a client do and hangs up on the rest, counted in `violations`. What goes wrong between a client and it: link-faults.ts; what goes wrong
 * with itself: the verbs below.
 */
import type { Cancel, Clock } from '../../drivers/clock.js';
import type {
  MqttConnection,
  MqttConnectionEvents,
  MqttConnectOptions,
  MqttLink,
  MqttMessage,
} from '../../sync/mqtt/mqtt-link.js';
import type { BrokerConnection, BrokerEnd } from './broker-connection.js';
import { BrokerSession } from './broker-session.js';
import { DelayPath, type PathTraits } from './delay-path.js';
import { noFaults, usualTraits } from './link-faults.js';
import { publishBytes } from './packet-size.js';
import { SimMqttLink } from './sim-mqtt-link.js';
import { isTopic } from './topic-filter.js';

/** What the protocol allows a client to have unconfirmed when the broker does not say (MQTT 5.0 §3.2.2.3.3). */
const receiveMaximumUsual = 65_535;
/** Violations that are kept; the next ones are only counted. */
const violationsMax = 100;

export interface SimBrokerOptions {
  readonly clock: Clock;
  /** 0 ≤ r < 1. */
  readonly random: () => number;
  /** Default 65,535. */
  readonly receiveMaximum?: number;
  /** Of a whole packet. Default: any. */
  readonly packetMaxBytes?: number | null;
  /** User name → password. Left out: anybody is let in. */
  readonly accounts?: ReadonlyMap<string, string>;
  /** Of the broker as a link; default usualTraits. */
  readonly traits?: PathTraits;
}

export interface Outage {
  /** Nobody listens for so long, ms. */
  readonly downMs: number;
  /** It comes back without what it had retained. */
  readonly losesRetained?: boolean;
  /** It comes back without its sessions: what it had confirmed and not yet handed on is lost. */
  readonly losesSessions?: boolean;
}

export class SimBroker implements MqttLink, BrokerEnd {
  /** The link of the box; `faults` are its faults. */
  readonly front: SimMqttLink;
  readonly counts = { taken: 0, handedOut: 0, wills: 0, takeovers: 0, restarts: 0, violations: 0 };
  /** What a client did that the standard forbids, the first hundred. */
  readonly violations: string[] = [];
  /** Above 0: messages of different topics overtake each other by so much, ms. Of one topic they keep their order. */
  shuffleMs = 0;
  readonly #links = new Map<BrokerConnection['world'], SimMqttLink>();
  readonly #retained = new Map<string, MqttMessage>();
  readonly #sessions = new Map<string, BrokerSession>();
  readonly #expiries = new Map<string, Cancel>();
  /** By topic, while messages are shuffled. */
  readonly #shuffled = new Map<string, DelayPath>();
  #isDown = false;

  constructor(private readonly options: SimBrokerOptions) {
    this.front = this.link(options.traits ?? usualTraits);
  }

  get faults(): SimMqttLink['faults'] {
    return this.front.faults;
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  connect(options: MqttConnectOptions, events: MqttConnectionEvents): MqttConnection {
    return this.front.connect(options, events);
  }

  /** A way of its own to the broker, with faults of its own. */
  link(traits: PathTraits): SimMqttLink {
    const { clock, random } = this.options;
    const world = { clock, random, faults: noFaults(traits), broker: this };
    const link = new SimMqttLink(world);
    this.#links.set(world, link);
    return link;
  }

  retained(topic: string): Uint8Array | null {
    return this.#retained.get(topic)?.payload ?? null;
  }

  isConnected(clientId: string): boolean {
    return (this.#sessions.get(clientId)?.connection ?? null) !== null;
  }

  /** Messages that are confirmed to whoever sent them and have not reached everybody who hears them. */
  get backlog(): number {
    return [...this.#sessions.values()].reduce((sum, session) => sum + session.backlog, 0);
  }

  /** It crashes, and is there again after a while. Nobody's will is published: it forgets them. */
  restart({ downMs, losesRetained = false, losesSessions = false }: Outage): void {
    this.counts.restarts += 1;
    this.#isDown = true;
    for (const path of this.#shuffled.values()) {
      if (losesSessions) path.cut();
      else path.flush();
    }
    this.#shuffled.clear();
    for (const session of [...this.#sessions.values()]) {
      session.connection?.hangUp('read ECONNRESET');
      const isKept = session.connection?.isPersistent ?? true;
      session.detach();
      if (losesSessions || !isKept) this.#forgetSession(session);
    }
    if (losesRetained) this.#retained.clear();
    this.options.clock.after(downMs, () => {
      this.#isDown = false;
    });
  }

  /** Another client comes with the same id: the one who has it is told to go (MQTT 5.0 §3.1.4), and its will is published. */
  takeOver(clientId: string): void {
    const connection = this.#sessions.get(clientId)?.connection ?? null;
    if (connection === null) return;
    this.counts.takeovers += 1;
    this.#end(connection, 'the broker said goodbye (142)');
  }

  /** Somebody says something who has the right to: no connection, no fault. */
  say(message: MqttMessage): void {
    this.#route(message, 0);
  }

  // ── what reaches it

  onConnect(from: BrokerConnection): void {
    const { faults, random, clock } = from.world;
    const { clientId, username, password, session } = from.options;
    if (this.#isDown) {
      from.refuse();
      return;
    }
    if (typeof faults.door === 'object') {
      from.deny(faults.door.denies);
      return;
    }
    const { accounts, receiveMaximum = receiveMaximumUsual, packetMaxBytes = null } = this.options;
    if (accounts !== undefined && (username === null || accounts.get(username) !== password)) {
      from.deny('UPLINK-002');
      return;
    }
    this.takeOver(clientId);
    if (session === undefined) this.#forgetSession(this.#sessionOf(clientId));
    this.#expiries.get(clientId)?.();
    this.#expiries.delete(clientId);
    const own = this.#sessionOf(clientId);
    own.attach(from);
    from.accept({ receiveMaximum, packetMaxBytes });
    own.pump();
    if (faults.door === 'storm') {
      clock.after(random() * faults.stormMs, () => {
        if (from.isKnown) this.#end(from, 'the broker hung up');
      });
    }
  }

  onSubscribe(from: BrokerConnection): void {
    const session = this.#sessionOfKnown(from);
    if (session === null) return;
    const { subscriptions = [], version, session: lasting } = from.options;
    const refused = subscriptions.filter((filter) => from.world.faults.refusesSubscribe(filter));
    session.subscriptions = subscriptions.filter((filter) => !refused.includes(filter));
    from.subscribed(refused);
    // A client with a clean session asks for nothing retained, where it can ask (MQTT 5.0 §3.8.3.1); a lasting one is told it anew each time.
    if (lasting === undefined && version === '5') return;
    for (const [topic, message] of this.#retained) if (session.hears(topic)) session.offer(message, true);
  }

  onPublish(from: BrokerConnection, id: number, message: MqttMessage): void {
    const session = this.#sessionOfKnown(from);
    if (session === null) return;
    const { faults, random } = from.world;
    const { receiveMaximum = receiveMaximumUsual, packetMaxBytes = null } = this.options;
    from.unacked.add(id);
    const bytes = publishBytes(message, from.options.version);
    if (from.unacked.size > receiveMaximum) this.#violated(from, `${from.unacked.size} unconfirmed (147)`);
    else if (packetMaxBytes !== null && bytes > packetMaxBytes)
      this.#violated(from, `a packet of ${bytes} bytes (149)`);
    else if (!isTopic(message.topic)) this.#violated(from, 'no topic name (144)');
    else {
      const refusal = faults.refusesPublish(message.topic);
      if (refusal !== null) {
        if (from.options.version === '3.1.1') this.#end(from, 'closed by the broker');
        else from.confirm(id, refusal === 'denied' ? 'UPLINK-016' : 'UPLINK-005');
        return;
      }
      this.counts.taken += 1;
      this.#route(message, faults.duplicateShare);
      if (faults.ackLossShare > 0 && random() < faults.ackLossShare) this.#end(from, 'read ECONNRESET');
      else this.#confirm(from, id);
    }
  }

  onAck(from: BrokerConnection, id: number): void {
    this.#sessionOfKnown(from)?.acked(id);
  }

  onGoodbye(from: BrokerConnection): void {
    this.#leave(from);
  }

  onLost(from: BrokerConnection): void {
    if (!from.isKnown) return;
    this.#leave(from);
    this.#publishWill(from);
  }

  #confirm(from: BrokerConnection, id: number): void {
    const link = this.#links.get(from.world);
    if (link?.withholdsAcks === true) link.holdAck({ connection: from, id });
    else from.confirm(id, null);
  }

  #violated(from: BrokerConnection, what: string): void {
    this.counts.violations += 1;
    if (this.violations.length < violationsMax) this.violations.push(`${from.options.clientId}: ${what}`);
    this.#end(from, `the broker said goodbye: ${what}`);
  }

  /** The broker ends it; what follows a lost connection follows. */
  #end(connection: BrokerConnection, got: string): void {
    this.#leave(connection);
    connection.hangUp(got);
    this.#publishWill(connection);
  }

  #leave(connection: BrokerConnection): void {
    const session = this.#sessionOfKnown(connection);
    connection.isKnown = false;
    if (session === null) return;
    session.detach();
    const { session: lasting, clientId } = connection.options;
    if (lasting === undefined) {
      this.#forgetSession(session);
      return;
    }
    const cancel = this.options.clock.after(lasting.expiryS * 1000, () => this.#forgetSession(session));
    this.#expiries.set(clientId, cancel);
  }

  #publishWill({ options: { will } }: BrokerConnection): void {
    if (will === null) return;
    this.counts.wills += 1;
    this.#route(will, 0);
  }

  #route(message: MqttMessage, duplicateShare: number): void {
    const { clock, random } = this.options;
    const path = this.#shuffled.get(message.topic);
    if (this.shuffleMs === 0 && (path?.isEmpty ?? true)) {
      this.#handOut(message, duplicateShare);
      return;
    }
    // A topic that has messages under way keeps its path until they are out.
    const own =
      path ??
      new DelayPath(clock, random, () => ({ minMs: 0, maxMs: this.shuffleMs, bytesPerS: Number.POSITIVE_INFINITY }));
    this.#shuffled.set(message.topic, own);
    own.send(0, () => this.#handOut(message, duplicateShare));
  }

  #handOut(message: MqttMessage, duplicateShare: number): void {
    if (message.retain) {
      if (message.payload.length === 0) this.#retained.delete(message.topic);
      else this.#retained.set(message.topic, message);
    }
    for (const session of this.#sessions.values()) {
      if (!session.hears(message.topic)) continue;
      this.counts.handedOut += 1;
      session.offer(message, false);
      const share = Math.max(duplicateShare, session.connection?.world.faults.duplicateShare ?? 0);
      if (share > 0 && this.options.random() < share) session.offer(message, false);
    }
  }

  #sessionOf(clientId: string): BrokerSession {
    const known = this.#sessions.get(clientId);
    if (known !== undefined) return known;
    const made = new BrokerSession(clientId);
    this.#sessions.set(clientId, made);
    return made;
  }

  #sessionOfKnown(connection: BrokerConnection): BrokerSession | null {
    if (!connection.isKnown) return null;
    const session = this.#sessions.get(connection.options.clientId);
    return session?.connection === connection ? session : null;
  }

  #forgetSession(session: BrokerSession): void {
    this.#sessions.delete(session.clientId);
    this.#expiries.get(session.clientId)?.();
    this.#expiries.delete(session.clientId);
  }
}
