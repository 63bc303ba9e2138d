/** Keys of details that hold an origin: `cli:li.wei` becomes `cli`. */
const originKeys = new Set([
    ...['asked_by', 'acknowledged_by', 'answered_by', 'noted_by', 'ordered_by', 'service_by', 'silenced_by', 'origin'],
]);
/** Keys of details in which people write about people. */
const remarkKeys = new Set(['note', 'remark', 'person', 'user', 'phone']);
/** The entry without names; the same object when it holds none. */
export function withoutNames(entry) {
    const origin = entry.origin === null ? null : wayOf(entry.origin);
    const detail = isNaming(entry.detail) ? nameless(entry.detail) : entry.detail;
    return origin === entry.origin && detail === entry.detail ? entry : { ...entry, origin, detail };
}
function wayOf(origin) {
    const colon = origin.indexOf(':');
    return colon === -1 ? origin : origin.slice(0, colon);
}
function isNaming(detail) {
    for (const key in detail)
        if (originKeys.has(key) || remarkKeys.has(key))
            return true;
    return false;
}
function nameless(detail) {
    const kept = Object.entries(detail).filter(([key]) => !remarkKeys.has(key));
    return Object.fromEntries(kept.map(([key, value]) => [
        key,
        originKeys.has(key) && typeof value === 'string' ? wayOf(value) : value,
    ]));
}
