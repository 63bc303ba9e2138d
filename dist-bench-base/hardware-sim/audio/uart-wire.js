import { openLinkOn } from '../wire-link.js';
const bitsPerChar = 10;
export class UartWire {
    path;
    charMs;
    /** The seam of drivers/driver.ts. One link at a time. */
    open;
    /** Everything that the master sent, with the time of its first bit. */
    sent = [];
    #clock;
    #masterListeners = new Set();
    #plugListeners = new Set();
    #device = null;
    #isPlugged = true;
    #isCut = false;
    #masterFreeMono = 0;
    #deviceFreeMono = 0;
    constructor(options) {
        this.#clock = options.clock;
        this.path = options.path ?? 'simulated UART';
        this.charMs = (bitsPerChar * 1000) / (options.baud ?? 9600);
        this.open = openLinkOn(this);
    }
    get isPlugged() {
        return this.#isPlugged;
    }
    attach(device) {
        this.#device = device;
        device.start((bytes) => this.#deviceWrite(bytes), this.#clock);
    }
    /** Nothing passes, in either direction, and nobody is told. */
    setCut(isCut) {
        this.#isCut = isCut;
    }
    /** Pulls the adapter, or puts it back: every open link goes down. */
    setPlugged(isPlugged) {
        this.#isPlugged = isPlugged;
        for (const listener of [...this.#plugListeners])
            listener(isPlugged);
    }
    onPlug(listener) {
        this.#plugListeners.add(listener);
        return () => this.#plugListeners.delete(listener);
    }
    onMasterBytes(listener) {
        this.#masterListeners.add(listener);
        return () => this.#masterListeners.delete(listener);
    }
    masterWrite(bytes) {
        const fromMono = Math.max(this.#clock.mono(), this.#masterFreeMono);
        this.#masterFreeMono = fromMono + bytes.length * this.charMs;
        const copy = bytes.slice();
        this.sent.push({ bytes: copy, atMono: fromMono });
        this.#clock.exactly(this.#masterFreeMono, () => {
            if (!this.#isCut && this.#isPlugged)
                this.#device?.hear(copy);
        });
    }
    /** Bytes that no device has said, on their way to the master. */
    noise(bytes) {
        this.#deviceWrite(bytes);
    }
    #deviceWrite(bytes) {
        const fromMono = Math.max(this.#clock.mono(), this.#deviceFreeMono);
        this.#deviceFreeMono = fromMono + bytes.length * this.charMs;
        const copy = bytes.slice();
        this.#clock.exactly(this.#deviceFreeMono, () => {
            if (this.#isCut || !this.#isPlugged)
                return;
            for (const listener of [...this.#masterListeners])
                listener(copy, this.#clock.mono());
        });
    }
}
