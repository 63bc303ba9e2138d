import { SimUnit } from './modbus/sim-unit.js';
import { rtuFrame } from './modbus/unit-codec.js';
import { wordBytes } from './modbus/unit-pdu.js';
/** Runs again and again, `everyMs` apart, beginning after the first such time. */
export function repeat(clock, everyMs, run) {
    let cancel;
    const next = () => {
        cancel = clock.after(everyMs(), () => {
            run();
            next();
        });
    };
    next();
    return () => cancel();
}
/** Bursts of random bytes, 1 to `maxBytes` long, on average `everyMs` apart. */
export function noiseBursts(wire, clock, { everyMs, maxBytes, random }) {
    return repeat(clock, () => everyMs * (0.5 + random()), () => {
        const length = 1 + Math.floor(random() * maxBytes);
        wire.inject(Uint8Array.from({ length }, () => Math.floor(random() * 256)));
    });
}
/** Somebody else's computer on the same pair: asks a unit for one holding register every so often, and does not look first
 * whether the line is free. */
export function secondMaster(wire, clock, { everyMs, unit, address }) {
    const request = rtuFrame(unit, [3, ...wordBytes(address), ...wordBytes(1)]);
    return repeat(clock, () => everyMs, () => wire.injectRequest(request));
}
/** A second unit with the address of the first; a few ms slower, so that its answer follows or falls into the other's. */
export function addTwin(wire, first, laterMs) {
    const { address, model } = first;
    const twin = new SimUnit({ address, model, turnaroundMs: first.turnaroundMs + laterMs });
    wire.attach(twin);
    return twin;
}
/** A unit with a loose supply: on for `onMs`, off for `offMs`. It has its supply when this is cancelled. */
export function flapping(unit, clock, { onMs, offMs }) {
    const cancel = repeat(clock, () => (unit.on ? onMs : offMs), () => {
        unit.on = !unit.on;
    });
    return () => {
        cancel();
        unit.on = true;
    };
}
