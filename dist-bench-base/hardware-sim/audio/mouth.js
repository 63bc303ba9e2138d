/** The loudspeaker's end of a device: one sound at a time, and a record of all. */
export class Mouth {
    clock;
    heard = [];
    #end = null;
    constructor(clock) {
        this.clock = clock;
    }
    /** What is sounding now; null when it is silent. */
    get now() {
        const last = this.heard.at(-1);
        return last?.how === 'sounding' ? last : null;
    }
    /** Begins at once and cuts off what sounds. `ended`: it was played to the end. */
    begin(what, volume, lengthMs, ended) {
        this.cut();
        const heard = { what, volume, beganMono: this.clock.mono(), endedMono: null, how: 'sounding' };
        this.heard.push(heard);
        this.#end = this.clock.after(lengthMs, () => {
            this.#finish(heard, 'to the end');
            ended();
        });
    }
    cut() {
        const { now } = this;
        if (now !== null)
            this.#finish(now, 'cut off');
    }
    #finish(heard, how) {
        this.#end?.();
        this.#end = null;
        heard.endedMono = this.clock.mono();
        heard.how = how;
    }
}
/** What a village heard, in one line each: `火警 100% to the end`. */
export function heardWords(heard) {
    return heard.map(({ what, volume, how }) => `${what} ${volume}% ${how}`);
}
