/** Reads what is on the disk piece by piece, so that a judge of a long run never reads the same row twice. */
import type { StoredEntry } from '../../sync/journal/entry.js';
import type { DiskView } from './checker.js';

export class JournalReading {
  #lastPosition = 0;
  #underWay: Promise<void> = Promise.resolve();

  constructor(private readonly onRows: (rows: readonly StoredEntry[]) => void) {}

  /** What came since the reading before; readings that are asked for together follow one another. */
  readOn(disk: DiskView): Promise<void> {
    this.#underWay = this.#underWay.then(async () => {
      const rows = await disk.readAll(this.#lastPosition);
      this.#lastPosition = rows.at(-1)?.position ?? this.#lastPosition;
      this.onRows(rows);
    });
    return this.#underWay;
  }
}
