/** An unsigned receipt lets go of nothing that is younger. */
const unsignedKeptMs = 30 * 86_400_000;
/** An answer that was given to a command is remembered so long after the command has expired. */
const commandKeptMs = 48 * 3_600_000;
/** Above this share of the pages the last part begins, which belongs to fire and operations. */
const ordinaryShare = 0.9;
const all = { upTo: Number.MAX_SAFE_INTEGER, beforeWall: Number.MAX_SAFE_INTEGER };
/** Of each lane, what every holder has let go of. A lane that nobody holds is free. */
export function freedLanes(order, positions) {
    const of = (lane) => order.holders
        .filter(({ lanes }) => lanes.includes(lane))
        .map((holder) => freedBy(holder, lane, order.wall, positions))
        .reduce((least, { upTo, beforeWall }) => ({
        upTo: Math.min(least.upTo, upTo),
        beforeWall: Math.min(least.beforeWall, beforeWall),
    }), all);
    return { fire: of('fire'), journal: of('journal'), telemetry: of('telemetry'), local: all };
}
function freedBy({ uplink, frees }, lane, wall, positions) {
    const row = positions.find((each) => each.uplink === uplink && each.lane === lane);
    if (row === undefined)
        return { ...all, upTo: 0 };
    if (frees === 'carried')
        return { ...all, upTo: row.position };
    if (frees === 'kept')
        return { ...all, upTo: row.kept };
    return { upTo: row.kept, beforeWall: wall === null ? 0 : wall - unsignedKeptMs };
}
/** Both must hold for a row to go for its age. Null: nothing does. */
export function olderThan(freed, wall, keepMs) {
    if (wall === null)
        return null;
    return { upTo: freed.upTo, beforeWall: Math.min(freed.beforeWall, wall - keepMs) };
}
/** Commands that expired before this may be forgotten; null: none. */
export function commandsBefore(wall) {
    return wall === null ? null : wall - commandKeptMs;
}
/** So many pages the file may have, and so many of them may be full before ordinary rows begin to go. */
export function pageLimits(maxBytes, pageBytes, logBytes) {
    const hard = Math.floor((maxBytes - Math.min(logBytes, maxBytes / 4)) / pageBytes);
    return { hard, ordinary: Math.floor(hard * ordinaryShare) };
}
export const noneDropped = {
    ...{ fire: 0, warning: 0, supervisory: 0, fault: 0, technical: 0 },
    ...{ none: 0, telemetry: 0 },
};
export function addDropped(a, b) {
    const sum = { ...a };
    for (const [key, count] of Object.entries(b))
        sum[key] = (sum[key] ?? 0) + count;
    return sum;
}
/** Untold rows of these go in this order, each oldest first; nothing else does. What has no class goes with the technical ones. */
export const untoldOrder = [
    ['technical', 'none'],
    ['fault'],
    ['supervisory'],
    ['warning'],
];
