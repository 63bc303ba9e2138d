/**
 * What waits for its turn on the wire: fires first, then the rest of the fire lane, then the others, each in the order it came. Neighbours
 * of one type go as objects of one frame, so that a backlog costs a frame for 22 alarms and not for each. Words are made when they go, not
 * when they are asked for: what waited behind a fire must not say that nothing burns.
 */
import type { GbAdu } from './frame-types.js';
import { layouts } from './layouts.js';
import type { GbTold } from './telling.js';
import { stateKey } from './told-states.js';

/** First to last. `fire`: raised just now; `old-fire`: raised during an outage; `burning`: was told as over behind it; `states`: told anew because
 * somebody asked; `changed`: because it is another by now. */
export const gbRanks = ['fire', 'old-fire', 'burning', 'fire-lane', 'others', 'states', 'changed'] as const;
/** Told as the site has it, so not before that is known. */
const ofSite: ReadonlySet<GbRank> = new Set(['burning', 'states', 'changed']);
export type GbRank = (typeof gbRanks)[number];

/** In the state of a system, a component (Figures 6 and 8) and the device itself (Figure 10). */
const fireBit = 2;
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
  /** Its parts that are not confirmed. */
  open: number;
}

interface Part {
  readonly told: GbTold;
  /** Null: nobody waits for it, so that it is owed from here until it is confirmed. */
  readonly report: Report | null;
  /** Whose state it tells as it is when it goes, where that is known before. */
  readonly key?: string;
  /** It failed in a frame with others, and may have been right: now it goes in one of its own. */
  readonly isAlone?: boolean;
}

/** A part in a frame, and the last word that it has there. */
interface Sent {
  readonly part: Part;
  readonly queue: Part[];
  readonly last: GbAdu;
}

