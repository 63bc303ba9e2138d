/**
 * One password is computed at a time: 32 MiB once, one core of the box, one of the four threads that files need too. Others wait in a
 * bounded queue; the box's own screen has places of its own in it and goes first, so that no storm from the network keeps it out.
 */

/** Waiting from the network, and from the own screen; one more is told to come back. */
const waitingMax = { away: 8, own: 2 } as const;

type From = keyof typeof waitingMax;

export class HashTurns {
  readonly #waiting: Record<From, (() => void)[]> = { away: [], own: [] };
  #isBusy = false;

  /** Runs it when its turn comes. Null: too many wait already. Rejects as `run` does. */
  async take<T>(isOwnScreen: boolean, run: () => Promise<T>): Promise<{ readonly value: T } | null> {
    const from: From = isOwnScreen ? 'own' : 'away';
    if (this.#isBusy) {
      if (this.#waiting[from].length >= waitingMax[from]) return null;
      await new Promise<void>((resolve) => this.#waiting[from].push(resolve));
    }
    this.#isBusy = true;
    try {
      return { value: await run() };
    } finally {
      const next = this.#waiting.own.shift() ?? this.#waiting.away.shift();
      // Handed over without a moment in between in which somebody else finds it free.
      if (next === undefined) this.#isBusy = false;
      else next();
    }
  }
}
