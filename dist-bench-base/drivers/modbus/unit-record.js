/** What a line remembers about one unit: its pace, its failures in a row, and counts of the last five minutes. */
import { Turnaround } from './turnaround.js';
const windowMs = 300_000;
const stretches = 10;
const stretchMs = windowMs / stretches;
const latencies = 64;
export class UnitRecord {
    turnaround = new Turnaround();
    #timeoutsInRow = 0;
    #lastTimeoutMono = Number.NEGATIVE_INFINITY;
    #cleanAnswers = 0;
    #underWay = 0;
    #lastEndMono = Number.NEGATIVE_INFINITY;
    #isAfterWrite = false;
    #ring = [];
    #latencies = new Float64Array(latencies);
    #latencyCount = 0;
    /** Requests in a row that it did not answer. */
    get timeoutsInRow() {
        return this.#timeoutsInRow;
    }
    get lastTimeoutMono() {
        return this.#lastTimeoutMono;
    }
    /** Answers in a row without a late or a second one. */
    get cleanAnswers() {
        return this.#cleanAnswers;
    }
    /** From when it may be asked again: who wants a pause between two requests wants no two at once. */
    readyMono({ interRequestMs, afterWriteMs }) {
        const pauseMs = this.#isAfterWrite ? afterWriteMs : interRequestMs;
        return pauseMs > 0 && this.#underWay > 0 ? Number.POSITIVE_INFINITY : this.#lastEndMono + pauseMs;
    }
    began(nowMono) {
        this.#count('requests', nowMono);
        this.#underWay++;
    }
    ended(kind, nowMono) {
        this.#underWay--;
        this.#lastEndMono = nowMono;
        this.#isAfterWrite = kind === 'write';
    }
    /** `turnaroundMs`: from the request's last byte to the answer's first; of a write it teaches nothing about reads. */
    answered(kind, turnaroundMs, nowMono) {
        this.#count('answers', nowMono);
        this.#timeoutsInRow = 0;
        this.#cleanAnswers++;
        const ms = Math.max(0, turnaroundMs);
        if (kind === 'read')
            this.turnaround.learn(ms);
        this.#latencies[this.#latencyCount++ % latencies] = ms;
    }
    /** `garbled`: it lives, so it is not taken for dead. */
    missed(how, isGarbled, nowMono) {
        this.#count(isGarbled ? 'crcErrors' : 'timeouts', nowMono);
        this.#lastTimeoutMono = nowMono;
        this.#cleanAnswers = 0;
        this.turnaround.missed();
        if (how === 'time-out')
            this.#timeoutsInRow++;
    }
    /** What it missed was missed by all: it is asked like a sound unit again. */
    forgive() {
        this.#timeoutsInRow = 0;
    }
    /** An answer that was not waited for. */
    sawExtra(kind, nowMono) {
        this.#cleanAnswers = 0;
        this.#count(kind === 'late' ? 'lateAnswers' : 'doubles', nowMono);
    }
    #count(what, nowMono) {
        const at = Math.floor(nowMono / stretchMs);
        let open = this.#ring[at % stretches];
        if (open?.at !== at) {
            open = { at, requests: 0, answers: 0, timeouts: 0, crcErrors: 0, lateAnswers: 0, doubles: 0 };
            this.#ring[at % stretches] = open;
        }
        open[what]++;
    }
    stats(nowMono) {
        const oldest = Math.floor(nowMono / stretchMs) - stretches;
        const recent = this.#ring.filter((stretch) => stretch !== undefined && stretch.at > oldest);
        const sum = (what) => recent.reduce((total, stretch) => total + stretch[what], 0);
        return {
            requests: sum('requests'),
            answers: sum('answers'),
            timeouts: sum('timeouts'),
            crcErrors: sum('crcErrors'),
            lateAnswers: sum('lateAnswers'),
            doubles: sum('doubles'),
            latencyP95Ms: this.#p95(),
        };
    }
    #p95() {
        const count = Math.min(this.#latencyCount, latencies);
        if (count === 0)
            return null;
        const sorted = this.#latencies.slice(0, count).sort();
        return sorted[Math.ceil(0.95 * count) - 1] ?? null;
    }
}
