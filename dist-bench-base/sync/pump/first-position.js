/** `isSaved`: false for one that has not been written yet. */
export function firstPosition(saved, uplink, lane, inUse) {
    const own = saved.find((row) => row.uplink === uplink && row.lane === lane);
    if (own !== undefined)
        return { row: own, isSaved: true };
    const left = saved.filter((row) => row.lane === lane && !inUse.has(row.uplink));
    const position = left.reduce((least, row) => (least === null ? row.position : Math.min(least, row.position)), null);
    return { row: { uplink, lane, position: position ?? 0, kept: 0, told: null, wall: 0 }, isSaved: false };
}
