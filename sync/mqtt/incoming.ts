/**
 * What a centre sends us: signed envelopes on `…/command` and `…/receipt`. Here only the outside is looked at; nothing is parsed.
 *
 * The client confirms (PUBACK) as soon as it has handed a message over, before anything is durable. That is enough: a sender repeats a
 * command until it is answered, and once only is by id; a receipt tells how far everything is kept, so the next one covers a lost one.
 */
import type { MqttUplinkConfig } from '../../config/site.js';
import { envelopeMaxBytes } from '../signed-envelope.js';
import type { CentreRequest } from '../uplink.js';
import { type SiteAddress, topicRoot } from './cloud-event.js';
import type { MqttIncoming } from './mqtt-link.js';

/** Messages that were not even handed on, by reason. */
export interface DroppedIncoming {
  /** Longer than 64 kB. */
  readonly oversize: number;
  /** Kept by the broker: said nobody knows when. */
  readonly retained: number;
  /** On a topic that we did not ask for. */
  readonly foreign: number;
}

export class Incoming {
  readonly topics: readonly string[];
  readonly #kinds: ReadonlyMap<string, CentreRequest['kind']>;
  readonly #dropped = { oversize: 0, retained: 0, foreign: 0 };

  constructor(
    private readonly config: MqttUplinkConfig,
    address: SiteAddress,
  ) {
    const root = topicRoot(address);
    const isOurs = config.format === 'gengfu';
    this.#kinds = new Map([
      ...(isOurs && config.takesCommands ? [[`${root}/command`, 'command'] as const] : []),
      ...(isOurs && config.receipts !== 'none' ? [[`${root}/receipt`, 'receipt'] as const] : []),
    ]);
    this.topics = [...this.#kinds.keys()];
  }

  get dropped(): DroppedIncoming {
    return { ...this.#dropped };
  }

  /** Null: dropped, and counted. */
  take({ topic, payload, isRetained }: MqttIncoming): CentreRequest | null {
    const kind = this.#kinds.get(topic);
    const fault =
      kind === undefined ? 'foreign' : payload.length > envelopeMaxBytes ? 'oversize' : isRetained ? 'retained' : null;
    if (kind !== undefined && fault === null) return { uplink: this.config.id, kind, envelope: payload };
    this.#dropped[fault ?? 'foreign'] += 1;
    return null;
  }
}
