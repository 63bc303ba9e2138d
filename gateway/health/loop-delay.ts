/**
 * How late the event loop runs what is due. Every 100 ms something is due; each such moment has a delay, those too that were
 * passed over while the loop was held up: after a halt of 5 s the figure tells of 5 s, and not of one late moment among many.
 */
import type { Cancel, Clock } from '../../drivers/clock.js';

const stepMs = 100;
/** One minute of moments. */
const momentsMax = 600;

export class LoopDelay {
  readonly #delays = new Float64Array(momentsMax);
  #count = 0;
  #cancel: Cancel | null = null;

  constructor(private readonly clock: Clock) {}

  /** Within this 99 of 100 moments of the last minute had their turn, ms; null before the first one. */
  get p99Ms(): number | null {
    const known = this.#delays.slice(0, Math.min(this.#count, momentsMax)).sort();
    return known[Math.ceil(known.length * 0.99) - 1] ?? null;
  }

  start(): void {
    this.#wait(this.clock.mono() + stepMs);
  }

  stop(): void {
    this.#cancel?.();
  }

  #wait(dueMono: number): void {
    this.#cancel = this.clock.after(dueMono - this.clock.mono(), () => {
      const nowMono = this.clock.mono();
      // Of a halt longer than a minute only the last minute counts.
      let momentMono = Math.max(dueMono, nowMono - momentsMax * stepMs);
      for (; momentMono <= nowMono; momentMono += stepMs) this.#keep(nowMono - momentMono);
      this.#wait(momentMono);
    });
  }

  #keep(delayMs: number): void {
    this.#delays[this.#count % momentsMax] = delayMs;
    this.#count += 1;
  }
}
