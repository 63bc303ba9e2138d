import { Mouth } from './mouth.js';
/** Time from the last bit of an order to the first of its answer. */
const answerAfterMs = 2;
/** What all simulated voice chips share: a supply, a loudspeaker, and manners. On a `UartWire`, or as a talker of a `ByteWire`. */
export class SimChip {
    manners = { isMute: false, lateMs: 0, times: 1, garble: 0, refusals: 0, isDead: false };
    /** Orders that were lost: broken, in pieces, or too soon after another. */
    spoilt = 0;
    /** From power to the first word, ms. */
    bootMs = 800;
    #mouth = null;
    #say = null;
    #clock = null;
    #isOn = true;
    /** Grows with each power-up, so that a start that was interrupted does not go on. */
    #life = 0;
    /** Everything it was heard to say, in order. */
    get heard() {
        return this.#mouth?.heard ?? [];
    }
    /** What it says now; null when it is silent. */
    get now() {
        return this.#mouth?.now ?? null;
    }
    start(say, clock) {
        this.#say = say;
        this.#clock = clock;
        this.#mouth = new Mouth(clock);
    }
    hear(bytes) {
        if (this.#isOn && !this.manners.isDead)
            this.obey(bytes);
    }
    /** Its supply. Off: silent at once. On again: it starts, forgets its settings, and tells so when it is ready. */
    setPower(on) {
        const life = ++this.#life;
        this.#isOn = false;
        this.#mouth?.cut();
        this.forget();
        if (!on)
            return;
        this.#clock?.after(this.bootMs, () => {
            if (life !== this.#life)
                return;
            this.#isOn = true;
            this.answer(this.greeting());
        });
    }
    /** A dip of its supply: off and on again. */
    restart() {
        this.setPower(true);
    }
    get clock() {
        if (this.#clock === null)
            throw new Error('a chip must be attached first');
        return this.#clock;
    }
    /** True when this order is to be refused. */
    refusesNow() {
        if (this.manners.refusals <= 0)
            return false;
        this.manners.refusals--;
        return true;
    }
    sound(what, volume, lengthMs, ended) {
        this.#mouth?.begin(what, volume, lengthMs, ended);
    }
    hush() {
        this.#mouth?.cut();
    }
    answer(bytes) {
        const { isMute, isDead, lateMs, times, garble } = this.manners;
        if (isMute || isDead || !this.#isOn || bytes.length === 0)
            return;
        this.clock.after(answerAfterMs + lateMs, () => {
            for (let i = 0; i < times; i++)
                this.#say?.(bytes.map((byte) => byte ^ garble));
        });
    }
}
