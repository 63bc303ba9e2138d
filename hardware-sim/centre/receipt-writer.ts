/** Tells the village how far everything is kept: soon, and not more often than every two seconds. */
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { KeptPlaces } from './lanes.js';
import { momentOf } from './moment.js';
import type { Site } from './read-message.js';
import { envelopeBytes, type Signer } from './signing.js';

const everyDefaultMs = 2_000;

export type ReceiptMode = 'none' | 'unsigned' | 'signed';

export interface ReceiptWriterOptions extends Site {
  readonly clock: Clock;
  readonly signer: Signer;
  readonly kept: () => KeptPlaces;
  readonly publish: (envelope: Uint8Array) => void;
}

export class ReceiptWriter {
  /** A district that is slow: so long after something was heard, ms. */
  everyMs = everyDefaultMs;
  /** False: it hears and keeps, and says nothing. */
  isOn = true;
  /** Receipts that were said. */
  count = 0;
  #cancel: Cancel | null = null;

  constructor(
    private readonly options: ReceiptWriterOptions,
    public mode: ReceiptMode,
  ) {}

  /** @param uplink the one that told the row. */
  due(uplink: string): void {
    if (this.mode === 'none' || this.#cancel !== null) return;
    this.#cancel = this.options.clock.after(this.everyMs, () => {
      this.#cancel = null;
      if (this.isOn) this.#say(uplink);
    });
  }

  /** A restart: what was due is not said. */
  forget(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #say(uplink: string): void {
    const { clock, district, site, signer, publish } = this.options;
    const kept = this.options.kept();
    if (Object.keys(kept).length === 0) return;
    const issued = momentOf(clock.wall());
    const payload = JSON.stringify({ version: 1, district, site, uplink, issued, kept });
    this.count += 1;
    publish(
      envelopeBytes(
        this.mode === 'signed' ? signer.seal('receipt', payload) : { keyId: null, payload, signature: null },
      ),
    );
  }
}
