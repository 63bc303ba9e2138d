import { DriverError } from '../drivers/driver-error.js';
import { PinOutput } from '../drivers/gpio/pin-output.js';
import { priorities } from '../drivers/modbus/line-queue.js';
import { ModbusOutput } from '../drivers/modbus/modbus-output.js';
/** Throws DriverError when the pins are not there (yet). */
export function outputHandle(output, pins, lines) {
    const { target } = output;
    if (target.kind === 'pin')
        return new PinOutput(boardOf(pins, target.pin), target);
    const { unit, line } = lines.ofUnit(target.device, output.id);
    // No lamp is worth a siren's moment, or a look at a detector.
    const priority = output.kind === 'lamp' ? priorities.operator : priorities.annunciator;
    return new ModbusOutput(line, unit, target, priority);
}
/** The pin itself, for what is faster than orders and proofs. Throws DriverError when the pins are not there (yet). */
export function outputPin(target, pins) {
    return boardOf(pins, target.pin).openOutput(target.pin, target.activeLow);
}
function boardOf(pins, pin) {
    if (pins === null)
        throw new DriverError('PIN-001', `GPIO${pin}`);
    return pins;
}
