/**
 * Watches how far the wall clock is ahead of monotonic time. A step is told as an entry, and decides nothing. Once the clock can be
 * believed, every stretch of this boot that was written by a clock nobody could believe is told with what its times are off by: the
 * rows themselves are never rewritten. Of a boot before nothing can be said: its monotonic time counts from another moment.
 *
 * Entries are looked at as they are stamped, so that a stretch ends exactly between the last row of the old time and the first of the
 * new one, however seldom `look()` is called.
 */
import type { BootId } from '../../config/ids.js';
import type { ClockTrust } from '../../config/vocabulary.js';
import type { Clock } from '../../drivers/clock.js';
import type { Entry, EntryDraft } from '../../sync/journal/entry.js';
import { correctedDraft, steppedDraft } from './clock-entries.js';

/** Less is no step: so much an NTP program may set the clock by in its daily work. Small ones add up until they are told. */
const stepMinMs = 2_000;
/** Steps are told at most so often, with their count. */
const tellEveryMs = 60_000;
/** Stretches that wait for a clock that can be believed; of more the oldest go, and their times stay as they are. */
const stretchesMax = 32;

/** Time in which the wall clock ran beside the monotonic one, and could not be believed. Both ends belong to it. */
interface Stretch {
  fromMono: number;
  untilMono: number;
  /** Wall time minus monotonic time. */
  readonly aheadMs: number;
}

/** Steps that were not told yet. */
interface Steps {
  readonly aheadMs: number;
  count: number;
}

export interface ClockWatchOptions {
  readonly clock: Clock;
  readonly boot: () => BootId;
  readonly record: (drafts: readonly EntryDraft[]) => void;
}

export class ClockWatch {
  #aheadMs: number | null = null;
  #untold: Steps | null = null;
  #toldMono = Number.NEGATIVE_INFINITY;
  /** The last one goes on while the clock can not be believed. */
  #stretches: Stretch[] = [];

  constructor(private readonly options: ClockWatchOptions) {}

  /** New entries, as they are stamped. */
  see(entries: readonly Entry[]): void {
    for (const { boot, mono, wall, clock } of entries) {
      if (boot === this.options.boot()) this.#sight(mono, wall - mono, clock);
    }
  }

  /** Looks at the clock now, and tells what there is to tell. To be called now and then. */
  look(): void {
    const { clock, boot, record } = this.options;
    const trust = clock.trust();
    const nowMono = clock.mono();
    const aheadMs = clock.wall() - nowMono;
    this.#sight(nowMono, aheadMs, trust);
    const drafts: EntryDraft[] = [];
    if (this.#untold !== null && nowMono - this.#toldMono >= tellEveryMs) {
      const fromWall = nowMono + this.#untold.aheadMs;
      drafts.push(steppedDraft({ fromWall, toWall: nowMono + aheadMs, steps: this.#untold.count, trust }));
      this.#untold = null;
      this.#toldMono = nowMono;
    }
    if (trust === 'trusted') {
      for (const stretch of this.#stretches) drafts.push(correctedDraft(boot(), stretch, aheadMs - stretch.aheadMs));
      this.#stretches = [];
    }
    if (drafts.length > 0) record(drafts);
  }

  #sight(mono: number, aheadMs: number, trust: ClockTrust): void {
    const last = this.#stretches.at(-1);
    const isEarlier = last !== undefined && mono < last.fromMono;
    if (!isEarlier) this.#noteStep(aheadMs);
    if (trust === 'trusted') {
      if (last !== undefined && !isStep(aheadMs, last.aheadMs)) last.untilMono = Math.max(last.untilMono, mono);
      return;
    }
    if (isEarlier) this.#widen(mono, aheadMs);
    else if (last === undefined || isStep(aheadMs, last.aheadMs)) {
      this.#stretches = [...this.#stretches, { fromMono: mono, untilMono: mono, aheadMs }].slice(-stretchesMax);
    } else last.untilMono = Math.max(last.untilMono, mono);
  }

  #noteStep(aheadMs: number): void {
    this.#aheadMs ??= aheadMs;
    if (!isStep(aheadMs, this.#aheadMs)) return;
    this.#untold ??= { aheadMs: this.#aheadMs, count: 0 };
    this.#untold.count += 1;
    this.#aheadMs = aheadMs;
  }

  /** The journal's own first entry is seen only once it is durable. */
  #widen(mono: number, aheadMs: number): void {
    const owner = this.#stretches.find((each) => mono <= each.untilMono && !isStep(aheadMs, each.aheadMs));
    if (owner !== undefined) owner.fromMono = Math.min(owner.fromMono, mono);
  }
}

function isStep(aheadMs: number, beforeMs: number): boolean {
  return Math.abs(aheadMs - beforeMs) > stepMinMs;
}
