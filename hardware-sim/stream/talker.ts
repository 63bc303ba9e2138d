import type { Cancel, Clock } from '../../drivers/clock.js';

/** A device that speaks by itself, or when asked, in a dialect of its own. Powered from the start. */
export interface SimStream {
  /** From now on it speaks through `say`; called once. */
  start(say: (bytes: Uint8Array) => void, clock: Clock): void;
  /** What the gateway sends. */
  hear(bytes: Uint8Array): void;
  /** The world's side. `signal` and `state` are called as in the profile; `object` null = the first one. Throws RangeError
   * for a signal or state that the device has no way to tell. */
  setSignal(signal: string, object: string | null, state: string | number): void;
  setPower(on: boolean): void;
  /** A person resets the device, so that it tells again what stands and what does not. Left out: it tells all the time. */
  resetByHand?(): void;
  /** It falls silent for good. */
  stop(): void;
}

/** Power and pace of a talker: `beat` is called again and again while there is power. */
export class Voice {
  #say: ((bytes: Uint8Array) => void) | null = null;
  #clock: Clock | null = null;
  #isPowered = true;
  #wake: Cancel | null = null;
  #turn = 0;

  /** `pausesMs`: the pauses between beats, over and over; empty = it never speaks by itself. */
  constructor(
    private readonly pausesMs: readonly number[],
    private readonly beat: () => void,
  ) {}

  get isOn(): boolean {
    return this.#isPowered && this.#say !== null;
  }

  start(say: (bytes: Uint8Array) => void, clock: Clock): void {
    this.#say = say;
    this.#clock = clock;
    this.#wait();
  }

  /** Nothing is said without power. */
  speak(bytes: Uint8Array): void {
    if (this.#isPowered) this.#say?.(bytes);
  }

  /** Says something a moment later, if there is still power. */
  speakAfter(delayMs: number, bytes: () => Uint8Array): void {
    this.#clock?.after(delayMs, () => this.speak(bytes()));
  }

  /** True when the power came back. */
  setPower(on: boolean): boolean {
    const isBack = on && !this.#isPowered;
    this.#isPowered = on;
    if (!on) this.#hush();
    else if (isBack) this.#wait();
    return isBack;
  }

  stop(): void {
    this.#say = null;
    this.#hush();
  }

  #hush(): void {
    this.#wake?.();
    this.#wake = null;
  }

  #wait(): void {
    const pauseMs = this.pausesMs[this.#turn++ % Math.max(1, this.pausesMs.length)];
    if (pauseMs === undefined || !this.isOn || this.#clock === null) return;
    this.#hush();
    this.#wake = this.#clock.after(pauseMs, () => {
      this.#wake = null;
      this.beat();
      this.#wait();
    });
  }
}
