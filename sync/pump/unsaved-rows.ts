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
/** … and not later. With saves after 200 rows already a drain to MQTT without a pace waits for the disk (decision 0077). */
const saveFromMost = 500;
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
  /** What counts, as of the last row that was confirmed: at most too large now. */
  #count = 0;
  #isAwaited = false;

  constructor(private readonly options: UnsavedRowsOptions) {
    const { keeper, pacePerS } = options;
    this.#saveFrom = saveFrom(pacePerS);
    this.#rowsMax = unsavedMax(pacePerS) - carriedLanes.length;
    keeper.onChange(() => {
      this.#look();
      if (!this.#isAwaited) return;
      this.#isAwaited = false;
      options.onRoom();
    });
  }

  /** A row of that lane is confirmed or passed over. */
  finished(lane: CarriedLane): void {
    this.options.keeper.note(lane);
    this.#look();
  }

  mayGo(name: CarriedLaneName, row: Row): boolean {
    const { keeper, lane, isBounded } = this.options;
    if (this.#count < this.#rowsMax || !isBounded || keeper.isHindered) return true;
    const unsaved = this.#look();
    if (this.#count < this.#rowsMax) return true;
    // Where no save would help, only this row does: all that is ahead waits for it.
    if (unsaved === 0) return lane(name)?.rows.isOldest(row) === true;
    this.#isAwaited = true;
    if (!keeper.isSaving) keeper.hurry();
    return false;
  }

  /** Returns the confirmed rows that no saved position covers. Those of a save under way are among them: whether there is need of another
   * shows when it has ended. */
  #look(): number {
    const { keeper } = this.options;
    let unsaved = 0;
    let ahead = 0;
    for (const name of carriedLanes) {
      const lane = this.options.lane(name);
      if (lane === null) continue;
      unsaved += lane.unsaved;
      ahead += lane.rows.ahead;
    }
    this.#count = unsaved + ahead;
    if (unsaved >= this.#saveFrom && !keeper.isSaving) keeper.hurry();
    return unsaved;
  }
}
