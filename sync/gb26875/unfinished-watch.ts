/** A frame that began and does not end: its length may be a lie, or its sender a slow drip. More bytes of it win it no time. */
import type { Cancel, Clock } from '../../drivers/clock.js';

/** A frame that began and has not ended after so long never will. */
const unfinishedMaxMs = 5_000;

export class UnfinishedWatch {
  #cancel: Cancel | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly onTooLong: () => void,
  ) {}

  /** After bytes came. `heldBytes`: of a frame that has not ended. `hasEnded`: one did, so that what is held now began behind it. */
  look(heldBytes: number, hasEnded: boolean): void {
    if (heldBytes === 0 || hasEnded) this.stop();
    if (heldBytes === 0) return;
    this.#cancel ??= this.clock.after(unfinishedMaxMs, () => {
      this.#cancel = null;
      this.onTooLong();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
