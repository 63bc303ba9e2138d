/**
 * Frames of the serial dialects, written from the device papers a second time: a mistake shared with the driver would be
 * invisible.
 */
/** Ultrasonic sensors: FF, distance in mm high byte first, low byte of the sum; `withHead`: the FF counts in the sum. */
export function ultrasonicFrame(distanceMm, withHead) {
    const high = Math.floor(distanceMm / 256);
    const low = distanceMm % 256;
    const sum = high + low + (withHead ? 255 : 0);
    return Uint8Array.from([255, high, low, sum % 256]);
}
/** A JBF-193K frame: event, controller, loop, address, type, six of time; missing ones are 0. */
export function jbfFrame(told, sum = 'eleven') {
    const body = Array.from({ length: 11 }, (_, i) => told[i] ?? 0);
    const counted = { eleven: 11, five: 5, none: 0 }[sum];
    let total = 0;
    for (let i = 0; i < counted; i++)
        total += body[i] ?? 0;
    const frame = [0x82];
    for (const byte of [...body, total % 256])
        frame.push(48 + Math.floor(byte / 16), 48 + (byte % 16));
    frame.push(0x83);
    return Uint8Array.from(frame);
}
/** A Fusaier frame: host, command, loop, point and the three bytes that are a time, or high, low and unit of a value. */
export function fusaierFrame(host, command, loop = 0, point = 0, rest = [10, 30, 0]) {
    return Uint8Array.from([0x66, 0xf0, host, command, loop, point, ...rest, 0xfd]);
}
