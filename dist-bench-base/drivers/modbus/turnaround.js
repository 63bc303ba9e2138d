/**
 * How long a unit takes to answer, learned, and how long it is therefore waited for. The time-out is four times the slowest
 * recent answer and a little more, between a floor and what line and profile allow; after a time-out the full wait counts
 * again until the unit has shown its pace anew.
 */
const factor = 4;
const extraMs = 15;
const floorMs = 30;
/** Before so many answers the full wait counts. */
const enoughAnswers = 8;
/** The slowest answer is forgotten at this rate per answer: half of it in 70. */
const forget = 0.99;
export class Turnaround {
    #slowestMs = 0;
    #answers = 0;
    /** `ms` from the request's last byte to the reply's first. */
    learn(ms) {
        this.#slowestMs = Math.max(ms, this.#slowestMs * forget);
        this.#answers++;
    }
    /** It did not answer in the time it usually takes. */
    missed() {
        this.#answers = 0;
    }
    /** How long to wait, at most `fullMs`. */
    timeoutMs(fullMs) {
        if (this.#answers < enoughAnswers)
            return fullMs;
        return Math.min(fullMs, Math.max(floorMs, factor * this.#slowestMs + extraMs));
    }
}
