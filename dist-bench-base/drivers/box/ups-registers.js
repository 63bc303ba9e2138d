/** INA219 (TI SBOS448): 16-bit registers, high byte first. */
const ina = {
    /** Voltage over the shunt, signed, 10 µV each. */
    shunt: { from: 1, bytes: 2 },
    /** Voltage of the bus: bits 15 to 3, 4 mV each; bit 0: it did not fit. */
    bus: { from: 2, bytes: 2 },
};
const microvoltsPerShuntStep = 10;
const voltsPerBusStep = 0.004;
/** 0.01 Ω: 10 µV are 1 mA. */
const shuntOhm = 0.01;
/** More than this out of the battery: nothing else feeds the box. */
const onBatteryMa = -100;
/** No cell of lithium is outside of this, V: not connected, or not what the site file says. */
const cellVolts = [2, 4.5];
/** No board measures more through its shunt (320 mV), mA; beyond it the number is broken. */
const mostMa = 32_000;
const view = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
/** The charge is guessed from the voltage: empty and full, V. */
function inaBoard(address, cells, empty, full) {
    return {
        address,
        blocks: [ina.shunt, ina.bus],
        tells: ['mains', 'battery_voltage', 'battery_charge'],
        figures: ([shunt = none, bus = none]) => {
            const milliamps = (view(shunt).getInt16(0) * microvoltsPerShuntStep) / 1000 / shuntOhm;
            const raw = view(bus).getUint16(0);
            const volts = hundredths((raw >> 3) * voltsPerBusStep);
            const isSound = (raw & 1) === 0 && isWithin(volts / cells, cellVolts);
            return {
                mains: isSound && Math.abs(milliamps) <= mostMa ? mainsOf(milliamps >= onBatteryMa) : null,
                battery_voltage: isSound ? volts : null,
                battery_charge: isSound ? Math.round(ratio(volts, empty, full) * 100) : null,
            };
        },
    };
}
const none = new Uint8Array(2);
/** Full is full: the line from voltage to charge is a guess, and ends at both ends. */
function ratio(volts, empty, full) {
    return Math.min(1, Math.max(0, (volts - empty) / (full - empty)));
}
/** Waveshare UPS HAT (E): low byte first. */
const hatE = {
    address: 0x2d,
    blocks: [
        { from: 0x00, bytes: 1 },
        { from: 0x02, bytes: 1 },
        { from: 0x20, bytes: 12 },
        { from: 0x30, bytes: 8 },
    ],
    tells: ['mains', 'battery_voltage', 'battery_charge', 'battery_cell'],
    figures: ([id = none, state = none, battery = none, cells = none]) => {
        const isIt = id[0] === hatEId;
        const volts = view(battery).getUint16(0, true) / 1000;
        const percent = view(battery).getUint16(4, true);
        const each = [0, 2, 4, 6].map((at) => view(cells).getUint16(at, true) / 1000);
        const isPack = isWithin(volts / each.length, cellVolts);
        return {
            mains: isIt ? mainsOf(((state[0] ?? 0) & vbusPresent) !== 0) : null,
            battery_voltage: isIt && isPack ? hundredths(volts) : null,
            battery_charge: isIt && percent <= 100 ? percent : null,
            battery_cell: isIt && each.every((cell) => isWithin(cell, cellVolts)) ? hundredths(Math.min(...each)) : null,
        };
    },
};
const hatEId = 0x0a;
const vbusPresent = 0x20;
export const upsBoards = {
    'waveshare-e': hatE,
    'waveshare-b': inaBoard(0x42, 2, 6, 8.4),
    'waveshare-c': inaBoard(0x43, 1, 3, 4.2),
};
function mainsOf(isThere) {
    return isThere ? 'on_mains' : 'on_battery';
}
function isWithin(value, [low, high]) {
    return value >= low && value <= high;
}
function hundredths(value) {
    return Math.round(value * 100) / 100;
}
