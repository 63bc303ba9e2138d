const byUnit = {
    // GB/T 12325 allows mains to be 7 to 10 % off; 2 % is what a transformer's tap or a large motor does. 12 and 24 V scale along.
    V: { step: 0.1, share: 0.02 },
    mV: { step: 100, share: 0.02 },
    // Class 1 transformers of the usual meters, and loads that switch: only a real load is a change.
    A: { step: 0.5, share: 0.15 },
    // Residual current: monitors resolve 1 mA, the usual limit is 300 mA, and 20 mA of leakage come and go with the weather.
    mA: { step: 15, share: 0.15 },
    W: { step: 100, share: 0.2 },
    VA: { step: 100, share: 0.2 },
    var: { step: 100, share: 0.2 },
    kW: { step: 0.1, share: 0.2 },
    kvar: { step: 0.1, share: 0.2 },
    // Grids keep 50 ± 0.2 Hz.
    Hz: { step: 0.2, share: 0 },
    // Counters only rise: one each so many units.
    kWh: { step: 1, share: 0 },
    Wh: { step: 1000, share: 0 },
    // Cables and rooms; NTC sensors are good to 0.5 to 1 °C, alarms begin at 55 to 80 °C.
    '°C': { step: 1, share: 0 },
    '%RH': { step: 5, share: 0 },
    // Hydrants: 0.1 to 0.7 MPa, gauges of class 1.6; a pump that starts moves it by 0.05.
    MPa: { step: 0.02, share: 0.05 },
    kPa: { step: 20, share: 0.05 },
    Pa: { step: 20_000, share: 0.05 },
    bar: { step: 0.2, share: 0.05 },
    // Tanks of 1 to 4 m; waves make 1 to 2 cm.
    m: { step: 0.05, share: 0 },
    cm: { step: 5, share: 0 },
    mm: { step: 50, share: 0 },
    // Gas: detectors are good to ±3 % of the lower explosive limit, alarms begin at 5 to 25 %.
    '%LEL': { step: 2, share: 0 },
    ppm: { step: 10, share: 0.1 },
    'm/s': { step: 1, share: 0.1 },
    '1': { step: 0.1, share: 0 },
    '%': { step: 5, share: 0 },
    MB: { step: 20, share: 0.1 },
    // Delays of the box itself: only the order of magnitude says something.
    ms: { step: 100, share: 1 },
};
/** A unit that no line above knows. */
const unknownUnit = { step: 0, share: 0.1 };
/** Roles whose numbers are finer, or coarser, than their unit says. */
const byRole = {
    'battery.voltage': { step: 0.1, share: 0.01 },
    'bus.quality': { step: 20, share: 0 },
    'line.load': { step: 20, share: 0 },
    'line.scan_age': { step: 500, share: 1 },
};
/** The deadband of a number whose site file names none. */
export function usualDeadband({ role, physicalUnit }) {
    return byRole[role] ?? (physicalUnit === null ? undefined : byUnit[physicalUnit]) ?? unknownUnit;
}
