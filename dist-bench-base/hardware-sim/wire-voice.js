/** What a device's transmitter keeps while it is still sending; a device that says more loses it. */
const unsentMaxBytes = 4096;
/** The transmitter of a device that speaks by itself: what it says follows what it is still sending. */
export function voiceOn(wire, clock) {
    let freeMono = Number.NEGATIVE_INFINITY;
    return (bytes) => {
        const startMono = Math.max(clock.mono(), freeMono);
        if (startMono - clock.mono() > unsentMaxBytes * wire.timing.charMs)
            return;
        freeMono = startMono + bytes.length * wire.timing.charMs;
        clock.exactly(startMono, () => wire.inject(bytes));
    };
}
