import { DriverError } from '../../drivers/driver-error.js';
const beatMs = 1000;
export class Heartbeat {
    options;
    #pins;
    #isRunning = false;
    #beatMono = Number.NEGATIVE_INFINITY;
    #isHigh = false;
    #wake = null;
    constructor(options) {
        this.options = options;
        this.#pins = options.heartbeats.map((config) => ({ config, open: null, isAtFault: null }));
    }
    start() {
        if (this.#pins.length === 0)
            return;
        this.#isRunning = true;
        if (!this.options.hasInputs)
            this.#tick();
    }
    /** The engine took a step with a reading. */
    step() {
        if (!this.#isRunning)
            return;
        const nowMono = this.options.clock.mono();
        if (nowMono - this.#beatMono < beatMs || this.options.isOverdue())
            return;
        this.#beatMono = nowMono;
        this.#isHigh = !this.#isHigh;
        for (const pin of this.#pins)
            this.#set(pin);
    }
    /** The listener has forgotten what it was told: the next beat tells it again. */
    retell() {
        for (const pin of this.#pins)
            pin.isAtFault = null;
    }
    /** It simply stands still. */
    stop() {
        this.#isRunning = false;
        this.#wake?.();
    }
    #tick() {
        this.step();
        this.#wake = this.options.clock.after(beatMs, () => this.#tick());
    }
    #set(pin) {
        let got = null;
        try {
            pin.open ??= this.options.openPin(pin.config.target);
            pin.open.set(this.#isHigh);
        }
        catch (error) {
            if (!(error instanceof DriverError))
                throw error;
            got = error.message;
        }
        const isAtFault = got !== null;
        if (isAtFault === pin.isAtFault)
            return;
        pin.isAtFault = isAtFault;
        this.options.onFault(pin.config, isAtFault, got);
    }
}
