/** Every loop of the gateway proves progress here. One that does not is overdue: a fault, and no watchdog kick. */
import type { Clock } from '../../drivers/clock.js';

/** Called by a loop when it made progress (not: when its timer fired). */
export type CheckIn = () => void;

/** `beside`: the watch goes on without it, so that the service manager does not start the gateway again for it: a disk or a
 * sensor of the box that hangs would hang in the next one too. */
export type LoopWeight = 'watch' | 'beside';

interface Loop {
  readonly maxQuietMs: number;
  readonly weight: LoopWeight;
  lastMono: number;
  /** Null = not told yet. */
  isOverdue: boolean | null;
}

export class CheckIns {
  readonly #loops = new Map<string, Loop>();

  constructor(
    private readonly clock: Clock,
    private readonly onChange: (loop: string, isOverdue: boolean) => void,
  ) {}

  /** `maxQuietMs` = the longest time that this loop may show no progress. */
  register(name: string, maxQuietMs: number, weight: LoopWeight = 'watch'): CheckIn {
    const loop: Loop = { maxQuietMs, weight, lastMono: this.clock.mono(), isOverdue: null };
    this.#loops.set(name, loop);
    return () => {
      loop.lastMono = this.clock.mono();
    };
  }

  /** Compares all loops with their limits and tells what changed. */
  review(): void {
    const nowMono = this.clock.mono();
    for (const [name, loop] of this.#loops) {
      const isOverdue = nowMono - loop.lastMono > loop.maxQuietMs;
      if (isOverdue !== loop.isOverdue) {
        loop.isOverdue = isOverdue;
        this.onChange(name, isOverdue);
      }
    }
  }

  /** The listener has forgotten what it was told: the next review tells all of it. */
  forget(): void {
    for (const loop of this.#loops.values()) loop.isOverdue = null;
  }

  /** Some loop is overdue at this moment, whether the review has seen it or not. */
  get isAnyOverdue(): boolean {
    const nowMono = this.clock.mono();
    for (const { lastMono, maxQuietMs } of this.#loops.values()) if (nowMono - lastMono > maxQuietMs) return true;
    return false;
  }

  /** Some loop of the watch itself is overdue at this moment. */
  get isWatchOverdue(): boolean {
    const nowMono = this.clock.mono();
    for (const { lastMono, maxQuietMs, weight } of this.#loops.values())
      if (weight === 'watch' && nowMono - lastMono > maxQuietMs) return true;
    return false;
  }

  get overdue(): readonly string[] {
    return [...this.#loops].filter(([, loop]) => loop.isOverdue === true).map(([name]) => name);
  }
}
