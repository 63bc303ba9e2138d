const dayMs = 86_400_000;
const letGoMs = 90 * dayMs;
const toldMs = 83 * dayMs;
/**
 * How it stands with each uplink that `firstSeenWall` names.
 * @param wallNow of a trusted clock.
 * @param firstSeenWall when it was first seen, or known to be used.
 */
export function unusedUplinks(positions, wallNow, firstSeenWall) {
    const how = new Map();
    for (const [uplink, seenWall] of firstSeenWall) {
        // A wall time that is still to come was stamped by a wrong clock, and says nothing.
        const walls = positions.filter((row) => row.uplink === uplink && row.wall <= wallNow).map(({ wall }) => wall);
        const unusedMs = wallNow - Math.max(seenWall, ...walls);
        how.set(uplink, unusedMs >= letGoMs ? 'let-go' : unusedMs >= toldMs ? 'soon' : null);
    }
    return how;
}
