/**
 * Where an uplink begins in a lane. Pure.
 *
 * Positions belong to the id of an uplink: whatever else of it is edited, it goes on where it was, and so does one that was
 * taken out of the site file and put back. A new id takes over from the hindmost of those that have left the site file
 * (it may be one of them, renamed), so that no edit drops a row; when none has left, it begins with the first row.
 */
import type { UplinkId } from '../../config/ids.js';
import type { Lane } from '../../config/vocabulary.js';
import type { PositionRow } from '../journal/store.js';

/** `isSaved`: false for one that has not been written yet. */
export function firstPosition(
  saved: readonly PositionRow[],
  uplink: UplinkId,
  lane: Lane,
  inUse: ReadonlySet<UplinkId>,
): { readonly row: PositionRow; readonly isSaved: boolean } {
  const own = saved.find((row) => row.uplink === uplink && row.lane === lane);
  if (own !== undefined) return { row: own, isSaved: true };
  const left = saved.filter((row) => row.lane === lane && !inUse.has(row.uplink));
  const position = left.reduce<number | null>(
    (least, row) => (least === null ? row.position : Math.min(least, row.position)),
    null,
  );
  return { row: { uplink, lane, position: position ?? 0, kept: 0, told: null, wall: 0 }, isSaved: false };
}
