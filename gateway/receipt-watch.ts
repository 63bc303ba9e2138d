/**
 * Whether a centre that is to send receipts does, in each lane: told when one has not moved on for too long, and when it does again.
 * What is carried and not kept by then is told again, because a receiver, or the broker before it, may have lost it: then after as
 * long again, twice as long, and so on. Each time costs what is unkept, so all of them together at most twice what was carried.
 */
import { type CarriedLaneName, carriedLanes } from '../sync/pump/lane-source.js';

/** Who was away may have receipts on their way: so long after a connection nothing is told again. */
const settleMs = 600_000;

interface LaneWatch {
  /** Since when something is carried and not kept, without any receipt in between. */
  sinceMono: number | null;
  isOverdue: boolean;
  againMono: number;
  againWaitMs: number;
}

export class ReceiptWatch {
  readonly #lanes: ReadonlyMap<CarriedLaneName, LaneWatch>;
  /** Null: not known yet since the start; until then a saved fault stands. */
  #isOverdue: boolean | null = null;
  #settledMono = 0;

  constructor(
    private readonly withinMs: number,
    private readonly tell: (isOverdue: boolean) => void,
    private readonly tellAgain: (lane: CarriedLaneName) => void = () => undefined,
  ) {
    const fresh = (): LaneWatch => ({ sinceMono: null, isOverdue: false, againMono: 0, againWaitMs: withinMs });
    this.#lanes = new Map(carriedLanes.map((name) => [name, fresh()]));
  }

  /** Asked from time to time. `unkept`: rows of a lane that are carried and not kept. */
  look(unkept: (lane: CarriedLaneName) => number, isUp: boolean, nowMono: number): void {
    if (!isUp) this.#settledMono = nowMono + settleMs;
    for (const [name, lane] of this.#lanes) {
      if (unkept(name) === 0) this.#calm(lane);
      else this.#lookAt(name, lane, nowMono);
    }
    if (this.#hasOverdue) this.#set(true);
    else if ([...this.#lanes.values()].every(({ sinceMono }) => sinceMono === null)) this.#set(false);
  }

  /** A receipt of the lane was taken. */
  kept(name: CarriedLaneName): void {
    const lane = this.#lanes.get(name);
    if (lane !== undefined) this.#calm(lane);
    if (!this.#hasOverdue) this.#set(false);
  }

  retell(): void {
    if (this.#isOverdue !== null) this.tell(this.#isOverdue);
  }

  get #hasOverdue(): boolean {
    return [...this.#lanes.values()].some(({ isOverdue }) => isOverdue);
  }

  #lookAt(name: CarriedLaneName, lane: LaneWatch, nowMono: number): void {
    if (lane.sinceMono === null) {
      lane.sinceMono = nowMono;
      lane.againMono = nowMono + this.withinMs;
    }
    lane.isOverdue ||= nowMono - lane.sinceMono >= this.withinMs;
    if (nowMono < lane.againMono || nowMono < this.#settledMono) return;
    lane.againMono = nowMono + lane.againWaitMs;
    lane.againWaitMs *= 2;
    this.tellAgain(name);
  }

  #calm(lane: LaneWatch): void {
    lane.sinceMono = null;
    lane.isOverdue = false;
    lane.againWaitMs = this.withinMs;
  }

  #set(isOverdue: boolean): void {
    if (this.#isOverdue === isOverdue) return;
    this.#isOverdue = isOverdue;
    this.tell(isOverdue);
  }
}
