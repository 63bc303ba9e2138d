const alwaysTold = new Set([
    ...['journal.begun', 'journal.dropped', 'journal.lost', 'journal.salvaged', 'clock.corrected'],
]);
/** No filter at all. */
export const tellAll = { classes: null, zones: null, kinds: null, withPrivate: false };
export function isTold(rule, entry) {
    if (alwaysTold.has(entry.kind))
        return true;
    const { classes, zones, kinds } = rule;
    return ((classes === null || isOfClass(classes, entry)) &&
        (zones === null || entry.zone === null || zones.includes(entry.zone)) &&
        (kinds === null || kinds.includes(entry.kind) || kinds.includes(entry.kind.slice(0, entry.kind.indexOf('.')))));
}
function isOfClass(classes, { class: own, lane, alarm }) {
    if (own !== null)
        return classes.includes(own);
    return lane === 'fire' ? classes.includes('fire') : alarm !== null;
}
