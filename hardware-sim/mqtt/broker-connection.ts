/**
 * One connection between a client and the broker, both ends and the two paths between them. Each end knows only what has reached it: the
 * client may believe in a connection that the broker has forgotten, and the other way round.
 */
import type { Cancel, Clock } from '../../drivers/clock.js';
import type {
  MqttBytes,
  MqttConnection,
  MqttConnectionEvents,
  MqttConnectOptions,
  MqttLimits,
  MqttMessage,
} from '../../sync/mqtt/mqtt-link.js';
import { UplinkError, type UplinkErrorCode } from '../../sync/uplink.js';
import { DelayPath } from './delay-path.js';
import type { LinkFaults } from './link-faults.js';
import { ackBytes, connackBytes, connectBytes, disconnectBytes, publishBytes, subscribeBytes } from './packet-size.js';

/** Packet ids are 1 to 65,535; one that is unconfirmed is not used again. */
const packetIdMax = 65_535;
/** Keep-alive packets are not simulated one by one; whoever hears nothing for one and a half intervals gives up (MQTT 5.0 §3.1.2.10). The
 * last one was somewhere in the interval before. */
const patience = 1.5;

/** The broker's side of connections: what has reached it. */
export interface BrokerEnd {
  onConnect(from: BrokerConnection): void;
  onSubscribe(from: BrokerConnection): void;
  onPublish(from: BrokerConnection, id: number, message: MqttMessage): void;
  onAck(from: BrokerConnection, id: number): void;
  /** It said DISCONNECT. */
  onGoodbye(from: BrokerConnection): void;
  /** It is gone without a word. */
  onLost(from: BrokerConnection): void;
}

export interface ConnectionWorld {
  readonly clock: Clock;
  readonly random: () => number;
  readonly faults: LinkFaults;
  readonly broker: BrokerEnd;
}

interface Pending {
  readonly topic: string;
  readonly resolve: () => void;
  readonly reject: (error: UplinkError) => void;
}

export class BrokerConnection implements MqttConnection {
  /** The broker believes in it. */
  isKnown = false;
  /** Received from the client and not confirmed yet. */
  readonly unacked = new Set<number>();
  readonly #up: DelayPath;
  readonly #down: DelayPath;
  readonly #pending = new Map<number, Pending>();
  readonly #timers: Cancel[] = [];
  #nextId = 1;
  #sent = 0;
  #received = 0;
  #isOpen = false;
  /** For the client. */
  #isOver = false;
  /** It vanishes: nothing arrives in either direction any more. */
  #isDead = false;

