/**
 * The check sum of Modbus RTU (Modbus over Serial Line V1.02 §6.2.2): start FFFF, polynomial A001, low byte first.
 * Written a second time on purpose: a mistake shared with the driver would be invisible.
 */
const polynomial = 0xa001;
/** Check sum of `bytes`, 0 to 65535. */
export function crc16(bytes) {
    let sum = 0xffff;
    for (const byte of bytes) {
        sum ^= byte;
        for (let bit = 0; bit < 8; bit++)
            sum = (sum & 1) === 1 ? (sum >>> 1) ^ polynomial : sum >>> 1;
    }
    return sum;
}
/** The frame as it travels: `body` and its check sum. */
export function withCrc(body) {
    const frame = new Uint8Array(body.length + 2);
    frame.set(body);
    const sum = crc16(frame.subarray(0, body.length));
    frame[body.length] = sum & 0xff;
    frame[body.length + 1] = sum >>> 8;
    return frame;
}
/** True when the last two bytes are the check sum of the others. */
export function hasGoodCrc(frame) {
    const bodyLength = frame.length - 2;
    if (bodyLength < 1)
        return false;
    const sum = crc16(frame.subarray(0, bodyLength));
    return frame[bodyLength] === (sum & 0xff) && frame[bodyLength + 1] === sum >>> 8;
}
