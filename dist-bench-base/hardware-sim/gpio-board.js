import { DriverError } from '../drivers/driver-error.js';
/** From a level's change until the process hears of the edge. */
const edgeMs = 1;
/**
 * A board with GPIO pins, as the world sees it. It outlives the gateway: levels stay when the gateway closes it, dies or
 * is thrown away, and the next gateway finds them. All pins are low at first.
 */
export class SimPinBoard {
    clock;
    afterProcessEnd = 'holds';
    /** True: nobody hears of edges any more (a busy event loop loses short ones); levels can still be read. */
    losesEdges = false;
    #levels = new Map();
    #stuck = new Map();
    #faults = new Map();
    #listeners = new Set();
    #edges = new Map();
    /** Pins opened before the last `close` belong to a process that is gone. */
    #life = 0;
    constructor(clock) {
        this.clock = clock;
    }
    openOutput(pin, activeLow) {
        this.#assertThere(pin);
        const life = this.#life;
        return {
            set: (on) => {
                this.#assertUsable(pin, life);
                this.#move(pin, on !== activeLow);
            },
            read: () => {
                this.#assertUsable(pin, life);
                return this.level(pin) !== activeLow;
            },
        };
    }
    openInput(pin) {
        this.#assertThere(pin);
        const life = this.#life;
        return {
            read: () => {
                this.#assertUsable(pin, life);
                return this.level(pin);
            },
            onEdge: (moved) => {
                const listeners = this.#edges.get(pin) ?? new Set();
                this.#edges.set(pin, listeners.add(moved));
                return () => listeners.delete(moved);
            },
        };
    }
    close() {
        this.#life++;
        this.#edges.clear();
    }
    /** The electrical level: true = high. */
    level(pin) {
        return this.#stuck.get(pin) ?? this.#levels.get(pin) ?? false;
    }
    /** The world moves an input. */
    drive(pin, high) {
        this.#move(pin, high);
    }
    /** Tells every change of a level, whoever made it. */
    onChange(listener) {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }
    /** A pin that keeps this level whatever is asked (a burnt driver); null = it follows again. */
    stick(pin, high) {
        this.#change(pin, () => (high === null ? this.#stuck.delete(pin) : this.#stuck.set(pin, high)));
    }
    setFault(pin, fault) {
        if (fault === null)
            this.#faults.delete(pin);
        else
            this.#faults.set(pin, fault);
    }
    #move(pin, high) {
        this.#change(pin, () => this.#levels.set(pin, high));
    }
    #change(pin, act) {
        const before = this.level(pin);
        act();
        const high = this.level(pin);
        if (high === before)
            return;
        for (const listener of this.#listeners)
            listener(pin, high, this.clock.mono());
        this.clock.after(edgeMs, () => {
            if (this.losesEdges)
                return;
            for (const moved of this.#edges.get(pin) ?? [])
                moved();
        });
    }
    #assertThere(pin) {
        if (this.#faults.get(pin) === 'missing')
            throw new DriverError('PIN-002', `GPIO${pin}`, 'no such pin');
    }
    #assertUsable(pin, life) {
        if (life !== this.#life)
            throw new DriverError('PIN-003', `GPIO${pin}`, 'the board was closed');
        if (this.#faults.has(pin))
            throw new DriverError('PIN-003', `GPIO${pin}`, 'simulated fault');
    }
}
