const registersOfType = {
    bool: 1,
    u16: 1,
    s16: 1,
    bcd16: 1,
    u32: 2,
    s32: 2,
    f32: 2,
    bcd32: 2,
    u64: 4,
    f64: 4,
};
/** Registers (or bits, for a bool) that a value of this type fills. */
export function widthOf(type) {
    return registersOfType[type];
}
const word = 0x1_0000;
/**
 * The raw number in `words` (each 0 to 65535, first address first). Looked at in this order:
 * 1. byte order;
 * 2. `invalid`, on the whole value as the paper writes it: the bits as one unsigned number, for a signed type or a float
 *    also the number they mean → sentinel;
 * 3. the bit field: unsigned, two's complement of its own width for a signed type, whole digits for BCD;
 * 4. the type: a BCD digit above 9, a float that is no number, a field of a float → bad-encoding; a u64 above 2^53 - 1,
 *    which no number here holds exactly → out-of-range.
 */
export function readRaw(words, source) {
    const { type, bits } = source;
    const ordered = orderWords(words, source);
    const whole = ordered.reduce((sum, each) => sum * word + each, 0);
    const wholeBits = 16 * ordered.length;
    const meant = isFloat(type) ? floatOf(ordered) : isSigned(type) ? twosComplement(whole, wholeBits) : whole;
    if (source.invalid.includes(whole) || source.invalid.includes(meant))
        return bad('sentinel');
    if (isFloat(type))
        return Number.isFinite(meant) && bits === null ? good(meant) : bad('bad-encoding');
    if (bits === null && type === 'u64')
        return Number.isSafeInteger(whole) ? good(whole) : bad('out-of-range');
    const fieldBits = bits === null ? wholeBits : bits[0] - bits[1] + 1;
    const field = bits === null ? whole : Math.floor(lowPart(ordered) / 2 ** bits[1]) % 2 ** fieldBits;
    if (isSigned(type))
        return good(twosComplement(field, fieldBits));
    return type === 'bcd16' || type === 'bcd32' ? fromBcd(field) : good(field);
}
function good(raw) {
    return { raw, reason: null };
}
function bad(reason) {
    return { raw: null, reason };
}
function orderWords(words, { type, order }) {
    if (type === 'bool')
        return words;
    const inOrder = order === 'CDAB' || order === 'DCBA' ? words.toReversed() : words;
    return order === 'BADC' || order === 'DCBA' ? inOrder.map((each) => (each % 256) * 256 + (each >>> 8)) : inOrder;
}
/** The lowest 32 bits: of a 64-bit value all bits together would not be exact. */
function lowPart(ordered) {
    return ordered.slice(-2).reduce((sum, each) => sum * word + each, 0);
}
function isFloat(type) {
    return type === 'f32' || type === 'f64';
}
function isSigned(type) {
    return type === 's16' || type === 's32';
}
function twosComplement(unsigned, bits) {
    return unsigned >= 2 ** (bits - 1) ? unsigned - 2 ** bits : unsigned;
}
function floatOf(ordered) {
    const view = new DataView(new ArrayBuffer(8));
    ordered.forEach((each, i) => {
        view.setUint16(2 * i, each);
    });
    return ordered.length === 4 ? view.getFloat64(0) : view.getFloat32(0);
}
function fromBcd(field) {
    let value = 0;
    for (let rest = field, unit = 1; rest > 0; rest = Math.floor(rest / 16), unit *= 10) {
        const digit = rest % 16;
        if (digit > 9)
            return bad('bad-encoding');
        value += digit * unit;
    }
    return good(value);
}
