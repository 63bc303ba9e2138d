/** The newest test entry of one uplink (`gengfu test uplink`): how far that entry itself has come, whatever else is queued. */
import type { EntryId } from '../config/ids.js';
import type { TellConfig, UplinkConfig } from '../config/site.js';
import type { Entry, StoredEntry } from '../sync/journal/entry.js';
import { isTold } from '../sync/tell-filter.js';
import type { WhyNotTold } from '../sync/uplink.js';

export interface UplinkTestState {
  readonly entry: EntryId;
  /** `not-told`: by its `tell` this centre hears nothing of the kind. `no-word`: it is settled, and nothing was sent, as the centre's
   * language has no word for a test. */
  readonly is: 'not-told' | 'queued' | 'no-word' | 'carried' | 'kept';
}

export class UplinkTestEntry {
  #entry: EntryId | null = null;
  #isTold = false;
  #isCarried = false;
  #hasWord = true;
  /** In its lane; null: it is not durable yet. */
  #position: number | null = null;

  constructor(private readonly config: Pick<UplinkConfig, 'id'> & { readonly tell: TellConfig }) {}

  /** New entries, before they are durable. */
  see(entries: readonly Entry[]): void {
    const { id, tell } = this.config;
    const newest = entries.findLast(
      ({ kind, detail }) => kind === 'test.noted' && detail['what'] === 'uplink' && detail['id'] === id,
    );
    if (newest === undefined) return;
    this.#entry = newest.id;
    this.#isTold = isTold(tell, newest);
    this.#isCarried = false;
    this.#hasWord = true;
    this.#position = null;
  }

  durable(entries: readonly StoredEntry[]): void {
    this.#position ??= entries.find(({ id }) => id === this.#entry)?.position ?? null;
  }

  /** @param why null: it was told. */
  carried(entry: EntryId, why: WhyNotTold | null): void {
    if (entry !== this.#entry) return;
    this.#isCarried = true;
    this.#hasWord = why === null;
  }

  /** @param kept up to which position the centre has kept the journal lane; 0: nothing. */
  state(kept: number): UplinkTestState | null {
    if (this.#entry === null) return null;
    if (this.#isCarried && !this.#hasWord) return { entry: this.#entry, is: 'no-word' };
    const isKept = this.#isCarried && this.#position !== null && kept >= this.#position;
    const is = isKept ? 'kept' : this.#isCarried ? 'carried' : this.#isTold ? 'queued' : 'not-told';
    return { entry: this.#entry, is };
  }
}
