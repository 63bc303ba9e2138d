import type { Cancel, Clock } from '../clock.js';

/** Notices that something was not heard for so long. Tells it once, and again only after it was heard. */
export class SilenceWatch {
  #lastMono = 0;
  #wake: Cancel | null = null;
  #isSilent = false;

  constructor(
    private readonly silenceMs: number,
    private readonly clock: Clock,
    private readonly onSilent: () => void,
  ) {}

  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** From now on it is expected to be heard. */
  begin(): void {
    this.#lastMono = this.clock.mono();
    this.#arm();
  }

  /** True when it was silent, so that its return can be told. */
  heard(atMono: number): boolean {
    const wasSilent = this.#isSilent;
    this.#isSilent = false;
    this.#lastMono = Math.max(this.#lastMono, atMono);
    this.#arm();
    return wasSilent;
  }

  /** Nobody can be heard now; whether it was silent stays known. */
  end(): void {
    this.#wake?.();
    this.#wake = null;
  }

  /** The same sum as the one that is waited for: a difference of fractions could fall a hair short of it, for ever. */
  get #dueMono(): number {
    return this.#lastMono + this.silenceMs;
  }

  /** One timer for many frames: when it rings too early it is set again. */
  #arm(): void {
    if (this.#wake !== null || this.#isSilent) return;
    this.#wake = this.clock.exactly(this.#dueMono, () => {
      this.#wake = null;
      if (this.clock.mono() < this.#dueMono) {
        this.#arm();
        return;
      }
      this.#isSilent = true;
      this.onSilent();
    });
  }
}
