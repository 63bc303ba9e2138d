/** Publishes what a receiver has kept: soon when little comes, and never more often than every two seconds. */
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Receipt } from '../messages/receipt.js';
import { toRfc3339 } from '../mqtt/rfc3339.js';
import { type Envelope, signEnvelope } from '../signed-envelope.js';
import type { Receiver } from './receiver.js';
import { receiptTopic, type SiteName } from './topics.js';

const roundEveryMs = 2_000;
/** So that the rows of one burst are one receipt. */
const gatherMs = 200;
/** Unconfirmed at once: fewer than any broker takes, also after a restart, when all sites are due. */
const windowMax = 10;

export interface ReceiptKey {
  readonly keyId: string;
  /** Ed25519, 32 secret bytes in base64. */
  readonly seed: string;
}

export interface ReceiptSenderOptions {
  readonly receiver: Pick<Receiver, 'takeReceipts' | 'putBackReceipt'>;
  readonly clock: Clock;
  /** Null: unsigned. */
  readonly key: ReceiptKey | null;
  /** Rejects when it did not get through. */
  readonly publish: (topic: string, payload: Uint8Array) => Promise<void>;
}

type DueReceipt = SiteName & Pick<Receipt, 'uplink' | 'kept'>;

export class ReceiptSender {
  #cancel: Cancel | null = null;
  #isSending = false;
  #isWanted = false;
  #isOpen = false;
  #notBeforeMono = 0;

  constructor(private readonly options: ReceiptSenderOptions) {}

  /** Something is due. */
  wake(): void {
    this.#isWanted = true;
    if (!this.#isOpen || this.#cancel !== null || this.#isSending) return;
    const { clock } = this.options;
    const delayMs = Math.max(gatherMs, this.#notBeforeMono - clock.mono());
    this.#cancel = clock.after(delayMs, () => {
      this.#cancel = null;
      void this.#sendRound();
    });
  }

  /** The broker can be reached, or not. */
  open(isOpen: boolean): void {
    this.#isOpen = isOpen;
    if (isOpen) {
      this.wake();
      return;
    }
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Never rejects. */
  async #sendRound(): Promise<void> {
    const { receiver, clock } = this.options;
    this.#notBeforeMono = clock.mono() + roundEveryMs;
    this.#isWanted = false;
    this.#isSending = true;
    const due = [...receiver.takeReceipts()];
    const sendOn = async (): Promise<void> => {
      for (let next = due.shift(); next !== undefined; next = due.shift()) await this.#send(next);
    };
    await Promise.all(Array.from({ length: windowMax }, sendOn));
    this.#isSending = false;
    if (this.#isWanted) this.wake();
  }

  async #send(due: DueReceipt): Promise<void> {
    const { receiver, publish } = this.options;
    try {
      await publish(receiptTopic(due), this.#payloadOf(due));
    } catch {
      receiver.putBackReceipt(due);
    }
  }

  #payloadOf({ district, site, uplink, kept }: DueReceipt): Uint8Array {
    const issued = toRfc3339(this.options.clock.wall());
    const receipt: Receipt = { version: 1, district, site, uplink, issued, kept };
    return Buffer.from(JSON.stringify(receiptEnvelope(receipt, this.options.key)));
  }
}

export function receiptEnvelope(receipt: Receipt, key: ReceiptKey | null): Envelope {
  const payload = JSON.stringify(receipt);
  return key === null
    ? { keyId: null, payload, signature: null }
    : signEnvelope('receipt', key.keyId, payload, key.seed);
}
