/** Alarms that were too old for a message when they came here (a new uplink reads the whole journal): told together. */
import type { EntryId, UplinkId } from '../../config/ids.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { EntryDraft } from '../journal/entry.js';
import { pastDraft } from './sms-entries.js';

/** From the first of them on. */
const tellAfterMs = 60_000;

export class PastAlarms {
  #seen: { count: number; readonly first: EntryId; last: EntryId; readonly cancel: Cancel } | null = null;

  constructor(
    private readonly uplink: UplinkId,
    private readonly clock: Clock,
    private readonly record: (drafts: readonly EntryDraft[]) => void,
  ) {}

  see(id: EntryId): void {
    if (this.#seen === null) {
      const cancel = this.clock.after(tellAfterMs, () => this.tell());
      this.#seen = { count: 1, first: id, last: id, cancel };
      return;
    }
    this.#seen.count += 1;
    this.#seen.last = id;
  }

  /** What is not told yet. */
  tell(): void {
    const seen = this.#seen;
    if (seen === null) return;
    this.#seen = null;
    seen.cancel();
    this.record([pastDraft(this.uplink, seen)]);
  }
}
