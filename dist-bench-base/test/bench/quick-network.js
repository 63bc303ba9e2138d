const requestBytes = 12;
/** `valueAt` gives the register of a unit; `onLook` is told of each answered request. */
export function quickNetwork(clock, 
/** Null: the unit is dead. */
valueAt, onLook, delayMs = 2) {
    return async (events) => {
        let isOpen = true;
        return {
            get isOpen() {
                return isOpen;
            },
            write: async (bytes) => {
                for (let at = 0; at + requestBytes <= bytes.length; at += requestBytes) {
                    const reply = replyTo(bytes.subarray(at, at + requestBytes), valueAt);
                    clock.after(delayMs, () => {
                        if (!isOpen || reply === null)
                            return;
                        onLook((reply[8] ?? 0) / 2);
                        events.onBytes(reply, clock.mono());
                    });
                }
            },
            close: async () => {
                isOpen = false;
            },
        };
    };
}
function replyTo(request, valueAt) {
    const view = new DataView(request.buffer, request.byteOffset, request.length);
    const unit = view.getUint8(6);
    const register = view.getUint16(8);
    const count = view.getUint16(10);
    const reply = new Uint8Array(9 + 2 * count);
    reply.set(request.subarray(0, 8));
    const out = new DataView(reply.buffer);
    out.setUint16(4, 3 + 2 * count);
    out.setUint8(8, 2 * count);
    for (let i = 0; i < count; i++) {
        const value = valueAt(unit, register + i);
        if (value === null)
            return null;
        out.setUint16(9 + 2 * i, value);
    }
    return reply;
}
