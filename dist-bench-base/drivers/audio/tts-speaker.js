import { quoteOutside } from '../../config/problem.js';
import { DriverError } from '../driver-error.js';
import { ChipLink } from './chip-link.js';
import { ChipSpeaker } from './chip-speaker.js';
import { answerTo, carryOut } from './chip-turn.js';
import { encodeGbk, prepareGbk } from './gbk.js';
import { pauseUnless } from './signal-wait.js';
import { piecesOf, speakingMs, spokenText, unspeakableIn } from './spoken-text.js';
/** What an estimate of the speaking time is worth: chips and their speeds differ. */
const soonestPart = 0.4;
const limitPart = 2;
const limitMoreMs = 2000;
const blindPart = 1.2;
const askEveryMs = 1000;
/** An order that only sets the volume is over so soon. */
const volumeMaxMs = 200;
const volumeTriesMax = 2;
const volumePauseMs = 100;
/** Speaks text through a chip (SYN6288, XFS5152CE). */
export class TtsSpeaker extends ChipSpeaker {
    plays = 'text';
    #codec;
    /** What the chip was last set to, and in which of its lives. */
    #set = null;
    constructor(options) {
        super(new ChipLink(options.codec, options));
        this.#codec = options.codec;
    }
    start() {
        prepareGbk();
        super.start();
    }
    whyNever(what) {
        if (what.kind !== 'text')
            return new DriverError('VOICE-008', this.chip.where, what.kind);
        const strange = unspeakableIn(what.text);
        if (strange.length > 0)
            return new DriverError('VOICE-005', this.chip.where, quoteOutside(strange.join(' ')));
        return what.text.trim() === '' ? new DriverError('VOICE-005', this.chip.where, 'no text') : null;
    }
    async perform(what, volume, signal) {
        if (what.kind !== 'text')
            return;
        let noAnswer = null;
        for (const piece of piecesOf(spokenText(what.text), this.#codec.textMaxBytes)) {
            try {
                await carryOut(this.chip, this.#order(piece, volume), signal);
            }
            catch (error) {
                // Perhaps only its way back is broken: the village hears the rest.
                if (!(error instanceof DriverError && error.code === 'VOICE-003'))
                    throw error;
                noAnswer ??= error;
            }
        }
        if (noAnswer !== null)
            throw noAnswer;
    }
    #order(piece, volume) {
        const ms = speakingMs(piece);
        return {
            prepare: (signal) => this.#setVolume(volume, signal),
            bytes: this.#codec.speak(encodeGbk(piece)),
            about: quoteOutside(piece),
            soonestMs: ms * soonestPart,
            askAfterMs: ms,
            askEveryMs,
            limitMs: ms * limitPart + limitMoreMs,
            blindMs: ms * blindPart,
        };
    }
    /** A chip that does not take it speaks nevertheless, as loud as it was. */
    async #setVolume(volume, signal) {
        const { chip } = this;
        if (this.#set?.volume === volume && this.#set.starts === chip.starts)
            return;
        this.#set = null;
        if (chip.isMute) {
            await chip.tell(this.#codec.volume(volume), signal);
            return pauseUnless(chip.clock, volumeMaxMs, signal);
        }
        for (let attempt = 1; attempt <= volumeTriesMax; attempt++) {
            await chip.tell(this.#codec.volume(volume), signal);
            const answer = await answerTo(chip, signal);
            // It is tried again before the next try to speak.
            if (answer === 'silent')
                return;
            if (answer === 'taken')
                return this.#volumeTaken(volume, signal);
            await pauseUnless(chip.clock, volumePauseMs, signal);
        }
    }
    /** It says that it is over, as of every text; what follows too soon would be cut off. */
    async #volumeTaken(volume, signal) {
        const { starts } = this.chip;
        const untilMono = this.chip.clock.mono() + volumeMaxMs;
        let reply = await this.chip.next(untilMono, signal);
        while (reply !== null && reply.kind !== 'quiet')
            reply = await this.chip.next(untilMono, signal);
        this.#set = { volume, starts };
    }
}
