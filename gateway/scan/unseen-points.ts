/** One unanswered look is no knowledge: a point stays as it was last seen until several in a row, over some time, failed. */
import type { PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import { silentAfterFailures, silentAfterMs } from './unit-health.js';

interface Row {
  readonly looks: number;
  readonly sinceMono: number;
}

/** The looks at the points of one unit that were not answered. */
export class UnseenPoints {
  readonly #rows = new Map<PointId, Row>();

  /** What a round shows, without the points that were merely not answered this time. */
  known(readings: readonly Reading[], nowMono: number): readonly Reading[] {
    if (this.#rows.size === 0 && !readings.some(({ reason }) => reason === 'silent')) return readings;
    return readings.filter(({ pointId, reason }) => {
      if (reason !== 'silent') {
        this.#rows.delete(pointId);
        return true;
      }
      const { looks, sinceMono } = this.#rows.get(pointId) ?? { looks: 0, sinceMono: nowMono };
      this.#rows.set(pointId, { looks: looks + 1, sinceMono });
      return looks + 1 >= silentAfterFailures && nowMono - sinceMono >= silentAfterMs;
    });
  }
}
