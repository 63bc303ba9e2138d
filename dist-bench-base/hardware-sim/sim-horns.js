import { SimSpeaker } from './audio/sim-speaker.js';
export class SimHorns {
    speakers;
    clock;
    outputIsOn;
    /** Everything that was played, in order. */
    heard = [];
    /** The players of the gateway that runs now. */
    #players = new Map();
    #faults = new Map();
    #listeners = new Set();
    constructor(speakers, clock, outputIsOn) {
        this.speakers = speakers;
        this.clock = clock;
        this.outputIsOn = outputIsOn;
    }
    /** The player of a horn, for a gateway that starts. */
    open(config) {
        const { id, amplifier, player } = config;
        const made = new SimSpeaker({ clock: this.clock, plays: playsOf(player), where: id });
        made.fault = this.#faults.get(id) ?? null;
        made.onHeard(({ what, volume, beganMono }) => {
            const heard = { speaker: id, what, volume, beganMono, isLoud: amplifier === null || this.outputIsOn(amplifier) };
            this.heard.push(heard);
            for (const listener of this.#listeners)
                listener(heard);
        });
        this.#players.set(id, made);
        return made;
    }
    onHeard(listener) {
        this.#listeners.add(listener);
    }
    /** Throws RangeError for a horn that the site does not have. Null: it is well again. */
    fail(id, fault) {
        if (!this.speakers.some((speaker) => speaker.id === id))
            throw new RangeError(`the site has no speaker ${id}`);
        if (fault === null)
            this.#faults.delete(id);
        else
            this.#faults.set(id, fault);
        const player = this.#players.get(id);
        if (player !== undefined)
            player.fault = fault;
    }
    /** What can be heard of this horn now; null: nothing. */
    soundOf(id) {
        const now = this.#players.get(id)?.now ?? null;
        const amplifier = this.speakers.find((speaker) => speaker.id === id)?.amplifier ?? null;
        return now === null || (amplifier !== null && !this.outputIsOn(amplifier)) ? null : now.what;
    }
}
function playsOf(player) {
    switch (player.kind) {
        case 'aplay':
            return 'file';
        case 'line':
            return 'text';
        case 'chip':
            return player.chip === 'dfplayer' || player.chip === 'dy' ? 'track' : 'text';
    }
}
