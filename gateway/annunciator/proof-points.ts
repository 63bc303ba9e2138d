/** Which outputs hang on which point: readings find their way to those that they prove. */
import type { PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { OutputWatch } from './output-watch.js';

export class ProofPoints {
  readonly #watches = new Map<PointId, OutputWatch[]>();

  constructor(watches: readonly OutputWatch[]) {
    for (const watch of watches) {
      const point = watch.config.proof?.point;
      if (point !== undefined) this.#watches.set(point, [...(this.#watches.get(point) ?? []), watch]);
    }
  }

  /** Each reading, changed or not: a point that still shows the same says so by being looked at again. */
  see(reading: Reading): void {
    const watches = this.#watches.get(reading.pointId);
    if (watches !== undefined) for (const watch of watches) watch.see(reading);
  }
}
