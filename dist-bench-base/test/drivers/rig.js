/** A line of the driver on a simulated wire, with units that tell the truth about themselves. */
import { brandId } from '../../config/ids.js';
import { ModbusLine } from '../../drivers/modbus/line.js';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { noRelays } from '../../hardware-sim/modbus/unit-model.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
export const words = (text) => ({ zh: text, en: text });
export function lineConfig(changes = {}) {
    const { baud = 9600, dataBits = 8, parity = 'none', stopBits = 1, ...others } = changes;
    return {
        id: brandId('main'),
        name: words('main line'),
        protocol: 'modbus',
        transport: 'serial',
        path: 'wire',
        format: { baud, dataBits, parity, stopBits },
        rs485: null,
        timeoutMs: 60,
        quarantineMs: 40,
        fireDeadlineMs: 2000,
        ...others,
    };
}
/** The same line behind an address: Modbus TCP unless told otherwise. */
export function tcpConfig(changes = {}) {
    const { format, ...common } = lineConfig();
    return {
        ...common,
        transport: 'tcp',
        host: 'pool',
        port: 502,
        format: changes.transport === 'rtu_over_tcp' ? format : null,
        inFlight: 1,
        ...changes,
    };
}
/** A unit that may take as long as its line lets it. */
export function unitAt(address, changes = {}) {
    return {
        address,
        interRequestMs: 0,
        afterWriteMs: 0,
        responseTimeoutMs: 5000,
        exceptionStyle: 'standard',
        ...changes,
    };
}
/** xorshift32, so that a failing run can be repeated by its seed. */
export function seeded(seed) {
    let state = seed;
    return () => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return (state >>> 0) / 2 ** 32;
    };
}
/** A register that says where it is and when it was read: any mix-up shows in the value. */
const stepMs = 20;
const registers = 0x400;
export function truth(unit, address, mono) {
    return ((unit * 7 + address) * 509 + Math.floor(mono / stepMs)) & 0xffff;
}
/** Was each value to be seen in that unit at some time between the sampling and the receipt that the answer claims? */
export function isTrue(unit, address, answer) {
    const { sampledMono, receivedMono } = answer;
    const slots = Math.floor(receivedMono / stepMs) - Math.floor(sampledMono / stepMs);
    return answer.values.every((value, i) => Array.from({ length: slots + 1 }, (_, slot) => sampledMono + slot * stepMs).some((mono) => truth(unit, address + i, mono) === value));
}
/** Registers tell the truth, coils show its lowest bit; writes are taken and change nothing. */
export class TruthModel {
    unit;
    clock;
    functions = new Set([1, 2, 3, 4, 5, 6, 15, 16]);
    relays = noRelays.relays;
    relayAt = noRelays.relayAt;
    setPower = noRelays.setPower;
    commission = noRelays.commission;
    /** What it was asked, in order: `read 3`, `write 3`. */
    asked = [];
    constructor(unit, clock) {
        this.unit = unit;
        this.clock = clock;
    }
    read(table, address) {
        if (address >= registers)
            return null;
        this.asked.push({ what: `read ${address}`, atMono: this.clock.mono() });
        const value = truth(this.unit, address, this.clock.mono());
        return table === 'coil' || table === 'discrete' ? value & 1 : value;
    }
    write(_table, address) {
        if (address >= registers)
            return 2;
        this.asked.push({ what: `write ${address}`, atMono: this.clock.mono() });
        return null;
    }
    setRaw() { }
}
/** An open line at 9600 8N1 unless told otherwise; units answer 5 ms after a request's last bit. */
export async function lineRig(options = {}) {
    const clock = options.clock ?? new SimClock();
    const config = lineConfig(options.config);
    const { baud, dataBits, parity, stopBits } = config.format;
    const bitsPerChar = 1 + dataBits + (parity === 'none' ? 0 : 1) + stopBits;
    const { chunkBytes = 'whole' } = options;
    const wire = new ByteWire({ clock, baud, bitsPerChar, chunkBytes, path: config.path });
    const downs = [];
    let ups = 0;
    let frame = 0;
    const line = new ModbusLine({
        config,
        open: wire.open,
        clock,
        random: options.random ?? seeded(1),
        nextFrame: () => ++frame,
        onUp: () => ups++,
        onDown: (error) => downs.push(error),
        onTwoAnswers: options.onTwoAnswers ?? (() => undefined),
    });
    line.start();
    await clock.advance(50);
    return {
        clock,
        wire,
        line,
        config,
        downs,
        ups: () => ups,
        unit: (address, turnaroundMs = 5) => {
            const model = new TruthModel(address, clock);
            const unit = new SimUnit({ address, model, turnaroundMs });
            wire.attach(unit);
            return { unit, model };
        },
        wait: (promise) => waitOn(clock, promise),
    };
}
export async function waitOn(clock, promise) {
    let isSettled = false;
    const settled = () => {
        isSettled = true;
    };
    promise.then(settled, settled);
    await clock.until(() => isSettled, 600_000, 5);
    return promise;
}
/** A link in the hands of the test. */
export class FakeLink {
    events;
    written = [];
    isOpen = true;
    /** What the next writes do; default: they go out. */
    onWrite = () => Promise.resolve();
    constructor(events = null) {
        this.events = events;
    }
    write(bytes) {
        this.written.push(bytes.slice());
        return this.onWrite();
    }
    async close() {
        this.isOpen = false;
    }
}
export function errorOf(answer) {
    return answer.ok ? null : answer.error;
}
/** A question that may be asked from then on. */
export function standing(readyMono) {
    return { readyMono, isProbe: false, misses: 0, unit: 1, isHeld: false };
}
