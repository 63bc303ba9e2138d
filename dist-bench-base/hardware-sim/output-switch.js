/** Throws RangeError when the unit has no relay where the output is read back. */
export function findSwitch(output, unitOf, board) {
    const { target } = output;
    if (target.kind === 'pin')
        return pinSwitch(board, target.pin, target.activeLow);
    const { model } = unitOf(target.device);
    const { table, address, onRaw } = target.readBack;
    const relay = model.relayAt(table, address);
    if (relay === null || model.relays === null) {
        throw new RangeError(`output ${output.id}: ${target.device} has no relay at ${table} ${address}`);
    }
    return relaySwitch(model.relays, relay, onRaw !== 0);
}
function pinSwitch(board, pin, activeLow) {
    return {
        isOn: () => board.level(pin) !== activeLow,
        onChange: (listener) => board.onChange((moved, high, atMono) => {
            if (moved === pin)
                listener(high !== activeLow, atMono);
        }),
    };
}
function relaySwitch(relays, relay, closedIsOn) {
    return {
        isOn: () => relays.contactIsClosed(relay) === closedIsOn,
        onChange: (listener) => relays.onChange((moved, closed, atMono) => {
            if (moved === relay)
                listener(closed === closedIsOn, atMono);
        }),
    };
}
