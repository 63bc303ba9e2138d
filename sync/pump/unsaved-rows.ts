/**
 * How many rows of one uplink may be confirmed and in no saved position: those, and what is unconfirmed on the wire, come twice after
 * a crash. Its centre can rely on the number: at most `windowMax + unsavedMax` rows, and fires of the last minute on top, which wait for
 * nothing. It does not hold where no disk takes positions, or where the centre itself refuses a row (what it took behind that one
 * comes again).
 */
import type { CarriedLane } from './carried-lane.js';
import { type CarriedLaneName, carriedLanes } from './lane-source.js';
import type { PositionKeeper } from './position-keeper.js';
import type { Row } from './row.js';

export const unsavedMax = 74;
/** From here on positions are saved: at the usual pace of 50 rows a second once in a second, and half a second is left for the disk. */
const saveFromRows = 50;
/** Of `unsavedMax`, for the oldest row of each lane, which goes even when all others must wait. */
const rowsMax = unsavedMax - carriedLanes.length;

export interface UnsavedRowsOptions {
  readonly keeper: PositionKeeper;
  readonly lane: (name: CarriedLaneName) => CarriedLane | null;
  /** What might not go before may go now. */
  readonly onRoom: () => void;
  /** False: nothing waits for a saved position. */
  readonly isBounded: boolean;
}

export class UnsavedRows {
  #isAwaited = false;

  constructor(private readonly options: UnsavedRowsOptions) {
    options.keeper.onChange(() => {
      this.#saveIfDue();
      if (!this.#isAwaited) return;
      this.#isAwaited = false;
      options.onRoom();
    });
  }

  /** A row of that lane is confirmed or passed over. */
  finished(lane: CarriedLane): void {
    this.options.keeper.note(lane);
    this.#saveIfDue();
  }

  mayGo(name: CarriedLaneName, row: Row): boolean {
    const { keeper, lane, isBounded } = this.options;
    if (!isBounded) return true;
    const unsaved = this.#count((each) => each.unsaved);
    if (unsaved + this.#count(({ rows }) => rows.ahead) < rowsMax || keeper.isHindered) return true;
    // Where no save would help, only this row does: all that is ahead waits for it.
    if (unsaved === 0) return lane(name)?.rows.isOldest(row) === true;
    this.#isAwaited = true;
    if (!keeper.isSaving) keeper.hurry();
    return false;
  }

  /** Rows that a save under way covers are still counted here: whether there is need of another shows when it has ended. */
  #saveIfDue(): void {
    const { keeper } = this.options;
    if (!keeper.isSaving && this.#count(({ unsaved }) => unsaved) >= saveFromRows) keeper.hurry();
  }

  #count(of: (lane: CarriedLane) => number): number {
    return carriedLanes.reduce((sum, name) => {
      const lane = this.options.lane(name);
      return lane === null ? sum : sum + of(lane);
    }, 0);
  }
}
