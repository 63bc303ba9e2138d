import { DriverError } from '../driver-error.js';
import { ChipLink } from './chip-link.js';
import { ChipSpeaker } from './chip-speaker.js';
import { carryOut } from './chip-turn.js';
/** Sooner no track is over: what is said about an end before belongs to an earlier one. */
const soonestMs = 1000;
/** Plays tracks of a player's own card (DFPlayer Mini, DY-SV17F and its family). */
export class TrackSpeaker extends ChipSpeaker {
    plays = 'track';
    #codec;
    #trackMaxMs;
    /** `trackMaxMs`: no track is longer; then it is stopped. A player that says nothing back is given so long for each. */
    constructor(options) {
        super(new ChipLink(options.codec, options));
        this.#codec = options.codec;
        this.#trackMaxMs = options.trackMaxMs;
    }
    whyNever(what) {
        if (what.kind !== 'track')
            return new DriverError('VOICE-008', this.chip.where, what.kind);
        const { track } = what;
        const isThere = Number.isInteger(track) && track >= 1 && track <= this.#codec.trackMax;
        return isThere ? null : new DriverError('VOICE-008', this.chip.where, `track ${track}`);
    }
    async perform(what, volume, signal) {
        if (what.kind !== 'track')
            return;
        await carryOut(this.chip, {
            prepare: async () => {
                for (const order of this.#codec.prepare(volume))
                    await this.chip.tell(order, signal);
            },
            bytes: this.#codec.play(what.track),
            about: `track ${what.track}`,
            soonestMs,
            askAfterMs: this.#codec.askEveryMs,
            askEveryMs: this.#codec.askEveryMs,
            limitMs: this.#trackMaxMs,
            blindMs: this.#trackMaxMs,
        }, signal);
    }
}
