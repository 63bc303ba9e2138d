import { DriverError } from '../driver-error.js';
import { isThere, quieten } from './chip-turn.js';
import { PlaySlot } from './play-slot.js';
/** How often a chip is told to be quiet, until it says that it is. */
const stopTriesMax = 3;
/** What all loudspeakers on a voice chip share: one utterance at a time, and the chip told to be quiet whenever it may be sounding. */
export class ChipSpeaker {
    chip;
    #slot;
    /** In which of its lives the chip is known to be quiet; null: it may be sounding. */
    #quietIn = null;
    constructor(chip) {
        this.chip = chip;
        this.#slot = new PlaySlot(chip.where);
    }
    start() {
        this.chip.start();
    }
    async play(what, volume) {
        if (!(volume >= 0 && volume <= 100))
            throw new RangeError(`no volume: ${volume} %`);
        const never = this.whyNever(what);
        if (never !== null)
            throw never;
        return this.#slot.run((signal) => this.#orRenew(() => this.#play(what, volume, signal)));
    }
    stop() {
        return this.#slot.runUnlessCut((signal) => this.#orRenew(async () => {
            this.#quietIn = null;
            if (!(await quieten(this.chip, signal, stopTriesMax)))
                throw this.#noAnswer();
            this.#quietIn = this.chip.starts;
        }));
    }
    async check() {
        // Whoever plays is told by that.
        if (this.#slot.isTaken)
            return;
        await this.#slot.runUnlessCut((signal) => this.#orRenew(async () => {
            if (!(await isThere(this.chip, signal)))
                throw this.#noAnswer();
        }));
    }
    async close() {
        this.#slot.cut();
        await this.chip.close();
    }
    async #play(what, volume, signal) {
        const { chip } = this;
        if (this.#quietIn !== chip.starts) {
            // The first try leaves at once; what the old text still says about itself is not waited for where nothing answers.
            if (chip.isMute)
                await chip.tell(chip.codec.stop, signal);
            else
                await quieten(chip, signal, chip.codec.isProvenByState ? stopTriesMax : 1);
        }
        this.#quietIn = null;
        await this.perform(what, volume, signal);
        this.#quietIn = chip.starts;
    }
    async #orRenew(work) {
        try {
            await work();
        }
        catch (error) {
            if (error instanceof DriverError && error.code === 'VOICE-003')
                this.chip.renew();
            throw error;
        }
    }
    #noAnswer() {
        this.chip.markMute();
        return new DriverError('VOICE-003', this.chip.where);
    }
}
