/** A centre that is not there any more must not hold rows for ever: after 90 days without a word it lets go, told a week before. */
import type { UplinkId } from '../../config/ids.js';
import type { PositionRow } from './store.js';

const dayMs = 86_400_000;
const letGoMs = 90 * dayMs;
const toldMs = 83 * dayMs;

/** `soon`: within a week its rows are let go of; `let-go`: they are. Null: it is in use. */
export type Unused = 'soon' | 'let-go' | null;

/**
 * How it stands with each uplink that `firstSeenWall` names.
 * @param wallNow of a trusted clock.
 * @param firstSeenWall when it was first seen, or known to be used.
 */
export function unusedUplinks(
  positions: readonly PositionRow[],
  wallNow: number,
  firstSeenWall: ReadonlyMap<UplinkId, number>,
): ReadonlyMap<UplinkId, Unused> {
  const how = new Map<UplinkId, Unused>();
  for (const [uplink, seenWall] of firstSeenWall) {
    // A wall time that is still to come was stamped by a wrong clock, and says nothing.
    const walls = positions.filter((row) => row.uplink === uplink && row.wall <= wallNow).map(({ wall }) => wall);
    const unusedMs = wallNow - Math.max(seenWall, ...walls);
    how.set(uplink, unusedMs >= letGoMs ? 'let-go' : unusedMs >= toldMs ? 'soon' : null);
  }
  return how;
}
