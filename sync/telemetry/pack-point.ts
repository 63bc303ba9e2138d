/** What one pack says of one point. */
import { unpackSamples } from './pack-codec.js';
import type { Sample } from './sample.js';

/** None of a pack that does not read. */
export function unpackPoint(body: Uint8Array, pointId: string): readonly Sample[] {
  return unpackSamples(body)?.filter((sample) => sample.pointId === pointId) ?? [];
}
