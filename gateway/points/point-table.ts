import type { PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { PointConfig } from '../../config/site.js';

/** The newest reading of every point. What the panel shows; the alarm engine keeps its own state. */
export class PointTable {
  readonly #latest = new Map<PointId, Reading>();

  constructor(private readonly points: readonly PointConfig[]) {}

  /** Every point of the site, seen or not. */
  get all(): readonly PointConfig[] {
    return this.points;
  }

  /** Takes a reading. Returns the one before it, or null. */
  accept(reading: Reading): Reading | null {
    const before = this.#latest.get(reading.pointId) ?? null;
    this.#latest.set(reading.pointId, reading);
    return before;
  }

  get(id: PointId): Reading | null {
    return this.#latest.get(id) ?? null;
  }

  /** Age of the oldest good look at a point of class fire, ms; Infinity while one was never seen. */
  worstFireAgeMs(nowMono: number): number {
    let worstMs = 0;
    for (const point of this.points) {
      if (point.class !== 'fire') continue;
      const reading = this.#latest.get(point.id);
      const ageMs = reading?.quality === 'good' ? nowMono - reading.sampledMono : Number.POSITIVE_INFINITY;
      worstMs = Math.max(worstMs, ageMs);
    }
    return worstMs;
  }
}
