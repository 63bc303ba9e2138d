/** Something in front of a Store that every call has to pass; where they wait and what becomes of them is said by whoever extends it. */
import type { EpochId } from '../config/ids.js';
import type { Lane } from '../config/vocabulary.js';
import type { StoredEntry } from '../sync/journal/entry.js';
import type {
  Batch,
  PositionRow,
  Predecessor,
  Store,
  StoredTelemetryPack,
  StoreOpened,
  Tidied,
  TidyOrder,
} from '../sync/journal/store.js';

/** What a call asks of the disk. */
export type DiskCall =
  | { readonly kind: 'open' | 'read' | 'tidy' }
  | { readonly kind: 'append'; readonly batch: Batch }
  | { readonly kind: 'positions'; readonly rows: number };

const read: DiskCall = { kind: 'read' };

export abstract class StoreFront implements Store {
  constructor(protected readonly inner: Store) {}

  open(newEpoch: EpochId): Promise<StoreOpened> {
    return this.queue({ kind: 'open' }, () => this.inner.open(newEpoch));
  }

  append(batch: Batch): Promise<readonly StoredEntry[]> {
    return this.queue({ kind: 'append', batch }, () => this.inner.append(batch));
  }

  readAfter(lane: Lane, after: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.queue(read, () => this.inner.readAfter(lane, after, limit));
  }

  readTelemetryAfter(after: number, limit: number): Promise<readonly StoredTelemetryPack[]> {
    return this.queue(read, () => this.inner.readTelemetryAfter(after, limit));
  }

  backlogAfter(lane: Lane, after: number): ReturnType<Store['backlogAfter']> {
    return this.queue(read, () => this.inner.backlogAfter(lane, after));
  }

  placeAt(lane: Lane, position: number): Promise<Predecessor | null> {
    return this.queue(read, () => this.inner.placeAt(lane, position));
  }

  tidy(order: TidyOrder, isFirst?: boolean): Promise<Tidied> {
    return this.queue({ kind: 'tidy' }, () => this.inner.tidy(order, isFirst));
  }

  savePositions(rows: readonly PositionRow[]): Promise<void> {
    return this.queue({ kind: 'positions', rows: rows.length }, () => this.inner.savePositions(rows));
  }

  abstract close(): Promise<void>;

  /** `run` does it on the store behind. */
  protected abstract queue<T>(call: DiskCall, run: () => Promise<T>): Promise<T>;
}