export class GbOutbox {
  readonly #waiting: Readonly<Record<GbRank, Part[]>> = {
    ...{ fire: [], 'old-fire': [], burning: [], 'fire-lane': [], others: [], states: [], changed: [] },
  };
  readonly #underWay = new Map<number, readonly Sent[]>();
  /** States that this link does not take even alone; they go again over the next one. */
  #owed: Part[] = [];
  #nextId = 1;
  #reports = 0;

  /** @param now of the state that a data unit told; null: nobody knows it but what told it */
  constructor(private readonly now: (told: GbAdu) => GbTold | null = () => null) {}

  get isFull(): boolean {
    return this.#reports >= outboxMax;
  }

  get isEmpty(): boolean {
    return gbRanks.every((rank) => this.#waiting[rank].length === 0);
  }

  /** Resolves when all of it is confirmed; rejects as `failed` and `failAll` say. At least one. */
  add(all: readonly GbTold[], rank: GbRank): Promise<void> {
    this.#reports += 1;
    return new Promise<void>((resolve, reject) => {
      const report: Report = { resolve, reject, open: all.length };
      for (const told of all) this.#waiting[rank].push({ told, report });
    });
  }

  get hasStates(): boolean {
    return [...ofSite].some((rank) => this.#waiting[rank].length > 0);
  }

  /** States that nobody waits for; they replace those that still wait. */
  tellStates(all: readonly GbTold[]): void {
    this.#waiting.states.length = 0;
    this.#owed = [];
    for (const told of all) this.#waiting.states.push({ told, report: null });
  }

  /** What stands beside normal operation; nobody waits for it, and it goes as what burns. */
  tellStanding(all: readonly GbTold[]): void {
    for (const told of all) this.#waiting.burning.push({ told, report: null });
  }

  /** The next frame's worth of what may go; null: nothing. */
  next(may: Readonly<Record<'fire' | 'others' | 'states' | 'changed', boolean>>): GbLoad | null {
    for (const rank of gbRanks) {
      const isFire = rank === 'fire' || rank === 'old-fire' || rank === 'burning';
      if ((ofSite.has(rank) && !may.states) || (rank === 'changed' && !may.changed)) continue;
      const mayGo = isFire ? may.fire : may.others;
      const load = mayGo ? this.#take(this.#waiting[rank], isFire) : null;
      if (load !== null) return load;
    }
    return null;
  }

  confirmed(id: number): void {
    for (const { part, last } of this.#end(id)) {
      this.#settle(part.report);
      this.#tellIfChanged(part.told, last);
    }
  }

  /** A frame of several is taken apart, and they go again one by one; alone, a report rejects, and a state waits for the next link. */
  failed(id: number, error: Error): void {
    const sent = this.#end(id);
    const reports = new Set<Report>();
    for (const { part } of sent) if (part.report !== null) reports.add(part.report);
    if (reports.size > 1 || (reports.size === 0 && sent.length > 1)) {
      const again = sent.filter(({ part }) => part.report === null || part.report.open > 0);
      for (const { part, queue } of again.reverse()) queue.unshift({ ...part, isAlone: true });
      return;
    }
    for (const { part } of sent) if (part.report === null) this.#owed.push({ ...part, isAlone: true });
    // What of it still waits is of no use any more.
    for (const rank of gbRanks) this.#dropOf(rank, reports);
    for (const report of reports) this.#fail(report, error);
  }

  /** The link is gone: reports reject, and what nobody waits for is kept for the next one. */
  failAll(error: Error): void {
    const reports = new Set<Report>();
    const parts = [...this.#underWay.values()].flatMap((sent) => sent.map(({ part }) => part));
    for (const rank of gbRanks) parts.push(...this.#waiting[rank].splice(0));
    for (const { report } of parts) if (report !== null) reports.add(report);
    this.#waiting.states.push(...parts.filter(({ report }) => report === null), ...this.#owed);
    this.#owed = [];
    this.#underWay.clear();
    for (const report of reports) this.#fail(report, error);
  }

  /** Null: nothing in this queue has a word any more. */
  #take(queue: Part[], isFire: boolean): GbLoad | null {
    let adu: GbAdu | null = null;
    const sent: Sent[] = [];
    for (let part = queue[0]; part !== undefined; part = queue[0]) {
      if (part.isAlone === true && sent.length > 0) break;
      const units = this.#made(queue, part);
      if (units === null) continue;
      const [whole, taken] = joined(adu, units);
      // Words of one thing stay together, except where not even they fit into one frame.
      if (taken < units.length && (sent.length > 0 || taken === 0)) break;
      const last = units[taken - 1];
      if (whole === null || last === undefined) break;
      adu = whole;
      queue.shift();
      const left = units.length - taken;
      const { told, report } = part;
      if (left > 0) {
        if (report !== null) report.open += 1;
        queue.unshift({ ...part, told: () => told().slice(-left) });
      }
      sent.push({ part, queue, last });
      if (left > 0 || part.isAlone === true) break;
    }
    if (adu === null) return null;
    const id = this.#nextId++;
    this.#underWay.set(id, sent);
    return { id, adu, isFire };
  }

  /** What the first of a queue has to say now; null: nothing, and it has left the queue. */
  #made(queue: Part[], part: Part): readonly GbAdu[] | null {
    try {
      const units = part.told();
      if (units.length > 0) return units;
      queue.shift();
      this.#settle(part.report);
    } catch (error) {
      queue.shift();
      if (part.report !== null) this.#fail(part.report, error instanceof Error ? error : new Error(String(error)));
    }
    return null;
  }

  /** A frame says what was so when it was made first, and its end may have been told before it: behind it goes what is so now, at once where it
   * burns, else when nothing else waits. */
  #tellIfChanged(told: GbTold, sent: GbAdu): void {
    const before = stateIn(sent);
    if (before === null) return;
    const now = this.now(sent) ?? ((): readonly GbAdu[] => told().slice(-1));
    const [last] = now();
    const state = last === undefined ? null : stateIn(last);
    const key = last === undefined ? null : stateKey(last);
    if (state === null || state === before || key === null) return;
    const burns = (state & fireBit) !== 0 && (before & fireBit) === 0;
    const queue = burns ? this.#waiting.burning : this.#waiting.changed;
    // One that waits already says what is so when it goes.
    const sooner = burns ? queue : [...this.#waiting.burning, ...queue, ...this.#waiting.states, ...this.#owed];
    if (!sooner.some((each) => each.key === key)) queue.push({ told: now, report: null, key });
  }

  #settle(report: Report | null): void {
    // Another part of it may have failed meanwhile.
    if (report === null || report.open === 0) return;
    report.open -= 1;
    if (report.open > 0) return;
    this.#reports -= 1;
    report.resolve();
  }

  #end(id: number): readonly Sent[] {
    const sent = this.#underWay.get(id) ?? [];
    this.#underWay.delete(id);
    return sent;
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

/** As many of these as go into one frame with what is there. */
function joined(adu: GbAdu | null, units: readonly GbAdu[]): readonly [whole: GbAdu | null, taken: number] {
  let whole = adu;
  let taken = 0;
  for (const unit of units) {
    const both: GbAdu | null = whole === null ? unit : together(whole, unit);
    if (both === null) break;
    whole = both;
    taken += 1;
  }
  return [whole, taken];
}

function stateIn(adu: GbAdu): number | null {
  return adu.type === 1 || adu.type === 2 || adu.type === 21 ? (adu.objects[0]?.state ?? null) : null;
}

/** Both in one data unit; null: they are of different types, or too many for one (`layouts` keeps every type below 1024 bytes). */
function together(first: GbAdu, second: GbAdu): GbAdu | null {
  if (first.type === 'other' || second.type === 'other' || first.type !== second.type) return null;
  const objects = [...first.objects, ...second.objects];
  return objects.length > (layouts.get(first.type)?.max ?? 1) ? null : ({ type: first.type, objects } as GbAdu);
}
