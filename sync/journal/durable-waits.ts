import type { EntryId } from '../../config/ids.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Entry } from './entry.js';

interface Wait {
  readonly missing: Set<EntryId>;
  readonly settle: (isDurable: boolean) => void;
}

/** Whoever may act only once something is durable waits here, for a limited time. */
export class DurableWaits {
  readonly #waits = new Set<Wait>();

  constructor(private readonly clock: Clock) {}

  /** False when they are not durable within `limitMs`. */
  wait(entries: readonly Entry[], limitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined;
      const wait: Wait = {
        missing: new Set(entries.map(({ id }) => id)),
        settle: (isDurable) => {
          cancel();
          this.#waits.delete(wait);
          resolve(isDurable);
        },
      };
      this.#waits.add(wait);
      cancel = this.clock.after(limitMs, () => wait.settle(false));
    });
  }

  kept(entries: readonly Entry[]): void {
    for (const wait of [...this.#waits]) {
      for (const { id } of entries) wait.missing.delete(id);
      if (wait.missing.size === 0) wait.settle(true);
    }
  }

  /** Nothing becomes durable any more. */
  stop(): void {
    for (const wait of [...this.#waits]) wait.settle(false);
  }
}
