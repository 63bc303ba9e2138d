import type { EntryId } from '../../config/ids.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Entry } from './entry.js';

/** Tells of each entry, once, that was not durable `limitMs` after it was handed over: it is reported from memory then. */
export class LateWatch {
  readonly #watched = new Map<EntryId, { readonly entry: Entry; readonly dueMono: number }>();
  #cancel: Cancel | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly limitMs: number,
    private readonly onLate: (entry: Entry) => void,
  ) {}

  watch(entries: readonly Entry[]): void {
    const dueMono = this.clock.mono() + this.limitMs;
    for (const entry of entries) this.#watched.set(entry.id, { entry, dueMono });
    if (this.#cancel === null) this.#arm();
  }

  /** These are durable. */
  forget(entries: readonly Entry[]): void {
    for (const entry of entries) this.#watched.delete(entry.id);
    if (this.#watched.size === 0) this.stop();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #arm(): void {
    const [oldest] = this.#watched.values();
    this.#cancel =
      oldest === undefined ? null : this.clock.after(oldest.dueMono - this.clock.mono(), () => this.#look());
  }

  #look(): void {
    const late: Entry[] = [];
    for (const { entry, dueMono } of this.#watched.values()) {
      if (dueMono > this.clock.mono()) break;
      late.push(entry);
    }
    for (const entry of late) this.#watched.delete(entry.id);
    this.#arm();
    for (const entry of late) this.onLate(entry);
  }
}
