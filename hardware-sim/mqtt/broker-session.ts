/** What the broker knows of one client: what it hears, what waits for it, and what it was told and has not confirmed. */
import type { MqttMessage } from '../../sync/mqtt/mqtt-link.js';
import type { BrokerConnection } from './broker-connection.js';
import { Fifo } from './fifo.js';
import { matchesFilter } from './topic-filter.js';

/** Told and unconfirmed at once, as Mosquitto's usual 20. */
const inflightMax = 20;
/** That wait for one client; the newest are left out beyond it, and counted: no plan should come so far. */
const waitingMax = 500_000;

interface Waiting {
  readonly message: MqttMessage;
  readonly isRetained: boolean;
}

export class BrokerSession {
  subscriptions: readonly string[] = [];
  connection: BrokerConnection | null = null;
  dropped = 0;
  readonly #waiting = new Fifo<Waiting>();
  readonly #inflight = new Map<number, Waiting>();
  #nextId = 1;

  constructor(readonly clientId: string) {}

  /** Waiting or unconfirmed. */
  get backlog(): number {
    return this.#waiting.length + this.#inflight.size;
  }

  hears(topic: string): boolean {
    return this.subscriptions.some((filter) => matchesFilter(filter, topic));
  }

  attach(connection: BrokerConnection): void {
    this.connection = connection;
  }

  /** What was not confirmed waits again, before all others. */
  detach(): void {
    this.connection = null;
    this.#waiting.putBack([...this.#inflight.values()]);
    this.#inflight.clear();
  }

  offer(message: MqttMessage, isRetained: boolean): void {
    if (this.#waiting.length >= waitingMax) {
      this.dropped += 1;
      return;
    }
    this.#waiting.push({ message, isRetained });
    this.pump();
  }

  acked(id: number): void {
    this.#inflight.delete(id);
    this.pump();
  }

  pump(): void {
    const { connection } = this;
    while (connection !== null && this.#inflight.size < inflightMax) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      const id = this.#nextId;
      this.#nextId = (id % 65_535) + 1;
      this.#inflight.set(id, next);
      connection.deliver(id, next.message, next.isRetained);
    }
  }
}
