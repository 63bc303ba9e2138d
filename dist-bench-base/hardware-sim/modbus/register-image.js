const bytesOf = {
    ...{ bool: 2, u16: 2, s16: 2, bcd16: 2 },
    ...{ u32: 4, s32: 4, f32: 4, bcd32: 4 },
    ...{ u64: 8, f64: 8 },
};
const travel = {
    2: { ABCD: 'AB', CDAB: 'AB', BADC: 'BA', DCBA: 'BA' },
    4: { ABCD: 'ABCD', CDAB: 'CDAB', BADC: 'BADC', DCBA: 'DCBA' },
    8: { ABCD: 'ABCDEFGH', CDAB: 'GHEFCDAB', BADC: 'BADCFEHG', DCBA: 'HGFEDCBA' },
};
/** Registers that a value of this type fills. */
export function registerCount(type) {
    return bytesOf[type] / 2;
}
/** The registers in which these bits travel. */
export function imageOf(bits, type, order) {
    const letters = lettersOf(type, order);
    const bytes = [...letters].map((letter) => Number((bits >> shiftOf(letter, letters)) & 0xffn));
    return bytes.flatMap((high, i) => (i % 2 === 0 ? [high * 0x100 + (bytes[i + 1] ?? 0)] : []));
}
/** What these registers mean. `others`: points of the unit that can be relied on; null = looked at, but bad. */
export function meaningOf(source, registers, others) {
    const told = rawOf(source, bitsOf(registers, source));
    if (typeof told === 'string')
        return bad(told);
    const { validIf, states } = source;
    if (validIf !== null) {
        const gate = others.get(validIf.point) ?? null;
        if (gate === null)
            return bad('not-ready');
        if (!Number.isInteger(gate.raw))
            return bad('not-valid');
        if ((BigInt.asUintN(16, BigInt(gate.raw)) & BigInt(validIf.mask)) !== BigInt(validIf.equals))
            return bad('not-valid');
    }
    if (states === null)
        return numberOf(source, told, others);
    for (const [raw, state] of states)
        if (raw === told)
            return { value: state, reason: null };
    return bad('unknown-state');
}
function bad(reason) {
    return { value: null, reason };
}
function lettersOf(type, order) {
    return travel[bytesOf[type]][type === 'bool' ? 'ABCD' : order];
}
/** A stands highest. */
function shiftOf(letter, letters) {
    return BigInt(8 * (letters.length - 1 - (letter.charCodeAt(0) - 'A'.charCodeAt(0))));
}
function bitsOf(registers, { type, order }) {
    const letters = lettersOf(type, order);
    return [...letters].reduce((bits, letter, i) => {
        const register = registers[i >> 1] ?? 0;
        const byte = i % 2 === 0 ? register >> 8 : register & 0xff;
        return bits | (BigInt(byte) << shiftOf(letter, letters));
    }, 0n);
}
function rawOf(source, bits) {
    const { type, invalid } = source;
    const size = 8 * bytesOf[type];
    const isSigned = type === 's16' || type === 's32';
    const float = type === 'f32' ? floatOf(bits, 8, 23) : type === 'f64' ? floatOf(bits, 11, 52) : null;
    for (const none of invalid) {
        if (BigInt(none) === bits || (isSigned && BigInt(none) === BigInt.asIntN(size, bits)))
            return 'sentinel';
        if (float !== null && float === none)
            return 'sentinel';
    }
    if (float !== null)
        return Number.isFinite(float) && source.bits === null ? float : 'bad-encoding';
    const [high, low] = source.bits ?? [size - 1, 0];
    const length = high - low + 1;
    const field = BigInt.asUintN(length, bits >> BigInt(low));
    if (isSigned)
        return Number(BigInt.asIntN(length, field));
    if (type === 'bcd16' || type === 'bcd32') {
        const digits = field.toString(16);
        return /^[0-9]+$/.test(digits) ? Number.parseInt(digits, 10) : 'bad-encoding';
    }
    return field < 2n ** 53n ? Number(field) : 'out-of-range';
}
/** IEEE 754-2019, 3.4: sign, exponent, fraction. */
function floatOf(bits, exponentBits, fractionBits) {
    const fraction = Number(BigInt.asUintN(fractionBits, bits));
    const exponent = Number(BigInt.asUintN(exponentBits, bits >> BigInt(fractionBits)));
    const sign = (bits >> BigInt(exponentBits + fractionBits)) & 1n ? -1 : 1;
    const bias = 2 ** (exponentBits - 1) - 1;
    if (exponent === 2 ** exponentBits - 1)
        return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    const mantissa = exponent === 0 ? fraction : fraction + 2 ** fractionBits;
    return sign * mantissa * 2 ** (Math.max(exponent, 1) - bias - fractionBits);
}
function numberOf(source, raw, others) {
    const { scaleFrom, unitFrom, agreesWith } = source;
    let factor = decimal(source.scale);
    if (scaleFrom !== null) {
        const places = others.get(scaleFrom.point)?.value;
        if (typeof places !== 'number' || !Number.isInteger(places))
            return bad('not-ready');
        const power = scaleFrom.sign === -1 ? scaleFrom.bias - places : places - scaleFrom.bias;
        if (power < -12 || power > 12)
            return bad('not-ready');
        factor = { digits: factor.digits, power: factor.power + power };
    }
    if (unitFrom !== null) {
        const unit = others.get(unitFrom.point) ?? null;
        if (unit === null)
            return bad('not-ready');
        const unitFactor = unitFrom.factors.get(unit.raw);
        if (unitFactor === undefined)
            return bad('wrong-unit');
        factor = product(factor, decimal(unitFactor));
    }
    if (agreesWith !== null) {
        const told = others.get(agreesWith.point)?.value;
        if (typeof told !== 'number')
            return bad('not-ready');
        const limit = decimal(agreesWith.factor);
        const [own, label] = [decimal(told), decimal(agreesWith.label)];
        const isFar = isLess(product(size(label), limit), size(own)) || isLess(product(size(own), limit), size(label));
        if (isFar || own.digits * label.digits <= 0n)
            return bad('wrong-scale');
    }
    return judge(source, sum(product(decimal(raw), factor), decimal(source.offset)));
}
function judge({ faultBelow, faultAbove, validRange }, value) {
    if (faultBelow !== null && isLess(value, decimal(faultBelow)))
        return bad('signal-low');
    if (faultAbove !== null && isLess(decimal(faultAbove), value))
        return bad('signal-high');
    if (validRange !== null && (isLess(value, decimal(validRange[0])) || isLess(decimal(validRange[1]), value))) {
        return bad('out-of-range');
    }
    const number = Number(`${value.digits}e${value.power}`);
    return Number.isFinite(number) ? { value: number, reason: null } : bad('out-of-range');
}
function decimal(number) {
    const [mantissa = '0', exponent = '0'] = String(number).split('e');
    const [whole = '0', fraction = ''] = mantissa.split('.');
    return { digits: BigInt(whole + fraction), power: Number(exponent) - fraction.length };
}
function product(a, b) {
    return { digits: a.digits * b.digits, power: a.power + b.power };
}
function sum(a, b) {
    const power = Math.min(a.power, b.power);
    return { digits: digitsAt(a, power) + digitsAt(b, power), power };
}
function size({ digits, power }) {
    return { digits: digits < 0n ? -digits : digits, power };
}
function isLess(a, b) {
    const power = Math.min(a.power, b.power);
    return digitsAt(a, power) < digitsAt(b, power);
}
function digitsAt({ digits, power }, wanted) {
    return digits * 10n ** BigInt(power - wanted);
}
