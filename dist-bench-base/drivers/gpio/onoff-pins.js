import { DriverError } from '../driver-error.js';
import { sysfsNumber } from './sysfs-number.js';
/** Loads onoff, which is optional: its native part does not build everywhere. Rejects with PIN-001. */
export async function openOnoffPins() {
    let gpioClass;
    try {
        gpioClass = (await import('onoff')).Gpio;
    }
    catch (error) {
        throw new DriverError('PIN-001', 'gpio', 'onoff is not installed', error);
    }
    if (!gpioClass.accessible)
        throw new DriverError('PIN-001', 'gpio', '/sys/class/gpio is not accessible');
    return new OnoffPins(gpioClass);
}
class OnoffPins {
    gpioClass;
    afterProcessEnd = 'holds';
    #watched = [];
    constructor(gpioClass) {
        this.gpioClass = gpioClass;
    }
    openOutput(pin, activeLow) {
        // 'low'/'high' gives the idle level in one step to a pin that was no output; one that is an output already keeps
        // its level (reconfigureDirection: false), because it may be a running siren.
        const gpio = this.#open(pin, activeLow ? 'high' : 'low', 'none');
        const where = `GPIO${pin}`;
        return {
            set: (on) => guard(where, () => gpio.writeSync(on !== activeLow ? 1 : 0)),
            read: () => guard(where, () => (gpio.readSync() === 1) !== activeLow),
        };
    }
    openInput(pin) {
        const gpio = this.#open(pin, 'in', 'both');
        this.#watched.push(gpio);
        return {
            read: () => guard(`GPIO${pin}`, () => gpio.readSync() === 1),
            onEdge: (moved) => {
                gpio.watch(moved);
                return () => gpio.unwatch(moved);
            },
        };
    }
    /** Does not unexport: that could let an output drop. */
    close() {
        for (const gpio of this.#watched)
            gpio.unwatchAll();
    }
    #open(pin, direction, edge) {
        const where = `GPIO${pin}`;
        try {
            const number = sysfsNumber(pin);
            if (number === null)
                throw new Error('no such pin on this board');
            return new this.gpioClass(number, direction, edge, { reconfigureDirection: false });
        }
        catch (error) {
            throw new DriverError('PIN-002', where, String(error), error);
        }
    }
}
function guard(where, act) {
    try {
        return act();
    }
    catch (error) {
        throw new DriverError('PIN-003', where, String(error), error);
    }
}
