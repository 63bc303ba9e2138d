import type { Cancel, Clock } from '../../drivers/clock.js';

/** One timer, for whatever is due first. */
export class DueTimer {
  #armed: { readonly dueMono: number; readonly cancel: Cancel } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly onDue: () => void,
  ) {}

  /** Replaces what it was armed for; Infinity: nothing is due. */
  arm(dueMono: number): void {
    if (this.#armed?.dueMono === dueMono) return;
    this.stop();
    if (dueMono === Infinity) return;
    const cancel = this.clock.after(Math.max(0, dueMono - this.clock.mono()), () => {
      this.#armed = null;
      this.onDue();
    });
    this.#armed = { dueMono, cancel };
  }

  stop(): void {
    this.#armed?.cancel();
    this.#armed = null;
  }
}
