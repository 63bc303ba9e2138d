/**
 * When room is made in the journal: after opening, every ten minutes, and soon after the disk was full; in small pieces with pauses, so
 * that no commit is behind it for long. What went untold becomes one entry per round.
 */
import type { UplinkId } from '../../config/ids.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { EntryDraft } from './entry.js';
import { journalDropped, journalSalvaged } from './own-entries.js';
import { addDropped, type DroppedCounts, noneDropped } from './retention.js';
import type { MarkRow, PositionRow, RowHolder, Tidied, TidyOrder } from './store.js';
import { type Unused, unusedUplinks } from './unused-uplinks.js';

const everyMs = 600_000;
const soonMs = 1_000;
/** Between two pieces of work. */
const restMs = 50;
/** That an uplink was in use is noted so often: it counts from there when its own wall times can not be believed. */
const seenEveryMs = 7 * 86_400_000;

/** How much is kept, and who still needs it. */
export interface Keeping extends Omit<TidyOrder, 'wall' | 'holders'> {
  /** All uplinks of the site file. */
  readonly holders: readonly RowHolder[];
}

export interface TidyUpOptions {
  readonly clock: Clock;
  readonly keeping: Keeping;
  readonly tidy: (order: TidyOrder, isFirst: boolean) => Promise<Tidied>;
  readonly positions: () => readonly PositionRow[] | null;
  readonly mark: (name: string) => MarkRow | null;
  readonly record: (drafts: readonly EntryDraft[], marks: readonly MarkRow[]) => void;
  /** Told for each uplink whenever it changes. */
  readonly onUnused: (uplink: UplinkId, how: Unused) => void;
}

export class TidyUp {
  #cancel: Cancel | null = null;
  #isRunning = false;
  #isStopped = false;
  readonly #unused = new Map<UplinkId, Unused>();
  readonly #usedMono = new Map<UplinkId, number>();

  constructor(private readonly options: TidyUpOptions) {}

  /** A round begins within a second, and every ten minutes after it. */
  soon(): void {
    if (!this.#isRunning) this.#after(soonMs);
  }

  /** The uplink has confirmed something. */
  used(uplink: UplinkId): void {
    this.#usedMono.set(uplink, this.options.clock.mono());
    if (this.#unused.get(uplink) != null) this.#judge();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  #after(delayMs: number): void {
    this.#cancel?.();
    this.#cancel = this.options.clock.after(delayMs, () => void this.#round());
  }

  /** Never rejects: what is wrong with the disk is told by whoever writes to it. */
  async #round(): Promise<void> {
    this.#isRunning = true;
    this.#judge();
    let dropped = noneDropped;
    let isFirst = true;
    for (let hasMore = true; hasMore && !this.#isStopped; isFirst = false) {
      const done = await this.options.tidy(this.#order(), isFirst).catch(() => null);
      hasMore = done?.hasMore === true;
      dropped = addDropped(dropped, done?.droppedUntold ?? {});
      if (done?.salvaged !== undefined) this.options.record([journalSalvaged(done.salvaged)], []);
      if (hasMore) await this.#rest();
    }
    this.#isRunning = false;
    if (this.#isStopped) return;
    this.#after(everyMs);
    if (countOf(dropped) > 0) this.options.record([journalDropped(dropped)], []);
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      this.options.clock.after(restMs, resolve);
    });
  }

  #order(): TidyOrder {
    const { keeping, clock } = this.options;
    const wall = clock.trust() === 'trusted' ? clock.wall() : null;
    return { ...keeping, holders: keeping.holders.filter(({ uplink }) => this.#unused.get(uplink) !== 'let-go'), wall };
  }

  /** Only a trusted clock can say that somebody was away for long. */
  #judge(): void {
    const { clock, keeping, positions, onUnused } = this.options;
    const rows = positions();
    if (rows === null || clock.trust() !== 'trusted') return;
    const wallNow = clock.wall();
    const seenWall = new Map(keeping.holders.map(({ uplink }) => [uplink, this.#seen(uplink, wallNow)]));
    for (const [uplink, how] of unusedUplinks(rows, wallNow, seenWall)) {
      if ((this.#unused.get(uplink) ?? null) === how) continue;
      this.#unused.set(uplink, how);
      onUnused(uplink, how);
    }
  }

  /** When it was in use last, as far as is known here; noted where nothing is. */
  #seen(uplink: UplinkId, wallNow: number): number {
    const name = `uplink.seen:${uplink}`;
    const noted = this.options.mark(name)?.wall ?? null;
    const usedMono = this.#usedMono.get(uplink);
    const usedWall = usedMono === undefined ? null : wallNow - (this.options.clock.mono() - usedMono);
    const isKnown = noted !== null && noted <= wallNow;
    const newest = Math.max(usedWall ?? 0, isKnown ? noted : 0) || wallNow;
    if (!isKnown || newest - noted >= seenEveryMs) this.options.record([], [{ name, wall: newest, detail: '' }]);
    return newest;
  }
}

function countOf(dropped: DroppedCounts): number {
  return Object.values(dropped).reduce((sum, count) => sum + count, 0);
}
