/**
 * One open journal for several runtimes after each other. The next one is given what is saved without the file being read again,
 * and writes nothing before the last word of the one before it is durable, so that no alarm is overwritten by an older state.
 */
import type { EpochId, UplinkId } from '../../config/ids.js';
import type { Lane } from '../../config/vocabulary.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import type {
  Batch,
  CommandRow,
  FacetRow,
  MarkRow,
  PositionRow,
  Store,
  StoreOpened,
  Tidied,
  TidyOrder,
} from '../../sync/journal/store.js';

/** Orders that are remembered for the next runtime; beyond it the file is read again. */
const commandsMax = 10_000;

/** What is saved, as the file would tell it. */
interface Saved {
  readonly opened: StoreOpened;
  readonly facets: Map<string, FacetRow>;
  readonly marks: Map<string, MarkRow>;
  readonly commands: Map<string, CommandRow>;
  readonly positions: Map<string, PositionRow>;
}

export class StoreLeases {
  #saved: Saved | null = null;
  #last: Lease | null = null;

  constructor(private readonly inner: Store) {}

  /** For a runtime that may open the journal when `isDrained` has settled. Closing the lease before it no longer closes the file. */
  next(isDrained: Promise<unknown> = Promise.resolve()): Store {
    const lease = new Lease(this.inner, this, isDrained);
    this.#last = lease;
    return lease;
  }

  /** Nobody holds it between two runtimes, and yet it is not closed. */
  handOver(): void {
    this.#last = null;
  }

  isLast(lease: Store): boolean {
    return lease === this.#last;
  }

  /** What was saved, without asking the file; null when it has to be asked. */
  saved(): StoreOpened | null {
    const saved = this.#saved;
    if (saved === null || saved.commands.size > commandsMax) return null;
    return {
      ...saved.opened,
      ...{ fresh: false, begun: null },
      facets: [...saved.facets.values()],
      marks: [...saved.marks.values()],
      commands: [...saved.commands.values()],
      positions: [...saved.positions.values()],
    };
  }

  forget(): void {
    this.#saved = null;
  }

  sawOpened(opened: StoreOpened): void {
    this.#saved = {
      opened,
      facets: new Map(opened.facets.map((row) => [row.subject, row])),
      marks: new Map(opened.marks.map((row) => [row.name, row])),
      commands: new Map(opened.commands.map((row) => [row.id, row])),
      positions: new Map(opened.positions.map((row) => [keyOf(row), row])),
    };
  }

  sawAppended(batch: Batch, stored: readonly StoredEntry[]): void {
    const saved = this.#saved;
    if (saved === null) return;
    for (const { subject, row } of batch.facets) {
      if (row === null) saved.facets.delete(subject);
      else saved.facets.set(subject, row);
    }
    for (const mark of batch.marks ?? []) saved.marks.set(mark.name, mark);
    for (const command of batch.commands ?? []) saved.commands.set(command.id, command);
    // Nobody else numbers packs: each got the next position. Without it a position among them would count as one of another file.
    const packs = batch.telemetry ?? [];
    const lastPack = saved.opened.lastPack + packs.length;
    const newest = stored.at(-1);
    const lastPosition = Math.max(saved.opened.lastPosition, newest?.position ?? 0);
    const epoch = newest?.epoch ?? packs.at(-1)?.epoch ?? saved.opened.epoch;
    const lastBoot = newest?.boot ?? saved.opened.lastBoot;
    this.#saved = { ...saved, opened: { ...saved.opened, lastPosition, lastPack, epoch, lastBoot } };
  }

  sawPositions(rows: readonly PositionRow[]): void {
    for (const row of rows) this.#saved?.positions.set(keyOf(row), row);
  }
}

class Lease implements Store {
  #hasOpened = false;

  constructor(
    private readonly inner: Store,
    private readonly leases: StoreLeases,
    private readonly isDrained: Promise<unknown>,
  ) {}

  async open(newEpoch: EpochId): Promise<StoreOpened> {
    await this.isDrained;
    const saved = this.#hasOpened ? null : this.leases.saved();
    this.#hasOpened = true;
    if (saved !== null) return saved;
    const opened = await this.inner.open(newEpoch);
    this.leases.sawOpened(opened);
    return opened;
  }

  async append(batch: Batch): Promise<readonly StoredEntry[]> {
    try {
      const stored = await this.inner.append(batch);
      this.leases.sawAppended(batch, stored);
      return stored;
    } catch (error) {
      // Whoever comes next looks at the file itself.
      this.leases.forget();
      throw error;
    }
  }

  async savePositions(rows: readonly PositionRow[]): Promise<void> {
    await this.inner.savePositions(rows);
    this.leases.sawPositions(rows);
  }

  readAfter(lane: Lane, after: number, limit: number): ReturnType<Store['readAfter']> {
    return this.inner.readAfter(lane, after, limit);
  }

  readTelemetryAfter(after: number, limit: number): ReturnType<Store['readTelemetryAfter']> {
    return this.inner.readTelemetryAfter(after, limit);
  }

  backlogAfter(lane: Lane, after: number): ReturnType<Store['backlogAfter']> {
    return this.inner.backlogAfter(lane, after);
  }

  placeAt(lane: Lane, position: number): ReturnType<Store['placeAt']> {
    return this.inner.placeAt(lane, position);
  }

  tidy(order: TidyOrder, isFirst?: boolean): Promise<Tidied> {
    return this.inner.tidy(order, isFirst);
  }

  async close(): Promise<void> {
    if (this.leases.isLast(this)) await this.inner.close();
  }
}

function keyOf({ uplink, lane }: { readonly uplink: UplinkId; readonly lane: Lane }): string {
  return `${uplink} ${lane}`;
}
