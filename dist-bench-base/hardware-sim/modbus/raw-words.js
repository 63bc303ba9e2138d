const widths = {
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
/** Registers that a value of this type takes. */
export function widthOf(type) {
    return widths[type];
}
/** The raw number that means this value: raw × 10^power × scale × factor + offset = value. */
export function rawOfValue(source, value, { power, factor }) {
    const raw = (value - source.offset) / (source.scale * factor * 10 ** power);
    const isFraction = source.type === 'f32' || source.type === 'f64';
    return isFraction ? raw : Math.round(raw);
}
/** Registers from the first address on. Throws RangeError when the number does not fit the type. */
export function wordsOfRaw(type, order, raw) {
    return inOrder(bigEndianWords(type, raw), order);
}
/** The raw number in these registers; bits that are no number of the type (a BCD digit above 9) count as they are. */
export function rawOfWords(type, order, words) {
    const sorted = inOrder(words, order);
    const view = new DataView(new ArrayBuffer(8));
    sorted.forEach((word, i) => {
        view.setUint16(i * 2, word);
    });
    switch (type) {
        case 's16':
            return view.getInt16(0);
        case 'u32':
            return view.getUint32(0);
        case 's32':
            return view.getInt32(0);
        case 'u64':
            return Number(view.getBigUint64(0));
        case 'f32':
            return view.getFloat32(0);
        case 'f64':
            return view.getFloat64(0);
        case 'bcd16':
            return fromBcd(view.getUint16(0));
        case 'bcd32':
            return fromBcd(view.getUint32(0));
        case 'bool':
        case 'u16':
            return view.getUint16(0);
    }
}
/** The same word with only `bits` (highest, lowest) changed. Throws RangeError when the field is too small. */
export function withBits(before, [high, low], field) {
    const size = 2 ** (high - low + 1);
    if (!Number.isInteger(field) || field < 0 || field >= size) {
        throw new RangeError(`${field} does not fit into bits ${high} to ${low}`);
    }
    const shift = 2 ** low;
    const old = Math.floor(before / shift) % size;
    return before + (field - old) * shift;
}
function bigEndianWords(type, raw) {
    const view = new DataView(new ArrayBuffer(8));
    switch (type) {
        case 'bool':
            fits(type, raw, 0, 1);
            return [raw];
        case 'u16':
            fits(type, raw, 0, 0xffff);
            view.setUint16(0, raw);
            break;
        case 's16':
            fits(type, raw, -0x8000, 0xffff);
            view.setInt16(0, raw);
            break;
        case 'u32':
            fits(type, raw, 0, 0xffff_ffff);
            view.setUint32(0, raw);
            break;
        case 's32':
            fits(type, raw, -0x8000_0000, 0xffff_ffff);
            view.setInt32(0, raw);
            break;
        case 'u64':
            fits(type, raw, 0, Number.MAX_SAFE_INTEGER);
            view.setBigUint64(0, BigInt(raw));
            break;
        case 'f32':
            view.setFloat32(0, raw);
            break;
        case 'f64':
            view.setFloat64(0, raw);
            break;
        case 'bcd16':
            fits(type, raw, 0, 9999);
            view.setUint16(0, toBcd(raw));
            break;
        case 'bcd32':
            fits(type, raw, 0, 99_999_999);
            view.setUint32(0, toBcd(raw));
            break;
    }
    return Array.from({ length: widths[type] }, (_, i) => view.getUint16(i * 2));
}
/** Raw values of the papers are often printed unsigned (FFFF for −1): both are taken for signed types. */
function fits(type, raw, min, max) {
    if (Number.isInteger(raw) && raw >= min && raw <= max)
        return;
    throw new RangeError(`${raw} does not fit into ${type} (${min} to ${max})`);
}
/** CDAB: the words the other way round; BADC: the bytes of each word; DCBA: both. The same way leads back. */
function inOrder(words, order) {
    const swapsWords = order === 'CDAB' || order === 'DCBA';
    const swapsBytes = order === 'BADC' || order === 'DCBA';
    const sorted = swapsWords ? [...words].reverse() : words;
    return swapsBytes ? sorted.map((word) => ((word & 0xff) << 8) | (word >>> 8)) : sorted;
}
function toBcd(raw) {
    return Number.parseInt(String(raw), 16);
}
function fromBcd(bcd) {
    let raw = 0;
    for (const digit of bcd.toString(16))
        raw = raw * 10 + Number.parseInt(digit, 16);
    return raw;
}