  constructor(
    readonly options: MqttConnectOptions,
    private readonly events: MqttConnectionEvents,
    readonly world: ConnectionWorld,
  ) {
    const { clock, random, faults, broker } = world;
    this.#up = new DelayPath(clock, random, () => faults.traits);
    this.#down = new DelayPath(clock, random, () => faults.traits);
    const { door } = faults;
    if (door === 'stuck') return;
    this.#after(options.connectTimeoutMs, () => {
      if (!this.#isOpen) this.#fail('UPLINK-001', 'connack timeout');
    });
    if (door === 'unreachable') return;
    if (door === 'refused') this.refuse();
    else this.#send(connectBytes(options), () => broker.onConnect(this));
  }

  /** Both ends know that it is over. */
  get isFinished(): boolean {
    return this.#isOver && !this.isKnown;
  }

  // ── the client's end

  get bytes(): MqttBytes {
    return { sent: this.#sent, received: this.#received };
  }

  publish(message: MqttMessage): Promise<void> {
    if (!this.#isOpen || this.#isOver) return Promise.reject(this.#error('UPLINK-003'));
    if (this.#pending.size >= packetIdMax) {
      return Promise.reject(this.#error('UPLINK-005', `${message.topic}: no packet id is free`));
    }
    while (this.#pending.has(this.#nextId)) this.#nextId = (this.#nextId % packetIdMax) + 1;
    const id = this.#nextId;
    this.#nextId = (id % packetIdMax) + 1;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { topic: message.topic, resolve, reject });
      this.#send(publishBytes(message, this.options.version), () => this.world.broker.onPublish(this, id, message));
    });
  }

  end(): Promise<void> {
    const wasOver = this.#isOver;
    this.#close(null);
    if (wasOver) return Promise.resolve();
    return new Promise((resolve) => {
      this.#send(disconnectBytes, () => {
        this.world.broker.onGoodbye(this);
        this.#down.send(0, resolve);
      });
    });
  }

  drop(): void {
    if (this.#isOver) return;
    this.#close(null);
    this.#up.send(0, () => this.world.broker.onLost(this));
  }

  /** Its process is gone: it hears and says nothing any more. `power`: neither does the box, so the broker only misses it. */
  die(how: 'killed' | 'power'): void {
    const wasOver = this.#isOver;
    this.#isOver = true;
    this.#pending.clear();
    for (const cancel of this.#timers.splice(0)) cancel();
    if (how === 'power') this.vanish();
    else if (!wasOver) this.#up.send(0, () => this.world.broker.onLost(this));
  }

  // ── the broker's end

  get isPersistent(): boolean {
    return this.options.session !== undefined;
  }

  accept(limits: MqttLimits): void {
    this.isKnown = true;
    this.#reply(connackBytes, () => {
      this.#isOpen = true;
      this.events.onOpen(limits);
      const { subscriptions = [] } = this.options;
      if (subscriptions.length > 0 && !this.#isOver)
        this.#send(subscribeBytes(subscriptions), () => this.world.broker.onSubscribe(this));
    });
  }

  /** Nobody listens there. */
  refuse(): void {
    this.#down.send(0, () => this.#fail('UPLINK-001', 'connect ECONNREFUSED', refusedCause()));
  }

  deny(code: UplinkErrorCode): void {
    this.#reply(connackBytes, () => this.#fail(code, 'CONNACK'));
  }

  subscribed(refused: readonly string[]): void {
    this.#reply(ackBytes + (this.options.subscriptions?.length ?? 0), () => {
      const error = refused.length === 0 ? null : this.#error('UPLINK-018', refused.join(' '));
      this.events.onSubscribed?.(error);
    });
  }

  confirm(id: number, refusedAs: 'UPLINK-005' | 'UPLINK-016' | null): void {
    this.unacked.delete(id);
    if (!this.isKnown) return;
    this.#reply(ackBytes, () => {
      const pending = this.#pending.get(id);
      this.#pending.delete(id);
      if (refusedAs === null) pending?.resolve();
      else pending?.reject(this.#error(refusedAs, pending.topic));
    });
  }

  deliver(id: number, message: MqttMessage, isRetained: boolean): void {
    const { topic, payload } = message;
    this.#reply(publishBytes(message, this.options.version), () => {
      const acknowledge = (): void => this.#send(ackBytes, () => this.world.broker.onAck(this, id));
      const incoming = { topic, payload, isRetained };
      if (!this.isPersistent) {
        this.events.onMessage?.(incoming);
        acknowledge();
        return;
      }
      this.events.onKeep?.(incoming).then(
        () => {
          if (!this.#isOver) acknowledge();
        },
        (cause: unknown) => this.#giveUp(cause),
      );
    });
  }

  /** The broker ends it, for a reason that it may tell. */
  hangUp(got: string): void {
    this.isKnown = false;
    this.#reply(disconnectBytes, () => this.#fail(this.#isOpen ? 'UPLINK-003' : 'UPLINK-001', got));
  }

  // ── the network between them

  /** All that is under way waits, or goes on. */
  stall(isStalled: boolean): void {
    this.#up.hold(isStalled);
    this.#down.hold(isStalled);
  }

  /** Half open for good: nothing arrives, and each side finds out by itself. */
  vanish(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#up.cut();
    this.#down.cut();
    const { clock, random, broker } = this.world;
    const patienceMs = this.options.keepaliveS * 1000 * (patience - random());
    clock.after(patienceMs, () => broker.onLost(this));
    if (this.#isOpen) this.#after(patienceMs, () => this.#fail('UPLINK-003', 'keepalive timeout'));
  }

  #giveUp(cause: unknown): void {
    if (this.#isOver) return;
    this.#fail('UPLINK-003', String(cause));
    this.#up.send(0, () => this.world.broker.onLost(this));
  }

  #send(bytes: number, arrive: () => void): void {
    this.#sent += bytes;
    this.#up.send(bytes, arrive);
  }

  #reply(bytes: number, arrive: () => void): void {
    this.#down.send(bytes, () => {
      if (this.#isOver) return;
      this.#received += bytes;
      arrive();
    });
  }

  #after(delayMs: number, run: () => void): void {
    this.#timers.push(this.world.clock.after(delayMs, run));
  }

  #fail(code: UplinkErrorCode, got: string, cause: unknown = null): void {
    if (!this.#isOver) this.#close(this.#error(code, got, cause));
  }

  /** @param error null when the client itself ends it. */
  #close(error: UplinkError | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const cancel of this.#timers.splice(0)) cancel();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(this.#error('UPLINK-003', error?.got ?? null));
    if (error !== null) this.events.onClosed(error);
  }

  #error(code: UplinkErrorCode, got: string | null = null, cause: unknown = null): UplinkError {
    return new UplinkError(code, this.options.where, got, cause ?? undefined);
  }
}

/** As Node tells that nobody listens there. */
function refusedCause(): Error {
  return Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
}
