import type { Cancel, Clock } from '../clock.js';
import type { ChipSystem } from './chip-system.js';
import { structBytes } from './gpio-uapi.js';

/**
 * How often the kernel is asked for edges. Waiting for them would need a thread of its own or a native module; one poll
 * over all lines costs microseconds, and whoever hears of an edge saves most of the 50 ms until the next read.
 */
const lookMs = 5;

/** Events that one line may keep until the next look; when there are more the kernel drops the oldest. */
export const eventsMax = 64;

/** Hears that lines have moved, without ever holding up the event loop. */
export class EdgeLook {
  readonly #watched = new Map<number, Set<() => void>>();
  #next: Cancel | null = null;

  constructor(
    private readonly system: ChipSystem,
    private readonly clock: Clock,
  ) {}

  watch(fd: number, moved: () => void): Cancel {
    const listeners = this.#watched.get(fd) ?? new Set();
    this.#watched.set(fd, listeners.add(moved));
    this.#next ??= this.#soon();
    return () => {
      listeners.delete(moved);
      if (listeners.size === 0) this.#watched.delete(fd);
    };
  }

  stop(): void {
    this.#watched.clear();
    this.#next?.();
    this.#next = null;
  }

  #soon(): Cancel {
    return this.clock.after(lookMs, () => {
      this.#next = this.#watched.size === 0 ? null : this.#soon();
      for (const fd of this.system.readable([...this.#watched.keys()])) this.#tell(fd);
    });
  }

  #tell(fd: number): void {
    try {
      this.system.drain(fd, eventsMax * structBytes.lineEvent);
    } catch {
      // A line that can not be read is found by the read of its level, which says PIN-003.
    }
    for (const moved of this.#watched.get(fd) ?? []) moved();
  }
}
