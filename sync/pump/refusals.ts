import type { UplinkError } from '../uplink.js';

/** So many refusals, and of what was refused nothing carried meanwhile: that is no accident of one message. */
const refusalsToldAfter = 5;

/** Whether the centre refuses reports again and again: told once, and once more when it does so no longer. */
export class Refusals {
  #count = 0;
  #isTold = false;

  constructor(private readonly tell: (error: UplinkError | null) => void) {}

  get isTold(): boolean {
    return this.#isTold;
  }

  refused(error: UplinkError): void {
    this.#count += 1;
    if (this.#count < refusalsToldAfter || this.#isTold) return;
    this.#isTold = true;
    this.tell(error);
  }

  /** What was refused was carried after all. */
  accepted(): void {
    this.#count = 0;
    if (!this.#isTold) return;
    this.#isTold = false;
    this.tell(null);
  }
}
