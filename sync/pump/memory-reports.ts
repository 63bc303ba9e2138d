/**
 * Entries told from memory: those without a row yet (of the fire lane when the disk did not keep them in time, of all when it never
 * will), and fires of now whose row is far behind in its lane.
 */
import type { EntryId } from '../../config/ids.js';
import { Backoff } from '../../drivers/backoff.js';
import type { Entry } from '../journal/entry.js';
import { isNewFire } from './carriable.js';

/** Reports that wait in memory because neither disk nor link took them; then the oldest go, fire last, told by UPLINK-008. */
const memoryMax = 10_000;
/** Fires that were told before the disk had them, and whose rows were not read since; of more the oldest is forgotten, and may be told
 * a third time. */
const toldMax = 1_000;
const retryFirstMs = 1_000;
const retryCapMs = 60_000;

export interface MemoryReport {
  readonly entry: Entry;
  notBeforeMono: number;
  readonly backoff: Backoff;
  wasRefused: boolean;
  /** It has a row, and goes in its turn in any case. */
  isDurable: boolean;
}

export class MemoryReports {
  /** Oldest first. */
  readonly #waiting = new Map<EntryId, MemoryReport>();
  readonly #sending = new Map<EntryId, MemoryReport>();
  readonly #told = new Set<EntryId>();
  /** Of those that wait, how many are of the fire lane, … */
  #fires = 0;
  /** … and of these, how many have a row. */
  #durable = 0;

  constructor(private readonly random: () => number) {}

  /** Something of the fire lane is not confirmed. */
  get owesFire(): boolean {
    return this.#fires > 0 || [...this.#sending.values()].some(({ entry }) => isOfFire(entry));
  }

  /** Those that have no row yet. */
  get waitingCount(): { readonly fire: number; readonly others: number } {
    return { fire: this.#fires - this.#durable, others: this.#waiting.size - this.#fires };
  }

  /** Of those that have no row yet. */
  get oldest(): Entry | null {
    return this.#first(({ isDurable }) => !isDurable);
  }

  get hasFire(): boolean {
    for (const { entry } of this.#waiting.values()) if (entry.class === 'fire') return true;
    return false;
  }

  get hasRefused(): boolean {
    for (const { wasRefused } of this.#waiting.values()) if (wasRefused) return true;
    return false;
  }

  /**
   * Returns the entry that had to go for it, or null.
   * @param isDurable it has a row by now: if it is, or was, told from memory already, it is not told so again.
   */
  add(entry: Entry, isDurable = false): Entry | null {
    if (isDurable && this.#isKnown(entry.id)) return null;
    const backoff = new Backoff(retryFirstMs, retryCapMs, this.random);
    this.#put({ entry, notBeforeMono: 0, backoff, wasRefused: false, isDurable });
    if (this.#waiting.size <= memoryMax) return null;
    const spare = this.#durable > 0 ? this.#first((report) => report.isDurable) : null;
    const gone = this.#fires < this.#waiting.size ? this.#first((report) => !isOfFire(report.entry)) : this.oldest;
    const leaves = spare ?? gone;
    if (leaves !== null) this.#take(leaves.id);
    return spare === null ? gone : null;
  }

  /** A fire of now goes before all else, then older fires; the rest in the order it came. A fire that has a row and is old by now is
   * no longer told from here. */
  next(nowMono: number, isOld: (entry: Entry) => boolean): MemoryReport | null {
    let fire: MemoryReport | null = null;
    let other: MemoryReport | null = null;
    for (const report of this.#waiting.values()) {
      const { entry, isDurable } = report;
      if (report.notBeforeMono > nowMono) continue;
      if (!isNewFire(entry)) other ??= report;
      else if (!isOld(entry)) return report;
      else if (isDurable) this.#take(entry.id);
      else fire ??= report;
    }
    return fire ?? other;
  }

  markSending(report: MemoryReport): void {
    this.#take(report.entry.id);
    this.#sending.set(report.entry.id, report);
  }

  confirmed(report: MemoryReport): void {
    const { entry, isDurable } = report;
    if (!this.settle(report) || isDurable || !isNewFire(entry)) return;
    this.#told.add(entry.id);
    const [oldest] = this.#told;
    if (this.#told.size > toldMax && oldest !== undefined) this.#told.delete(oldest);
  }

  /** False: its row was read meanwhile, and it goes from the journal. */
  settle({ entry }: MemoryReport): boolean {
    return this.#sending.delete(entry.id);
  }

  putBack(report: MemoryReport, nowMono: number): void {
    report.notBeforeMono = nowMono + report.backoff.nextMs();
    this.#put(report);
  }

  /** Its row was read: once it goes from the journal it does not go from memory after that. */
  forget(id: EntryId): void {
    this.#told.delete(id);
    if (!this.#take(id)) this.#sending.delete(id);
  }

  /** The connection is new: all may go at once. */
  release(): void {
    for (const report of this.#waiting.values()) report.notBeforeMono = 0;
  }

  nextTryMono(nowMono: number): number {
    let first = Infinity;
    for (const { notBeforeMono } of this.#waiting.values()) {
      if (notBeforeMono > nowMono) first = Math.min(first, notBeforeMono);
    }
    return first;
  }

  #first(isWanted: (report: MemoryReport) => boolean): Entry | null {
    for (const report of this.#waiting.values()) if (isWanted(report)) return report.entry;
    return null;
  }

  /** It waits, is on its way or was told, and has a row from now on. */
  #isKnown(id: EntryId): boolean {
    const waiting = this.#waiting.get(id);
    if (waiting?.isDurable === false) this.#durable += 1;
    const report = waiting ?? this.#sending.get(id);
    if (report === undefined) return this.#told.has(id);
    report.isDurable = true;
    return true;
  }

  #put(report: MemoryReport): void {
    this.#take(report.entry.id);
    if (isOfFire(report.entry)) this.#fires += 1;
    if (report.isDurable) this.#durable += 1;
    this.#waiting.set(report.entry.id, report);
  }

  /** False when it does not wait. */
  #take(id: EntryId): boolean {
    const report = this.#waiting.get(id);
    if (report === undefined) return false;
    if (isOfFire(report.entry)) this.#fires -= 1;
    if (report.isDurable) this.#durable -= 1;
    return this.#waiting.delete(id);
  }
}

function isOfFire({ lane }: Entry): boolean {
  return lane === 'fire';
}
