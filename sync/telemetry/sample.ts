/** What is known of a point at one moment, on its way to the district. */
import type { PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';

export interface Sample {
  readonly pointId: PointId;
  /** Physical unit of a number; null for a state. */
  readonly unit: string | null;
  /** After the first sample of its pack, ms. */
  readonly afterMs: number;
  /** Null with the reason beside it: the point is bad, never "as before". */
  readonly value: Reading['value'];
  readonly reason: Reading['reason'];
}
