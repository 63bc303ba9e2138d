const transactionAt = 0;
const protocolAt = 2;
const lengthAt = 4;
const unitAt = 6;
/** The answer to another request, by its number. */
export function wrongTransaction(distance = 1) {
    return changedWord(transactionAt, (word) => word + distance);
}
/** Something that is no Modbus. */
export function wrongProtocol(protocol = 1) {
    return changedWord(protocolAt, () => protocol);
}
/** Says that more (or fewer) bytes follow than do. */
export function lyingLength(by) {
    return changedWord(lengthAt, (word) => word + by);
}
/** In the name of another unit. */
export function wrongUnit(address) {
    return ({ reply }) => [{ afterMs: 0, bytes: reply.map((byte, i) => (i === unitAt ? address : byte)) }];
}
function changedWord(at, change) {
    return ({ reply }) => {
        const bytes = reply.slice();
        const words = new DataView(bytes.buffer);
        words.setUint16(at, change(words.getUint16(at)) & 0xffff);
        return [{ afterMs: 0, bytes }];
    };
}
