/**
 * Families of units, each with the size of its members. Exact by definition: 1 psi = 6894.757293168 Pa (1 lbf = 4.4482216152605 N,
 * 1 in = 25.4 mm); kg/cm² is the technical atmosphere, 98066.5 Pa; mH2O is the conventional metre of water, 9806.65 Pa
 * (ISO 80000-4, annex).
 */
const families = [
    {
        MPa: 1e6,
        kPa: 1e3,
        Pa: 1,
        bar: 1e5,
        mbar: 100,
        psi: 6894.757293168,
        'kg/cm²': 98_066.5,
        mH2O: 9806.65,
        mmH2O: 9.80665,
    },
    { m: 1000, cm: 10, mm: 1 },
    { A: 1e6, mA: 1000, µA: 1 },
    { V: 1000, mV: 1 },
];
/** Other ways in which papers and people write the same unit. */
const spellings = {
    'kg/cm2': 'kg/cm²',
    'kgf/cm²': 'kg/cm²',
    'kgf/cm2': 'kg/cm²',
    'mH₂O': 'mH2O',
    'mmH₂O': 'mmH2O',
    uA: 'µA',
    // The Greek letter looks like the sign.
    μA: 'µA',
    '℃': '°C',
    degC: '°C',
};
const unitOfRole = {
    'water.pressure': 'MPa',
    'water.level': 'm',
    residual_current: 'mA',
    cable_temp: '°C',
    'battery.voltage': 'V',
};
/** Value in `from` × factor = value in `to`; null when they do not convert. */
export function conversionFactor(from, to) {
    const [source, target] = [spelled(from), spelled(to)];
    if (source === target)
        return 1;
    const family = families.find((sizes) => Object.hasOwn(sizes, source) && Object.hasOwn(sizes, target));
    const [size, per] = [family?.[source], family?.[target]];
    return size === undefined || per === undefined ? null : rounded(size / per);
}
/** The unit of numbers of this role, whatever the device counts in; null: as the profile says. */
export function canonicalUnit(role) {
    return unitOfRole[role] ?? null;
}
/** From the unit that a profile writes to the one that the role is told in; null when it does not convert. */
export function physicalScale(role, written) {
    const unit = canonicalUnit(role) ?? written;
    if (unit === null || written === null)
        return { unit, factor: 1 };
    const factor = conversionFactor(written, unit);
    return factor === null ? null : { unit, factor };
}
/** Below it a whole number has at most 14 digits, and no dust. */
const digitsKept = 1e14;
/** Takes the dust of binary fractions off a product (0.1 × 0.001). */
export function rounded(value) {
    if (Number.isInteger(value) && Math.abs(value) < digitsKept)
        return value || 0;
    return Number(value.toPrecision(14));
}
function spelled(unit) {
    return spellings[unit] ?? unit;
}
