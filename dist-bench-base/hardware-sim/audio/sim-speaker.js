import { DriverError } from '../../drivers/driver-error.js';
import { Mouth } from './mouth.js';
const perCharMs = 222;
const otherMs = 10_000;
export class SimSpeaker {
    options;
    plays;
    /** Every play fails so, and check too; null: it is well. */
    fault = null;
    #mouth;
    #where;
    #listeners = new Set();
    #reject = null;
    #isClosed = false;
    constructor(options) {
        this.options = options;
        this.plays = options.plays;
        this.#where = options.where ?? 'simulated speaker';
        this.#mouth = new Mouth(options.clock);
    }
    /** Everything that was heard, in order. */
    get heard() {
        return this.#mouth.heard;
    }
    /** What sounds now; null: nothing. */
    get now() {
        return this.#mouth.now;
    }
    /** Told when something begins to sound. */
    onHeard(listener) {
        this.#listeners.add(listener);
    }
    start() { }
    async play(what, volume) {
        if (!(volume >= 0 && volume <= 100))
            throw new RangeError(`no volume: ${volume} %`);
        if (what.kind !== this.plays)
            throw this.#error('VOICE-008');
        this.#cut();
        if (this.#isClosed)
            throw this.#error('LINK-005');
        if (this.fault !== null)
            throw this.#error(this.fault);
        await new Promise((resolve, reject) => {
            this.#reject = reject;
            this.#mouth.begin(wordsOf(what), volume, (this.options.lengthMs ?? usualMs)(what), resolve);
            const { now } = this;
            for (const listener of this.#listeners)
                if (now !== null)
                    listener(now);
        });
    }
    async stop() {
        this.#cut();
        await this.check();
    }
    async check() {
        if (this.fault !== null)
            throw this.#error(this.fault);
    }
    async close() {
        this.#isClosed = true;
        this.#cut();
    }
    #cut() {
        this.#mouth.cut();
        this.#reject?.(this.#error('VOICE-001'));
        this.#reject = null;
    }
    #error(code) {
        return new DriverError(code, this.#where);
    }
}
function usualMs(what) {
    return what.kind === 'text' ? [...what.text].length * perCharMs : otherMs;
}
function wordsOf(what) {
    switch (what.kind) {
        case 'text':
            return what.text;
        case 'file':
            return `file ${what.path}`;
        case 'track':
            return `track ${what.track}`;
    }
}
