/** The same thing is told once in this time; a panel may say it every second. */
const tellEveryMs = 10 * 60_000;
const keysMax = 200;
/** On one line, whatever it is about: a line gone mad must not fill the journal. What is held back is counted in `times`. */
const tellMaxPerMinute = 20;
/** Tells each unknown thing at once when it is new, then at most every ten minutes with the number of times. */
export class UnknownCodes {
    line;
    clock;
    tell;
    #minuteMono = Number.NEGATIVE_INFINITY;
    #toldInMinute = 0;
    #seen = new Map();
    constructor(line, clock, tell) {
        this.line = line;
        this.clock = clock;
        this.tell = tell;
    }
    add(device, event) {
        const key = `${device} ${event.address} ${event.code} ${event.object}`;
        const nowMono = this.clock.mono();
        const seen = this.#seen.get(key) ?? { toldMono: Number.NEGATIVE_INFINITY, times: 0 };
        seen.times++;
        this.#seen.delete(key);
        this.#seen.set(key, seen);
        if (this.#seen.size > keysMax) {
            const [oldest] = this.#seen.keys();
            if (oldest !== undefined)
                this.#seen.delete(oldest);
        }
        if (nowMono - seen.toldMono < tellEveryMs || !this.#mayTell(nowMono))
            return;
        this.tell({ line: this.line, device, event, times: seen.times });
        seen.toldMono = nowMono;
        seen.times = 0;
    }
    #mayTell(nowMono) {
        if (nowMono - this.#minuteMono >= 60_000) {
            this.#minuteMono = nowMono;
            this.#toldInMinute = 0;
        }
        if (this.#toldInMinute >= tellMaxPerMinute)
            return false;
        this.#toldInMinute++;
        return true;
    }
}
