/** The way of one client, or of one box with all its starts, to the broker, and what goes wrong on it. */
import type { MqttConnection, MqttConnectionEvents, MqttConnectOptions, MqttLink } from '../../sync/mqtt/mqtt-link.js';
import { BrokerConnection, type ConnectionWorld } from './broker-connection.js';
import type { LinkFaults } from './link-faults.js';

export interface HeldAck {
  readonly connection: BrokerConnection;
  readonly id: number;
}

export class SimMqttLink implements MqttLink {
  readonly faults: LinkFaults;
  /** Tries to connect, and how many of them the broker took. */
  readonly counts = { tries: 0, opened: 0 };
  #connections: BrokerConnection[] = [];
  #isStalled = false;
  #withholdsAcks = false;
  #held: HeldAck[] = [];

  constructor(private readonly world: ConnectionWorld) {
    this.faults = world.faults;
  }

  connect(options: MqttConnectOptions, events: MqttConnectionEvents): MqttConnection {
    this.counts.tries += 1;
    const opened = {
      ...events,
      onOpen: (limits: Parameters<MqttConnectionEvents['onOpen']>[0]) => {
        this.counts.opened += 1;
        events.onOpen(limits);
      },
    };
    const connection = new BrokerConnection(options, opened, this.world);
    if (this.#isStalled) connection.stall(true);
    this.#connections = [...this.#connections.filter(({ isFinished }) => !isFinished), connection];
    return connection;
  }

  get withholdsAcks(): boolean {
    return this.#withholdsAcks;
  }

  /** PUBACKs stay with the broker; those of connections that still stand follow, late, when it ends. */
  setWithholdsAcks(withholds: boolean): void {
    this.#withholdsAcks = withholds;
    if (!withholds) for (const { connection, id } of this.#held.splice(0)) connection.confirm(id, null);
  }

  holdAck(ack: HeldAck): void {
    this.#held = this.#held.filter(({ connection }) => connection.isKnown);
    this.#held.push(ack);
  }

  get isStalled(): boolean {
    return this.#isStalled;
  }

  /** The network holds everything up, and lets it all through when it ends. */
  setStalled(isStalled: boolean): void {
    this.#isStalled = isStalled;
    for (const connection of this.#connections) connection.stall(isStalled);
  }

  /** Whatever is connected now is half open for good: nothing arrives any more and nobody is told. New connections work. */
  halfOpen(): void {
    for (const connection of this.#connections) connection.vanish();
  }

  /** The network ends all connections: both sides hear it. */
  cut(): void {
    for (const connection of this.#connections) {
      if (connection.isKnown) this.world.broker.onLost(connection);
      connection.hangUp('read ECONNRESET');
    }
  }

  /** The process behind it has ended, or its box has lost its power. */
  die(how: 'killed' | 'power'): void {
    for (const connection of this.#connections) connection.die(how);
  }
}
