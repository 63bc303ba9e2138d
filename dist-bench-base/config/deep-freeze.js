/** Freezes a value made of plain objects, arrays and Maps, all the way down, and returns it. */
export function deepFreeze(value) {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value))
        return value;
    if (value instanceof Map) {
        // Object.freeze does not reach what a Map holds, so its changing methods are closed one by one.
        Object.assign(value, { set: refuseChange, delete: refuseChange, clear: refuseChange });
        for (const inner of value.values())
            deepFreeze(inner);
    }
    Object.freeze(value);
    for (const inner of Object.values(value))
        deepFreeze(inner);
    return value;
}
function refuseChange() {
    throw new TypeError('the site configuration is frozen');
}
