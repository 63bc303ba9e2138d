/** A disk that can go wrong in front of any Store, switched while it runs. */
import type { EpochId } from '../config/ids.js';
import type { Lane } from '../config/vocabulary.js';
import { type Clock, pause } from '../drivers/clock.js';
import type { StoredEntry } from '../sync/journal/entry.js';
import {
  type Batch,
  type PositionRow,
  type Predecessor,
  type Store,
  type StoredTelemetryPack,
  StoreError,
  type StoreErrorCode,
  type StoreOpened,
  type Tidied,
  type TidyOrder,
} from '../sync/journal/store.js';

/** `hangs`: calls wait, in order, until the mode changes; then they meet the new mode. `slowMs`: each call takes so long. */
export type DiskMode = 'works' | 'refuses' | 'hangs' | { readonly slowMs: number };

export class FaultyStore implements Store {
  #mode: DiskMode = 'works';
  #refusal: StoreErrorCode = 'STORE-005';
  #release: (() => void) | null = null;
  /** One arm, one head: a call begins when the one before has ended, however that ended. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly inner: Store,
    private readonly clock: Clock,
  ) {}

  get mode(): DiskMode {
    return this.#mode;
  }

  /** `refusal` is the code of mode `refuses`: STORE-005 the disk failed (default), STORE-003 it is full, … */
  setMode(mode: DiskMode, refusal: StoreErrorCode = 'STORE-005'): void {
    this.#mode = mode;
    this.#refusal = refusal;
    this.#release?.();
    this.#release = null;
  }

  open(newEpoch: EpochId): Promise<StoreOpened> {
    return this.#queue(() => this.inner.open(newEpoch));
  }

  append(batch: Batch): Promise<readonly StoredEntry[]> {
    return this.#queue(() => this.inner.append(batch));
  }

  readAfter(lane: Lane, after: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.#queue(() => this.inner.readAfter(lane, after, limit));
  }

  readTelemetryAfter(after: number, limit: number): Promise<readonly StoredTelemetryPack[]> {
    return this.#queue(() => this.inner.readTelemetryAfter(after, limit));
  }

  backlogAfter(lane: Lane, after: number): ReturnType<Store['backlogAfter']> {
    return this.#queue(() => this.inner.backlogAfter(lane, after));
  }

  placeAt(lane: Lane, position: number): Promise<Predecessor | null> {
    return this.#queue(() => this.inner.placeAt(lane, position));
  }

  tidy(order: TidyOrder, isFirst?: boolean): Promise<Tidied> {
    return this.#queue(() => this.inner.tidy(order, isFirst));
  }

  savePositions(rows: readonly PositionRow[]): Promise<void> {
    return this.#queue(() => this.inner.savePositions(rows));
  }

  /** Passed on at once whatever the mode, so that a test can always let go. */
  close(): Promise<void> {
    return this.inner.close();
  }

  #queue<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(async () => {
      await this.#meetMode();
      return run();
    });
    this.#tail = result.catch(() => {});
    return result;
  }

  async #meetMode(): Promise<void> {
    while (this.#mode === 'hangs') {
      await new Promise<void>((resolve) => {
        this.#release = resolve;
      });
    }
    const mode = this.#mode;
    if (mode === 'refuses') throw new StoreError(this.#refusal, 'simulated');
    if (typeof mode === 'object') await pause(this.clock, mode.slowMs);
  }
}
