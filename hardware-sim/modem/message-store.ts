/** Messages and reports in a modem's memory, by index. */
import type { WrittenPdu } from './write-incoming.js';

export interface StoredMessage extends WrittenPdu {
  readonly index: number;
  isRead: boolean;
}

export class MessageStore {
  readonly #byIndex = new Map<number, StoredMessage>();

  get size(): number {
    return this.#byIndex.size;
  }

  get all(): readonly StoredMessage[] {
    return [...this.#byIndex.values()].sort((a, b) => a.index - b.index);
  }

  /** The lowest free index; null: full. */
  add(pdu: WrittenPdu, max: number): StoredMessage | null {
    for (let index = 1; index <= max; index++) {
      if (this.#byIndex.has(index)) continue;
      const stored = { ...pdu, index, isRead: false };
      this.#byIndex.set(index, stored);
      return stored;
    }
    return null;
  }

  get(index: number): StoredMessage | null {
    return this.#byIndex.get(index) ?? null;
  }

  remove(index: number): void {
    this.#byIndex.delete(index);
  }

  clear(): void {
    this.#byIndex.clear();
  }
}
