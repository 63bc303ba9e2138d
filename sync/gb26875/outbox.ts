/**
 * What waits for its turn on the wire: fires first, then the rest of the fire lane, then the others, each in the order it came. Neighbours
 * of one type go as objects of one frame, so that a backlog costs a frame for 22 alarms and not for each.
 */
import type { GbAdu } from './frame-types.js';
import { layouts } from './layouts.js';

/** First to last. `fire`: raised just now; `old-fire`: raised during an outage; `states`: told anew because somebody asked. */
export const gbRanks = ['fire', 'old-fire', 'fire-lane', 'others', 'states'] as const;
export type GbRank = (typeof gbRanks)[number];

/** Reports that wait or are under way: far above what a pump sends at once. More is refused. */
export const outboxMax = 512;

/** One frame's worth. */
export interface GbLoad {
  readonly id: number;
  readonly adu: GbAdu;
  readonly isFire: boolean;
}

interface Report {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  /** Its data units that are not confirmed. */
  open: number;
}

interface Part {
  readonly adu: GbAdu;
  readonly report: Report | null;
}

export class GbOutbox {
  readonly #waiting: Readonly<Record<GbRank, Part[]>> = {
    ...{ fire: [], 'old-fire': [], 'fire-lane': [], others: [], states: [] },
  };
  readonly #underWay = new Map<number, readonly Report[]>();
  #nextId = 1;
  #reports = 0;

  get isFull(): boolean {
    return this.#reports >= outboxMax;
  }

  get isEmpty(): boolean {
    return gbRanks.every((rank) => this.#waiting[rank].length === 0);
  }

  /** Resolves when all of these data units are confirmed; rejects as `failed` and `failAll` say. At least one. */
  add(adus: readonly GbAdu[], rank: GbRank): Promise<void> {
    this.#reports += 1;
    return new Promise<void>((resolve, reject) => {
      const report: Report = { resolve, reject, open: adus.length };
      for (const adu of adus) this.#waiting[rank].push({ adu, report });
    });
  }

  /** States that nobody waits for; they replace those that still wait. */
  tellStates(adus: readonly GbAdu[]): void {
    this.#waiting.states.length = 0;
    for (const adu of adus) this.#waiting.states.push({ adu, report: null });
  }

  /** The next frame's worth of what may go; null: nothing. */
  next(may: { readonly fire: boolean; readonly others: boolean }): GbLoad | null {
    for (const rank of gbRanks) {
      const isFire = rank === 'fire' || rank === 'old-fire';
      const queue = this.#waiting[rank];
      if (queue.length === 0) continue;
      if (isFire ? may.fire : may.others) return this.#take(queue, isFire);
    }
    return null;
  }

  confirmed(id: number): void {
    for (const report of this.#end(id)) {
      // Another part of it has failed meanwhile.
      if (report.open === 0) continue;
      report.open -= 1;
      if (report.open > 0) continue;
      this.#reports -= 1;
      report.resolve();
    }
  }

  failed(id: number, error: Error): void {
    const reports = new Set(this.#end(id));
    // What of it still waits is of no use any more.
    for (const rank of gbRanks) this.#dropOf(rank, reports);
    for (const report of reports) this.#fail(report, error);
  }

  failAll(error: Error): void {
    const reports = new Set<Report>();
    for (const under of this.#underWay.values()) for (const report of under) reports.add(report);
    for (const rank of gbRanks) {
      for (const { report } of this.#waiting[rank]) if (report !== null) reports.add(report);
      this.#waiting[rank].length = 0;
    }
    this.#underWay.clear();
    for (const report of reports) this.#fail(report, error);
  }

  #take(queue: Part[], isFire: boolean): GbLoad {
    const id = this.#nextId++;
    let adu: GbAdu | null = null;
    const reports: Report[] = [];
    let taken = 0;
    for (const part of queue) {
      const joined: GbAdu | null = adu === null ? part.adu : together(adu, part.adu);
      if (joined === null) break;
      adu = joined;
      taken += 1;
      if (part.report !== null) reports.push(part.report);
    }
    queue.splice(0, taken);
    this.#underWay.set(id, reports);
    if (adu === null) throw new Error('an empty queue was asked for a frame');
    return { id, adu, isFire };
  }

  #end(id: number): readonly Report[] {
    const reports = this.#underWay.get(id) ?? [];
    this.#underWay.delete(id);
    return reports;
  }

  #dropOf(rank: GbRank, reports: ReadonlySet<Report>): void {
    const queue = this.#waiting[rank];
    const left = queue.filter(({ report }) => report === null || !reports.has(report));
    if (left.length < queue.length) queue.splice(0, queue.length, ...left);
  }

  #fail(report: Report, error: Error): void {
    if (report.open === 0) return;
    report.open = 0;
    this.#reports -= 1;
    report.reject(error);
  }
}

/** Both in one data unit; null: they are of different types, or too many for one (`layouts` keeps every type below 1024 bytes). */
function together(first: GbAdu, second: GbAdu): GbAdu | null {
  if (first.type === 'other' || second.type === 'other' || first.type !== second.type) return null;
  const objects = [...first.objects, ...second.objects];
  return objects.length > (layouts.get(first.type)?.max ?? 1) ? null : ({ type: first.type, objects } as GbAdu);
}
