import type { EpochId } from '../../config/ids.js';
import type { Lane } from '../../config/vocabulary.js';
import type { StoredEntry } from './entry.js';
import type { Owner } from './journal-identity.js';
import { SqliteFile } from './sqlite-file.js';
import type {
  Batch,
  PositionRow,
  Predecessor,
  Store,
  StoredTelemetryPack,
  StoreOpened,
  Tidied,
  TidyOrder,
} from './store.js';

/** The same file without a worker: for tests and the simulation, where a blocked event loop harms nobody. */
export class InlineStore implements Store {
  readonly #file: SqliteFile;

  /** @param path a file, or `:memory:`, which is empty again after close(), and only then. */
  constructor(path: string, owner?: Owner) {
    this.#file = new SqliteFile(path, owner);
  }

  async open(newEpoch: EpochId): Promise<StoreOpened> {
    return this.#file.open(newEpoch);
  }

  async append(batch: Batch): Promise<readonly StoredEntry[]> {
    return this.#file.append(batch);
  }

  async readAfter(lane: Lane, after: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.#file.readAfter(lane, after, limit);
  }

  async readTelemetryAfter(after: number, limit: number): Promise<readonly StoredTelemetryPack[]> {
    return this.#file.readTelemetryAfter(after, limit);
  }

  async backlogAfter(lane: Lane, after: number): ReturnType<Store['backlogAfter']> {
    return this.#file.backlogAfter(lane, after);
  }

  async placeAt(lane: Lane, position: number): Promise<Predecessor | null> {
    return this.#file.placeAt(lane, position);
  }

  async tidy(order: TidyOrder, isFirst?: boolean): Promise<Tidied> {
    return this.#file.tidy(order, isFirst);
  }

  async savePositions(rows: readonly PositionRow[]): Promise<void> {
    this.#file.savePositions(rows);
  }

  /** As if a statement had met what does not read: the next open() sets the file aside; of one in memory nothing stays. */
  markDamaged(): void {
    this.#file.markDamaged();
  }

  async close(): Promise<void> {
    this.#file.close();
  }
}
