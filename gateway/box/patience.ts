/** Waiting with a limit. What is still under way then may hold a thread of Node for ever, and with it the end of this program. */
import type { Clock } from '../../drivers/clock.js';

export class Patience {
  #owed = 0;

  constructor(private readonly clock: Clock) {}

  /** Something that was given up has not ended since: only a signal ends this process for certain. */
  get isStuck(): boolean {
    return this.#owed > 0;
  }

  /** The result, or null when it took longer than `limitMs`. Rejects as `work` does. */
  within<T>(work: Promise<T>, limitMs: number): Promise<T | null> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      const cancel = this.clock.after(limitMs, () => {
        isLate = true;
        this.#owed += 1;
        resolve(null);
      });
      const end = (settle: () => void): void => {
        cancel();
        if (isLate) this.#owed -= 1;
        else settle();
      };
      work.then(
        (value) => end(() => resolve(value)),
        (error: unknown) => end(() => reject(error)),
      );
    });
  }
}
