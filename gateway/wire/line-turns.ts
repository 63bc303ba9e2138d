/**
 * Turns of people on a line that is watched: one at a time, with a pause after each, and a long one after a question that nobody
 * answered, because it cost the line a whole time-out that the fire scan had to wait for.
 */
import type { LineId } from '../../config/ids.js';
import type { Clock } from '../../drivers/clock.js';
import { pause } from '../../drivers/clock.js';

/** Between two questions of people on one line, ms: four a second at most. */
const pauseMs = 250;
/** After one that nobody answered, ms. */
const afterSilenceMs = 3000;
/** Whoever would wait behind so many others is refused instead. */
const waitingMax = 4;

export class LineTurns {
  readonly #tails = new Map<LineId, Promise<void>>();
  readonly #waiting = new Map<LineId, number>();
  readonly #freeMono = new Map<LineId, number>();

  constructor(private readonly clock: Clock) {}

  /** Null: too many wait already. `ask` tells whether somebody answered. */
  async take<T>(
    line: LineId,
    ask: () => Promise<{ readonly told: T; readonly isAnswered: boolean }>,
  ): Promise<T | null> {
    const waiting = this.#waiting.get(line) ?? 0;
    if (waiting >= waitingMax) return null;
    this.#waiting.set(line, waiting + 1);
    const before = this.#tails.get(line) ?? Promise.resolve();
    const turn = before.then(async () => {
      const waitMs = (this.#freeMono.get(line) ?? 0) - this.clock.mono();
      if (waitMs > 0) await pause(this.clock, waitMs);
      const { told, isAnswered } = await ask();
      this.#freeMono.set(line, this.clock.mono() + (isAnswered ? pauseMs : afterSilenceMs));
      return told;
    });
    // The next one waits for this one, however it ends.
    this.#tails.set(
      line,
      turn.then(
        () => undefined,
        () => undefined,
      ),
    );
    try {
      return await turn;
    } finally {
      this.#waiting.set(line, (this.#waiting.get(line) ?? 1) - 1);
    }
  }
}
