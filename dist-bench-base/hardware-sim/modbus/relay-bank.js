/**
 * The relays of a module, with the module's own timers. What the module believes (`isOn`, what it reads back) and
 * what the contact does (`contactIsClosed`, what sounds) are two things: a welded contact can not be read back.
 */
export class RelayBank {
    size;
    clock;
    #isOn;
    #welded;
    #told;
    #timers;
    #listeners = new Set();
    constructor(size, clock) {
        this.size = size;
        this.clock = clock;
        this.#isOn = new Array(size).fill(false);
        this.#welded = new Array(size).fill(null);
        this.#told = new Array(size).fill(false);
        this.#timers = new Array(size).fill(null);
    }
    isOn(index) {
        return this.#isOn[index] ?? false;
    }
    contactIsClosed(index) {
        return this.#welded[index] ?? this.isOn(index);
    }
    /** Sets a relay; a running timer of it ends. */
    set(index, on) {
        this.#timers[index]?.();
        this.#timers[index] = null;
        this.#isOn[index] = on;
        this.#tell(index);
    }
    setAll(on) {
        for (let index = 0; index < this.size; index++)
            this.set(index, on);
    }
    toggle(index) {
        this.set(index, !this.isOn(index));
    }
    /** `on` for `forMs`, then the opposite, by the module itself. */
    setFor(index, on, forMs) {
        this.set(index, on);
        this.#timers[index] = this.clock.after(forMs, () => this.set(index, !on));
    }
    /** A contact that no longer moves; null = it moves again. */
    weld(index, closed) {
        this.#welded[index] = closed;
        this.#tell(index);
    }
    /** Tells every movement of a contact. */
    onChange(listener) {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }
    #tell(index) {
        const closed = this.contactIsClosed(index);
        if (this.#told[index] === closed)
            return;
        this.#told[index] = closed;
        for (const listener of this.#listeners)
            listener(index, closed, this.clock.mono());
    }
}
