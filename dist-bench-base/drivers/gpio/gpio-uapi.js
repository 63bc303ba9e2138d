/**
 * The structs and requests of the GPIO character device, version 2 of its interface (linux/gpio.h, kernel 5.10 and later),
 * as little-endian bytes. One line a request, so bit 0 is always the line. Pure.
 */
/** Sizes in bytes, as the kernel checks them inside each request's number. */
export const structBytes = {
    chipInfo: 68,
    lineInfo: 256,
    lineRequest: 592,
    lineConfig: 272,
    lineValues: 16,
    lineEvent: 48,
};
/** The ioctl numbers of x86, ARM and RISC-V: direction, size, 0xB4, number. */
export const requests = {
    chipInfo: 0x8044_b401,
    lineInfo: 0xc100_b405,
    line: 0xc250_b407,
    setConfig: 0xc110_b40d,
    getValues: 0xc010_b40e,
    setValues: 0xc010_b40f,
};
/** Flags of a line, in what is asked and in what is told. No direction asked = the line stays as it is. */
export const lineFlag = { used: 1n, input: 4n, output: 8n, edges: 16n | 32n };
const nameBytes = 32;
const outputValuesAttribute = 2;
export function decodeChipInfo(bytes) {
    return { label: textAt(bytes, nameBytes), lines: viewOf(bytes).getUint32(2 * nameBytes, true) };
}
export function encodeLineInfo(pin) {
    const bytes = new Uint8Array(structBytes.lineInfo);
    viewOf(bytes).setUint32(64, pin, true);
    return bytes;
}
export function decodeLineInfo(bytes) {
    const flags = viewOf(bytes).getBigUint64(72, true);
    const isOutput = (flags & lineFlag.output) !== 0n;
    return { isUsed: (flags & lineFlag.used) !== 0n, isOutput, consumer: textAt(bytes, nameBytes) };
}
export function encodeLineRequest({ pin, flags, consumer, eventsMax }) {
    const bytes = new Uint8Array(structBytes.lineRequest);
    const view = viewOf(bytes);
    view.setUint32(0, pin, true);
    bytes.set(new TextEncoder().encode(consumer).subarray(0, nameBytes - 1), 256);
    view.setBigUint64(288, flags, true);
    view.setUint32(560, 1, true);
    view.setUint32(564, eventsMax, true);
    return bytes;
}
/** The descriptor that the kernel wrote into a request which it granted. */
export function grantedFd(bytes) {
    return viewOf(bytes).getInt32(588, true);
}
/** Makes the line an output that begins with this level. */
export function encodeOutputConfig(high) {
    const bytes = new Uint8Array(structBytes.lineConfig);
    const view = viewOf(bytes);
    view.setBigUint64(0, lineFlag.output, true);
    view.setUint32(8, 1, true);
    view.setUint32(32, outputValuesAttribute, true);
    view.setBigUint64(40, high ? 1n : 0n, true);
    view.setBigUint64(48, 1n, true);
    return bytes;
}
/** For setting: the level. For reading: the same struct, whose level the kernel fills in. */
export function encodeValues(high = false) {
    const bytes = new Uint8Array(structBytes.lineValues);
    viewOf(bytes).setBigUint64(0, high ? 1n : 0n, true);
    viewOf(bytes).setBigUint64(8, 1n, true);
    return bytes;
}
/** True = high. */
export function decodeValue(bytes) {
    return (viewOf(bytes).getBigUint64(0, true) & 1n) === 1n;
}
function viewOf(bytes) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
function textAt(bytes, from) {
    const field = bytes.subarray(from, from + nameBytes);
    const end = field.indexOf(0);
    return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}
