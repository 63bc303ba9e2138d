import { DriverError } from '../drivers/driver-error.js';
export class SimBox {
    #values = new Map([
        ['temperature', 47],
        ['disk_free', 82],
        ['memory', 95],
        ['supply', 'normal'],
        ['mains', 'on_mains'],
        ['battery_voltage', 16.2],
        ['battery_charge', 96],
        ['battery_cell', 4.04],
    ]);
    #waiting = [];
    /** One for each thing that this box can tell. */
    sensors = [...this.#values.keys()].map((what) => ({
        what,
        read: () => this.#read(what),
    }));
    #asked = new Map();
    /** How often it was asked, answered or not. */
    asked(what) {
        return this.#asked.get(what) ?? 0;
    }
    /** Throws RangeError for what this box has no sensor for. */
    set(what, value) {
        if (!this.#values.has(what))
            throw new RangeError(`${what} is measured by the gateway itself`);
        this.#values.set(what, value);
        for (const goOn of this.#waiting.splice(0))
            goOn();
    }
    async #read(what) {
        this.#asked.set(what, this.asked(what) + 1);
        while (this.#values.get(what) === 'hangs')
            await new Promise((resolve) => this.#waiting.push(resolve));
        const value = this.#values.get(what);
        if (value === undefined || value === 'unreadable')
            throw new DriverError('BOX-001', what);
        return value;
    }
}
