import { isOfContent } from './speaker-faults.js';
export class Rendition {
    options;
    /** Who still speaks or warms up. */
    #speaking = new Set();
    #failed = new Map();
    #timers = [];
    #endMono = 0;
    #spoken = 0;
    #wasCut = false;
    #isOver = false;
    #speakers = new Set();
    constructor(options) {
        this.options = options;
    }
    /** Where it is being said. A loudspeaker that is through first is not given to others before all are. */
    get speakers() {
        return this.#speakers;
    }
    get outcome() {
        return { spoken: this.#spoken, failed: this.#failed, wasCut: this.#wasCut };
    }
    start() {
        const { clock, parts, maxMs } = this.options;
        this.#endMono = clock.mono() + maxMs;
        let warmUpMs = 0;
        for (const loudspeaker of parts.keys()) {
            this.#speaking.add(loudspeaker);
            this.#speakers.add(loudspeaker.config.id);
            warmUpMs = Math.max(warmUpMs, loudspeaker.take());
        }
        this.#timers.push(clock.exactly(this.#endMono, () => this.#end()));
        if (warmUpMs === 0)
            this.#begin();
        else
            this.#timers.push(clock.after(warmUpMs, () => this.#begin()));
    }
    /** It goes on without these. */
    keepOnly(speakers) {
        for (const id of this.#speakers)
            if (!speakers.has(id))
                this.#speakers.delete(id);
        for (const loudspeaker of this.#speaking)
            if (!speakers.has(loudspeaker.config.id))
                this.#drop(loudspeaker);
        if (this.#speaking.size === 0)
            this.#timers.push(this.options.clock.after(0, () => this.#end()));
    }
    /** Silent at once, without `onOver`. */
    cut() {
        this.#isOver = true;
        for (const cancel of this.#timers)
            cancel();
        for (const loudspeaker of this.#speaking)
            this.#drop(loudspeaker);
    }
    #begin() {
        if (this.#speaking.size === 0)
            return;
        this.options.onBegun();
        if (this.options.isMicrophone)
            return;
        for (const loudspeaker of [...this.#speaking])
            void this.#speak(loudspeaker);
    }
    async #speak(loudspeaker) {
        const { clock, parts, times } = this.options;
        const { sayings = [], volume = 0 } = parts.get(loudspeaker) ?? {};
        for (let round = 1; round <= times; round++) {
            const roundMono = clock.mono();
            const isWhole = await this.#sayAll(loudspeaker, sayings, volume);
            if (!this.#speaking.has(loudspeaker))
                return;
            if (!isWhole)
                break;
            this.#spoken = Math.max(this.#spoken, round);
            // A message that is cut off in the middle is worth less than the siren.
            if (clock.mono() - roundMono > (this.#endMono - roundMono) / 2)
                break;
        }
        this.#speaking.delete(loudspeaker);
        loudspeaker.release();
        if (this.#speaking.size === 0)
            this.#end();
    }
    /** False: not all of it could be said, or it has no loudspeaker any longer. */
    async #sayAll(loudspeaker, sayings, volume) {
        const { id } = loudspeaker.config;
        // A player of tracks leaves out what stands beside its track as a text; if nothing is left, that is its fault.
        const own = sayings.filter((saying) => loudspeaker.canPlay(saying));
        let isWhole = sayings.length > 0;
        for (const saying of own.length > 0 ? own : sayings) {
            const error = await loudspeaker.play(saying, volume);
            if (!this.#speaking.has(loudspeaker))
                return false;
            if (error === null)
                continue;
            isWhole = false;
            if (!this.#failed.has(id))
                this.#failed.set(id, error.code);
            // The next one may be on the card; and a chip that says nothing back may have been heard.
            if (!isOfContent(error.code) && error.code !== 'VOICE-003')
                return false;
        }
        return isWhole;
    }
    #drop(loudspeaker) {
        this.#wasCut = true;
        this.#speaking.delete(loudspeaker);
        loudspeaker.release();
    }
    #end() {
        if (this.#isOver)
            return;
        const { isMicrophone, onOver } = this.options;
        this.cut();
        onOver(isMicrophone ? { ...this.outcome, spoken: 1 } : this.outcome);
    }
}
