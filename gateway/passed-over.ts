/**
 * What one uplink will never carry is told as entries, so that a receiver that sees the gap finds out why. Many are told
 * together, and a notice that is itself passed over is not told again.
 */
import type { UplinkId } from '../config/ids.js';
import type { Cancel, Clock } from '../drivers/clock.js';
import type { EntryDraft, JsonValue } from '../sync/journal/entry.js';
import type { PumpEvents } from '../sync/pump.js';

/** What comes within this is one entry. */
const gatherMs = 10_000;
/** So many at once are an entry of their own, about 8 kB: each is named, because a receiver waits for what it misses. */
const namedMax = 50;

type Passed = Parameters<NonNullable<PumpEvents['onPassedOver']>>[0];

export interface PassedOverOptions {
  readonly uplink: UplinkId;
  readonly clock: Clock;
  readonly record: (drafts: readonly EntryDraft[]) => void;
}

export class PassedOver {
  #places: JsonValue[] = [];
  #cancel: Cancel | null = null;

  constructor(private readonly options: PassedOverOptions) {}

  see({ entryId, kind, lane, place, previous, error }: Passed): void {
    // Without a row it is only told later.
    if (place === null || kind === 'journal.dropped') return;
    const { epoch, sequence, position } = place;
    // All that a receiver needs to link it: to it the row counts as told.
    this.#places.push({ lane, epoch, sequence, previous, position, id: entryId, code: error.code });
    if (this.#places.length >= namedMax) this.tell();
    else this.#cancel ??= this.options.clock.after(gatherMs, () => this.tell());
  }

  /** Tells what was gathered, at once. */
  tell(): void {
    this.#cancel?.();
    this.#cancel = null;
    const places = this.#places;
    const count = places.length;
    if (count === 0) return;
    this.#places = [];
    const { uplink, record } = this.options;
    record([
      {
        ...{
          kind: 'journal.dropped',
          class: 'fault',
          subject: `uplink:${uplink}`,
          alarm: null,
          zone: null,
          origin: null,
        },
        words: {
          zh: `上传通道 ${uplink}：${count} 条记录过大，平台收不到`,
          en: `uplink ${uplink}: ${count} ${count === 1 ? 'row is' : 'rows are'} too large for the centre and will not reach it`,
        },
        detail: { reason: 'passed-over', uplink, rows: count, places },
      },
    ]);
  }
}
