/** Between two chirps, so that they can be counted. */
const gapMs = 500;
/** Chirps that wait; of more than these nobody could say which detector they were for, and the words still say it. */
const chirpsMax = 5;
/** Words that come later than this are about a detector that the person has left. */
const wordsMaxMs = 20_000;
export class WalkTestKeeper {
    options;
    #sirens = new Map();
    #waiting = [];
    /** Announcements that may still be heard, by zone. */
    #said = new Map();
    #sounding = null;
    #next = null;
    constructor(options) {
        this.options = options;
        for (const { id, kind, zone } of options.outputs) {
            if (kind !== 'siren' || zone === null)
                continue;
            this.#sirens.set(zone, (this.#sirens.get(zone) ?? new Set()).add(id));
        }
    }
    /** Every entry as it is stamped; those of no walk test change nothing. */
    see(entries) {
        for (const entry of entries) {
            const { kind, zone } = entry;
            if (zone === null)
                continue;
            if (kind === 'walk_test.seen') {
                this.#say(zone, entry);
                this.#enqueue({ zone, origin: entry.origin ?? '' });
            }
            else if (kind === 'walk_test.ended')
                this.#end(zone, entry.detail['reason'] === 'fire');
        }
    }
    stop() {
        this.#waiting.length = 0;
        this.#rest();
    }
    #say(zone, { subject, words, origin }) {
        const { config, clock, outlets } = this.options;
        if (config.speakers.length === 0)
            return;
        const id = `walk-test/${subject}`;
        this.#said.set(zone, (this.#said.get(zone) ?? new Set()).add(id));
        const saying = { message: null, text: words.zh, file: null, track: null };
        outlets.announce({
            ...{ id, rank: 'drill', occasion: 'walk-test', times: 1, volume: null, origin, alarm: null, zone, words },
            sayings: new Map(config.speakers.map((speaker) => [speaker, [saying]])),
            untilMono: clock.mono() + wordsMaxMs,
        });
    }
    #enqueue(chirp) {
        if (!this.#sirens.has(chirp.zone) || this.#waiting.length >= chirpsMax)
            return;
        this.#waiting.push(chirp);
        if (this.#next === null)
            this.#chirp();
    }
    #chirp() {
        const chirp = this.#waiting.shift();
        this.#next = null;
        const sound = chirp === undefined ? undefined : this.#sirens.get(chirp.zone);
        if (chirp === undefined || sound === undefined)
            return;
        const { clock, config, outlets } = this.options;
        this.#sounding = chirp;
        this.#next = clock.after(config.chirpMs, () => {
            this.#rest();
            this.#next = clock.after(gapMs, () => this.#chirp());
        });
        outlets.sound({ kind: 'walk-test', sound, cadence: null, sayings: new Map(), origin: chirp.origin });
    }
    #rest() {
        this.#next?.();
        this.#next = null;
        if (this.#sounding === null)
            return;
        this.#sounding = null;
        this.options.outlets.sound(null);
    }
    /** The last detector is still told of, unless there is a fire: then nobody shall hear that it works. */
    #end(zone, isFire) {
        if (isFire) {
            for (const id of this.#said.get(zone) ?? [])
                this.options.outlets.withdraw(id);
            this.#waiting.splice(0, this.#waiting.length, ...this.#waiting.filter((chirp) => chirp.zone !== zone));
            if (this.#sounding?.zone === zone) {
                this.#rest();
                this.#chirp();
            }
        }
        this.#said.delete(zone);
    }
}
