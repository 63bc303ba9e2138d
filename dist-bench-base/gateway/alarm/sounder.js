/** When a silenced alarm sounds again, monotonic ms; null: it does not. */
export function resoundMono(facets, resoundMs) {
    const { sounder, condition, sounderMono, service } = facets;
    const afterMs = resoundMs[facets.class];
    const isWaiting = sounder === 'silenced' && condition === 'active' && service === null;
    return isWaiting && afterMs !== null ? sounderMono + afterMs : null;
}
/** Silent from now on. */
export function silencedAt({ mono, wall, trust }) {
    return { sounder: 'silenced', sounderMono: mono, silencedWall: trust === 'trusted' ? wall : null };
}
/** Since when a saved silence lasts, monotonic ms of this boot, so that restarts can not prolong it. When a wall clock can not be
 * believed, then or now, nobody can say: it has lasted long enough. */
export function silentSinceMono(silencedWall, { mono, wall, trust }) {
    const silentMs = typeof silencedWall === 'number' && trust === 'trusted' ? wall - silencedWall : -1;
    return silentMs < 0 ? Number.NEGATIVE_INFINITY : mono - silentMs;
}
