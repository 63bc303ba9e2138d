import { Lamp } from './lamp.js';
import { lampStates } from './lamp-states.js';
/** Half a second lit, half a second dark. */
const halfFlashMs = 500;
export class Lamps {
    options;
    #lamps;
    #shows;
    #state = null;
    #isScanned = false;
    #isLit = true;
    #wake = null;
    constructor(options) {
        this.options = options;
        const { makeHandle, clock, random, events } = options;
        const shown = options.outputs.flatMap((config) => config.shows === undefined ? [] : [{ config, shows: config.shows }]);
        this.#shows = shown.map(({ shows }) => shows);
        this.#lamps = shown.map(({ config }) => new Lamp({ ...{ config, clock, random, events }, makeHandle: makeHandle(config) }));
    }
    /** The alarms as they are now. Shown at once, once `start` was called. */
    take(state) {
        this.#state = state;
        if (this.#wake !== null)
            this.#show();
    }
    /** Everything was scanned once: from now on "normal" can be said. */
    explain() {
        this.#isScanned = true;
    }
    retell() {
        for (const lamp of this.#lamps)
            lamp.retell();
    }
    start() {
        if (this.#lamps.length === 0)
            return;
        this.#show();
        this.#wake = this.options.clock.after(halfFlashMs, () => {
            this.#isLit = !this.#isLit;
            this.start();
        });
    }
    async stop() {
        this.#wake?.();
        this.#wake = null;
        await Promise.allSettled(this.#lamps.map((lamp) => lamp.stop()));
    }
    #show() {
        const states = lampStates(this.#state?.subjects.values() ?? [], this.options.transmission(), this.#isScanned);
        for (const [i, lamp] of this.#lamps.entries()) {
            const shows = this.#shows[i];
            if (shows !== undefined)
                lamp.show(states[shows], this.#isLit);
        }
    }
}
