/**
 * Per lane the newest place up to which nothing is missing. An epoch with a gap holds back all later ones of its lane: a place in
 * them would say that everything before is kept.
 * @param chains of one site, in the order in which they were met.
 */
export function keptPlaces(chains) {
    return { ...placeIn(chains, 'fire'), ...placeIn(chains, 'journal'), ...placeIn(chains, 'telemetry') };
}
function placeIn(chains, lane) {
    let kept = {};
    for (const { lane: ofLane, epoch, state } of chains) {
        if (ofLane !== lane)
            continue;
        const { head, position, islands } = state;
        if (position > 0)
            kept = { [lane]: { epoch, sequence: head, position } };
        if (islands.length > 0)
            break;
    }
    return kept;
}
