/** A module without relays and without memory of its own. */
export const noRelays = {
    relays: null,
    relayAt: () => null,
    setPower: () => { },
    commission: () => { },
};
/** For `setRaw` at an address that the world can not move. */
export function noSuchInput(model, table, address) {
    return new RangeError(`${model} has no input at ${table} 0x${address.toString(16).padStart(4, '0')}`);
}
