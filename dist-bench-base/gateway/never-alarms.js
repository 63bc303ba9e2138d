/** In the order of the site file. Advice, no problem: the device may alarm by a contact of its own. */
export function neverAlarming({ points }) {
    return points.filter(({ class: own, limits, severities, source }) => 
    // What the box has of its own figures it only knows when it runs.
    own !== null && limits === undefined && Object.keys(severities).length === 0 && source.kind !== 'box');
}
