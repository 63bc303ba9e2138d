/** Table of the polynomial A001, one entry per byte: the sum is taken over every byte that comes in. */
const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++)
        crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
    return crc;
});
export function crc16(bytes, from = 0, to = bytes.length) {
    let crc = 0xffff;
    for (let i = from; i < to; i++)
        crc = (crc >>> 8) ^ (crcTable[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
    return crc;
}
/** Length of a whole exception answer: unit, function | 0x80, code, CRC. */
const exceptionLength = 5;
/** A refusal by function byte 80 whatever was asked (Ningbo Xiyu AFD, protocol V1.1). */
const refusal80 = 0x80;
/** The answer that `request` (a whole frame) calls for. Throws for function codes that we never send. */
export function replyShapeOf(request, style = 'standard') {
    const unit = request[0] ?? 0;
    const functionCode = request[1] ?? 0;
    const count = ((request[4] ?? 0) << 8) | (request[5] ?? 0);
    const standard = functionCode | 0x80;
    const refusals = style === 'byte80' ? [standard, refusal80] : [standard];
    const shape = (length, head) => ({ unit, functionCode, length, head, refusals });
    switch (functionCode) {
        case 1:
        case 2: {
            const byteCount = Math.ceil(count / 8);
            return shape(5 + byteCount, Uint8Array.of(unit, functionCode, byteCount));
        }
        case 3:
        case 4:
            return shape(5 + 2 * count, Uint8Array.of(unit, functionCode, 2 * count));
        case 5:
        case 6:
        case 15:
        case 16:
            return shape(8, request.slice(0, 6));
        default:
            throw new Error(`no reply shape for function code ${functionCode}`);
    }
}
/** Could an answer of one shape be taken for an answer of the other? */
export function looksAlike(a, b) {
    return a.length === b.length && a.head.every((byte, i) => byte === b.head[i]);
}
/**
 * The first whole, checksummed answer of this shape in `bytes`, or null. Looks from every byte, so that noise, an echo of
 * our own request, or somebody else's frame in front does not hide it.
 */
export function findReply(bytes, shape) {
    for (let start = 0; start + exceptionLength <= bytes.length; start++) {
        if (bytes[start] !== shape.unit)
            continue;
        const isException = shape.refusals.includes(bytes[start + 1] ?? 0);
        const length = isException ? exceptionLength : shape.length;
        const end = start + length;
        if (end > bytes.length)
            continue;
        if (!isException && !shape.head.every((byte, i) => bytes[start + i] === byte))
            continue;
        const sum = (bytes[end - 2] ?? 0) | ((bytes[end - 1] ?? 0) << 8);
        if (crc16(bytes, start, end - 2) === sum)
            return { frame: bytes.slice(start, end), start, isException };
    }
    return null;
}
/** Puts the check sum behind a frame's body, in place. */
export function sealFrame(frame) {
    const sum = crc16(frame, 0, frame.length - 2);
    frame[frame.length - 2] = sum & 0xff;
    frame[frame.length - 1] = sum >>> 8;
    return frame;
}
