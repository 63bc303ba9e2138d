/** One direction of a connection: packets take the time of their bytes and a delay by chance, and never overtake each other. */
import type { Cancel, Clock } from '../../drivers/clock.js';
import { Fifo } from './fifo.js';

export interface PathTraits {
  /** A packet is under way for at least so long, ms. */
  readonly minMs: number;
  /** And at most, when none is before it, ms. */
  readonly maxMs: number;
  readonly bytesPerS: number;
}

interface Packet {
  readonly dueMono: number;
  readonly arrive: () => void;
}

export class DelayPath {
  readonly #packets = new Fifo<Packet>();
  #freeMono = 0;
  #lastDueMono = 0;
  #cancel: Cancel | null = null;
  #isHeld = false;
  #isCut = false;

  /** @param traits asked for each packet: they may change while some are under way. */
  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly traits: () => PathTraits,
  ) {}

  get isEmpty(): boolean {
    return this.#packets.length === 0;
  }

  send(bytes: number, arrive: () => void): void {
    if (this.#isCut) return;
    const { minMs, maxMs, bytesPerS } = this.traits();
    const nowMono = this.clock.mono();
    this.#freeMono = Math.max(nowMono, this.#freeMono) + (bytes / bytesPerS) * 1000;
    const delayMs = maxMs > minMs ? minMs + this.random() * (maxMs - minMs) : minMs;
    this.#lastDueMono = Math.max(this.#lastDueMono, this.#freeMono + delayMs);
    this.#packets.push({ dueMono: this.#lastDueMono, arrive });
    this.#arm();
  }

  /** While held nothing arrives; afterwards all of it does, in order, late. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (isHeld) this.#disarm();
    else this.#arm();
  }

  /** What is under way is gone, and nothing more arrives, for good. */
  cut(): void {
    this.#isCut = true;
    this.#disarm();
    this.#packets.clear();
  }

  /** Everything arrives now. */
  flush(): void {
    this.#disarm();
    for (let next = this.#packets.shift(); next !== undefined; next = this.#packets.shift()) next.arrive();
  }

  #arm(): void {
    const next = this.#packets.first;
    if (next === undefined || this.#cancel !== null || this.#isHeld) return;
    this.#cancel = this.clock.exactly(next.dueMono, () => {
      this.#cancel = null;
      this.#packets.shift()?.arrive();
      this.#arm();
    });
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
