/**
 * How many rows of one uplink may be confirmed and in no saved position: those, and what is unconfirmed on the wire, come twice after
 * a crash. A centre can rely on the number: at most `windowMax + unsavedMax(pace_per_s)` rows, and fires of the last minute on top, which
 * wait for nothing. It does not hold where no disk takes positions, or where the centre itself refuses a row (what it took behind that
 * one comes again). Decision 0077.
 */
import type { CarriedLane } from './carried-lane.js';
import { type CarriedLaneName, carriedLanes } from './lane-source.js';
import type { PositionKeeper } from './position-keeper.js';
import type { Row } from './row.js';

/** Positions are saved after a second's worth of a drain, but not sooner than after so many rows, … */
const saveFromLeast = 50;
/** … and not later: each save costs a drain without a pace 0.6 ms of a processor, and the card an fsync. */
const saveFromMost = 200;
/** Of what a save waits for, so much more may be told while the disk is at it. */
const whileSaving = 0.5;

/** @param pacePerS rows of history in a second; Infinity: no limit. */
export function unsavedMax(pacePerS: number): number {
  return Math.floor(saveFrom(pacePerS) * (1 + whileSaving)) - 1;
}

function saveFrom(pacePerS: number): number {
  return Math.min(saveFromMost, Math.max(saveFromLeast, pacePerS));
}

export interface UnsavedRowsOptions {
  readonly keeper: PositionKeeper;
  readonly lane: (name: CarriedLaneName) => CarriedLane | null;
  readonly pacePerS: number;
  /** What might not go before may go now. */
  readonly onRoom: () => void;
  /** False: nothing waits for a saved position. */
  readonly isBounded: boolean;
}

export class UnsavedRows {
  readonly #saveFrom: number;
  /** Less by the oldest row of each lane, which goes even when all others must wait. */
  readonly #rowsMax: number;
  #isAwaited = false;

  constructor(private readonly options: UnsavedRowsOptions) {
    const { keeper, pacePerS } = options;
    this.#saveFrom = saveFrom(pacePerS);
    this.#rowsMax = unsavedMax(pacePerS) - carriedLanes.length;
    keeper.onChange(() => {
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
    const unsaved = this.#unsaved;
    if (unsaved + this.#ahead < this.#rowsMax || keeper.isHindered) return true;
    // Where no save would help, only this row does: all that is ahead waits for it.
    if (unsaved === 0) return lane(name)?.rows.isOldest(row) === true;
    this.#isAwaited = true;
    if (!keeper.isSaving) keeper.hurry();
    return false;
  }

  /** Rows that a save under way covers are still counted here: whether there is need of another shows when it has ended. */
  #saveIfDue(): void {
    const { keeper } = this.options;
    if (!keeper.isSaving && this.#unsaved >= this.#saveFrom) keeper.hurry();
  }

  get #unsaved(): number {
    let sum = 0;
    for (const name of carriedLanes) sum += this.options.lane(name)?.unsaved ?? 0;
    return sum;
  }

  get #ahead(): number {
    let sum = 0;
    for (const name of carriedLanes) sum += this.options.lane(name)?.rows.ahead ?? 0;
    return sum;
  }
}
