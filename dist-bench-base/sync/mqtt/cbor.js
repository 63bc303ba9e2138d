/**
 * As much CBOR (RFC 8949) as SenML needs, in its deterministic form: integers, texts, booleans, arrays and maps of definite length, doubles,
 * and decimal fractions (tag 4), which RFC 8428 §6 allows and which keep 231.2 at six bytes instead of nine. Byte strings, indefinite lengths
 * and other tags are refused. An own file instead of a package: decision 0031.
 */
const depthMax = 4;
const exponentMin = -12;
const majors = { unsigned: 0, negative: 1, text: 3, array: 4, map: 5, tag: 6, simple: 7 };
export function encodeCbor(value) {
    const parts = [];
    write(value, parts);
    return Buffer.concat(parts);
}
/** Null for whatever is not exactly one value of the kinds above. Never throws. */
export function decodeCbor(bytes) {
    const reader = new Reader(bytes);
    try {
        const value = reader.read(0);
        return reader.isAtEnd ? value : null;
    }
    catch {
        return null;
    }
}
function write(value, parts) {
    if (typeof value === 'number')
        writeNumber(value, parts);
    else if (typeof value === 'boolean')
        parts.push(Buffer.of(value ? 0xf5 : 0xf4));
    else if (typeof value === 'string') {
        const text = Buffer.from(value);
        parts.push(head(majors.text, text.length), text);
    }
    else if (isMap(value)) {
        parts.push(head(majors.map, value.size));
        for (const [key, each] of value) {
            write(key, parts);
            write(each, parts);
        }
    }
    else {
        parts.push(head(majors.array, value.length));
        for (const each of value)
            write(each, parts);
    }
}
function writeNumber(value, parts) {
    if (Number.isSafeInteger(value)) {
        // A negative zero becomes a zero, as in JSON.
        parts.push(value >= 0 ? head(majors.unsigned, value + 0) : head(majors.negative, -1 - value));
        return;
    }
    const decimal = decimalOf(value);
    if (decimal === null) {
        const bytes = Buffer.alloc(9, 0xfb);
        bytes.writeDoubleBE(value, 1);
        parts.push(bytes);
        return;
    }
    parts.push(head(majors.tag, 4), head(majors.array, 2));
    for (const each of decimal)
        writeNumber(each, parts);
}
/** Exponent and mantissa, when they are exact and shorter than a double. */
function decimalOf(value) {
    const [digits = '', power = '0'] = value.toExponential().split('e');
    const exponent = Number(power) - (digits.split('.')[1]?.length ?? 0);
    const mantissa = Number(digits.replace('.', ''));
    if (exponent < exponentMin || exponent >= 0 || Math.abs(mantissa) > 0xffff_ffff)
        return null;
    return Number(`${mantissa}e${exponent}`) === value ? [exponent, mantissa] : null;
}
function head(major, value) {
    const first = major << 5;
    if (value < 24)
        return Buffer.of(first | value);
    if (value < 0x100)
        return Buffer.of(first | 24, value);
    const bytes = Buffer.alloc(value < 0x1_0000 ? 3 : value < 0x1_0000_0000 ? 5 : 9);
    if (bytes.length === 3)
        bytes.writeUInt16BE(value, 1);
    else if (bytes.length === 5)
        bytes.writeUInt32BE(value, 1);
    else
        bytes.writeBigUInt64BE(BigInt(value), 1);
    bytes[0] = first | (bytes.length === 3 ? 25 : bytes.length === 5 ? 26 : 27);
    return bytes;
}
function isMap(value) {
    return value instanceof Map;
}
class Reader {
    #at = 0;
    #bytes;
    constructor(bytes) {
        this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    get isAtEnd() {
        return this.#at === this.#bytes.length;
    }
    /** Throws RangeError. */
    read(depth) {
        if (depth > depthMax)
            throw new RangeError('too deep');
        const first = this.#bytes.readUInt8(this.#at++);
        const [major, more] = [first >> 5, first & 31];
        if (major === majors.simple)
            return this.#simple(more);
        const value = this.#argument(more);
        switch (major) {
            case majors.unsigned:
                return value;
            case majors.negative:
                return -1 - value;
            case majors.text:
                return this.#text(value);
            case majors.array:
                return this.#several(value, () => this.read(depth + 1));
            case majors.map: {
                const pairs = this.#several(value, () => [this.#key(depth + 1), this.read(depth + 1)]);
                const map = new Map(pairs);
                if (map.size !== pairs.length)
                    throw new RangeError('a key stands twice');
                return map;
            }
            case majors.tag:
                if (value === 4)
                    return decimalFrom(this.read(depth + 1));
        }
        throw new RangeError('not of SenML');
    }
    #key(depth) {
        const key = this.read(depth);
        if (typeof key !== 'number' && typeof key !== 'string')
            throw new RangeError('no such key');
        return key;
    }
    /** Each of them has at least one byte: a lying length ends before memory does. */
    #several(count, read) {
        if (count > this.#bytes.length - this.#at)
            throw new RangeError('too long');
        return Array.from({ length: count }, read);
    }
    #text(length) {
        const end = this.#at + length;
        if (end > this.#bytes.length)
            throw new RangeError('too long');
        const text = new TextDecoder('utf-8', { fatal: true }).decode(this.#bytes.subarray(this.#at, end));
        this.#at = end;
        return text;
    }
    #argument(more) {
        if (more < 24)
            return more;
        const bytes = more === 24 ? 1 : more === 25 ? 2 : more === 26 ? 4 : more === 27 ? 8 : 0;
        const at = this.#at;
        this.#at += bytes;
        if (bytes === 8) {
            const value = Number(this.#bytes.readBigUInt64BE(at));
            if (Number.isSafeInteger(value))
                return value;
        }
        else if (bytes > 0)
            return this.#bytes.readUIntBE(at, bytes);
        throw new RangeError('not of SenML');
    }
    #simple(more) {
        if (more === 20 || more === 21)
            return more === 21;
        const at = this.#at;
        if (more === 26) {
            this.#at += 4;
            return this.#bytes.readFloatBE(at);
        }
        if (more !== 27)
            throw new RangeError('not of SenML');
        this.#at += 8;
        return this.#bytes.readDoubleBE(at);
    }
}
function decimalFrom(pair) {
    const [exponent, mantissa] = Array.isArray(pair) && pair.length === 2 ? pair : [];
    const isWhole = Number.isSafeInteger(exponent) && Number.isSafeInteger(mantissa);
    if (!isWhole || Math.abs(Number(exponent)) > 30)
        throw new RangeError('no decimal fraction');
    return Number(`${String(mantissa)}e${String(exponent)}`);
}
