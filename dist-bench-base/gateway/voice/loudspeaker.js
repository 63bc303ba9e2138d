import { DriverError } from '../../drivers/driver-error.js';
import { noSpeakerFaults, standingFault, stepSpeakerFaults, } from './speaker-faults.js';
/** The amplifier stays on so long behind the last word: chips say that they are over a little before they are. */
const tailMs = 500;
/** A player that plays although it did not answer is asked again so soon. */
const askAgainMs = 1000;
export class Loudspeaker {
    config;
    speaker;
    clock;
    events;
    #isHeld = false;
    #isTaken = false;
    #isStopped = false;
    /** Since when its amplifier has been wanted; null: it is not. */
    #keyedMono = null;
    #tail = null;
    #askAgain = null;
    /** Counts the plays: what an older one comes to is history. */
    #plays = 0;
    #isPlaying = false;
    #isChecking = false;
    #faults = noSpeakerFaults;
    /** Undefined: nothing was told yet, and a fault of an earlier start may stand. */
    #toldCode = undefined;
    constructor(config, speaker, clock, events) {
        this.config = config;
        this.speaker = speaker;
        this.clock = clock;
        this.events = events;
    }
    /** Its amplifier must be on. */
    get isKeyed() {
        return this.#keyedMono !== null;
    }
    get fault() {
        return standingFault(this.#faults);
    }
    start() {
        this.speaker.start();
    }
    /** An alarm keeps its amplifier on between its turns, so that no turn loses its first words. */
    hold(isHeld) {
        if (isHeld === this.#isHeld)
            return;
        this.#isHeld = isHeld;
        this.#rekey();
    }
    /** Somebody will speak here: the amplifier goes on. Returns how long it warms up from now, ms. */
    take() {
        if (this.#isTaken)
            throw new Error(`${this.config.id} is taken`);
        this.#isTaken = true;
        this.#rekey();
        if (this.config.amplifier === null)
            return 0;
        return Math.max(0, (this.#keyedMono ?? 0) + this.config.warmUpMs - this.clock.mono());
    }
    /** Nobody speaks here any longer; what plays is cut off. */
    release() {
        this.#isTaken = false;
        if (this.#isPlaying)
            this.#cut();
        this.#rekey();
    }
    /** Is there something in it for this player? */
    canPlay(saying) {
        return this.#utterance(saying) !== null;
    }
    /** Resolves with null when it was said to its end, else with what went wrong; VOICE-001: it was cut off. */
    async play(saying, volume) {
        const own = ++this.#plays;
        this.#isPlaying = true;
        const error = await this.#play(saying, volume);
        const content = saying.message;
        if (own === this.#plays) {
            this.#isPlaying = false;
            this.#note(error === null ? { kind: 'played', content } : { kind: 'play-failed', content, error });
            if (error === null && this.#faults.answer !== null)
                this.#checkSoon();
        }
        return error;
    }
    /** Asks whether it is there; not while it speaks. */
    check() {
        if (this.#isTaken || this.#isChecking || this.#isStopped)
            return;
        const own = this.#plays;
        this.#isChecking = true;
        void errorOf(this.speaker.check()).then((error) => {
            this.#isChecking = false;
            // A check that a play took the place of has seen nothing.
            if (own !== this.#plays)
                return;
            this.#note(error === null ? { kind: 'answered' } : { kind: 'check-failed', error });
        });
    }
    /** The listener has forgotten what it was told. */
    retell() {
        if (this.#toldCode !== undefined)
            this.events.onFault(this.fault);
    }
    /** Silent, its amplifier off; nothing is said afterwards. */
    async stop() {
        this.#isStopped = true;
        this.#plays++;
        this.#isTaken = false;
        this.#isHeld = false;
        this.#askAgain?.();
        const wasPlaying = this.#isPlaying;
        this.#isPlaying = false;
        this.#unkey();
        if (wasPlaying)
            await errorOf(this.speaker.stop());
        await errorOf(this.speaker.close());
    }
    async #play(saying, volume) {
        const what = this.#utterance(saying);
        if (what === null)
            return new DriverError('VOICE-008', this.config.id, saying.message);
        return errorOf(this.speaker.play(what, volume));
    }
    #utterance({ text, file, track }) {
        if (this.config.player.kind === 'line')
            return null;
        switch (this.speaker.plays) {
            case 'text':
                return text === null ? null : { kind: 'text', text };
            case 'file':
                return file === null ? null : { kind: 'file', path: file };
            case 'track':
                return track === null ? null : { kind: 'track', track };
        }
    }
    #cut() {
        const own = ++this.#plays;
        this.#isPlaying = false;
        void errorOf(this.speaker.stop()).then((error) => {
            if (own === this.#plays && error !== null)
                this.#note({ kind: 'play-failed', content: null, error });
        });
    }
    #checkSoon() {
        this.#askAgain?.();
        this.#askAgain = this.clock.after(askAgainMs, () => this.check());
    }
    #note(input) {
        if (this.#isStopped)
            return;
        this.#faults = stepSpeakerFaults(this.#faults, input);
        const { fault } = this;
        const code = fault?.code ?? null;
        if (code === this.#toldCode)
            return;
        this.#toldCode = code;
        this.events.onFault(fault);
    }
    #rekey() {
        this.#tail?.();
        this.#tail = null;
        if (this.#isHeld || this.#isTaken) {
            if (this.#keyedMono !== null)
                return;
            this.#keyedMono = this.clock.mono();
            this.events.onKeyed();
        }
        else if (this.#keyedMono !== null)
            this.#tail = this.clock.after(tailMs, () => this.#unkey());
    }
    #unkey() {
        this.#tail?.();
        this.#tail = null;
        if (this.#keyedMono === null)
            return;
        this.#keyedMono = null;
        this.events.onKeyed();
    }
}
/** What a promise of a driver was rejected with; our own bugs are not caught. */
async function errorOf(work) {
    try {
        await work;
        return null;
    }
    catch (error) {
        if (error instanceof DriverError)
            return error;
        throw error;
    }
}
