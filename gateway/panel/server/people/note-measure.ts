/** Every act is a note of its own; refusals come by the thousand in a storm, and after a few in a minute they are counted. */
import type { Cancel, Clock } from '../../../../drivers/clock.js';
import type { UserNote } from '../../bridge.js';

const eachMax = 10;
const windowMs = 60_000;

export class NoteMeasure {
  #told = 0;
  #more = 0;
  #cancel: Cancel | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly send: (note: UserNote) => void,
  ) {}

  tell(note: UserNote): void {
    const isMeasured = note.is === 'refused' || note.is === 'throttled';
    if (isMeasured) {
      this.#cancel ??= this.clock.after(windowMs, () => this.#endWindow());
      if (this.#told >= eachMax) {
        this.#more++;
        return;
      }
      this.#told++;
    }
    this.send(note);
  }

  /** What was counted is told now. */
  stop(): void {
    this.#cancel?.();
    this.#endWindow();
  }

  #endWindow(): void {
    const count = this.#more;
    this.#told = 0;
    this.#more = 0;
    this.#cancel = null;
    if (count > 0) this.send({ is: 'refused', user: unknownUser, by: null, from: '*', count });
  }
}

/** A name that nobody has is not written down: people type their password there. */
export const unknownUser = '?';
