/** Entries without a row yet, told from memory: of the fire lane when the disk did not keep them in time, of all when it never will. */
import type { EntryId } from '../../config/ids.js';
import { Backoff } from '../../drivers/backoff.js';
import type { Entry } from '../journal/entry.js';
import { isNewFire } from './carriable.js';

/** Reports that wait in memory because neither disk nor link took them; then the oldest go, fire last, told by UPLINK-008. */
const memoryMax = 10_000;
const retryFirstMs = 1_000;
const retryCapMs = 60_000;

export interface MemoryReport {
  readonly entry: Entry;
  notBeforeMono: number;
  readonly backoff: Backoff;
  wasRefused: boolean;
}

export class MemoryReports {
  /** Oldest first. */
  readonly #waiting = new Map<EntryId, MemoryReport>();
  /** Whether it is of the fire lane. */
  readonly #sending = new Map<EntryId, boolean>();
  /** Of those that wait, how many are of the fire lane. */
  #fires = 0;

  constructor(private readonly random: () => number) {}

  /** Something of the fire lane is not confirmed. */
  get owesFire(): boolean {
    return this.#fires > 0 || [...this.#sending.values()].includes(true);
  }

  get waitingCount(): { readonly fire: number; readonly others: number } {
    return { fire: this.#fires, others: this.#waiting.size - this.#fires };
  }

  get oldest(): Entry | null {
    for (const { entry } of this.#waiting.values()) return entry;
    return null;
  }

  get hasFire(): boolean {
    for (const { entry } of this.#waiting.values()) if (entry.class === 'fire') return true;
    return false;
  }

  get hasRefused(): boolean {
    for (const { wasRefused } of this.#waiting.values()) if (wasRefused) return true;
    return false;
  }

  /** Returns the entry that had to go for it, or null. */
  add(entry: Entry): Entry | null {
    const backoff = new Backoff(retryFirstMs, retryCapMs, this.random);
    this.#put({ entry, notBeforeMono: 0, backoff, wasRefused: false });
    if (this.#waiting.size <= memoryMax) return null;
    const gone = this.#fires < this.#waiting.size ? this.#oldestOther : this.oldest;
    if (gone !== null) this.#take(gone.id);
    return gone;
  }

  /** A new fire goes before all else; the rest in the order it came. */
  next(nowMono: number): MemoryReport | null {
    let first: MemoryReport | null = null;
    for (const report of this.#waiting.values()) {
      if (report.notBeforeMono > nowMono) continue;
      if (isNewFire(report.entry)) return report;
      first ??= report;
    }
    return first;
  }

  markSending({ entry }: MemoryReport): void {
    this.#take(entry.id);
    this.#sending.set(entry.id, isOfFire(entry));
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

  get #oldestOther(): Entry | null {
    for (const { entry } of this.#waiting.values()) if (!isOfFire(entry)) return entry;
    return null;
  }

  #put(report: MemoryReport): void {
    if (!this.#waiting.has(report.entry.id) && isOfFire(report.entry)) this.#fires += 1;
    this.#waiting.set(report.entry.id, report);
  }

  /** False when it does not wait. */
  #take(id: EntryId): boolean {
    const report = this.#waiting.get(id);
    if (report === undefined) return false;
    if (isOfFire(report.entry)) this.#fires -= 1;
    return this.#waiting.delete(id);
  }
}

function isOfFire({ lane }: Entry): boolean {
  return lane === 'fire';
}
