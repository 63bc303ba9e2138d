/** Power and pace of a talker: `beat` is called again and again while there is power. */
export class Voice {
    pausesMs;
    beat;
    #say = null;
    #clock = null;
    #isPowered = true;
    #wake = null;
    #turn = 0;
    /** `pausesMs`: the pauses between beats, over and over; empty = it never speaks by itself. */
    constructor(pausesMs, beat) {
        this.pausesMs = pausesMs;
        this.beat = beat;
    }
    get isOn() {
        return this.#isPowered && this.#say !== null;
    }
    start(say, clock) {
        this.#say = say;
        this.#clock = clock;
        this.#wait();
    }
    /** Nothing is said without power. */
    speak(bytes) {
        if (this.#isPowered)
            this.#say?.(bytes);
    }
    /** Says something a moment later, if there is still power. */
    speakAfter(delayMs, bytes) {
        this.#clock?.after(delayMs, () => this.speak(bytes()));
    }
    /** True when the power came back. */
    setPower(on) {
        const isBack = on && !this.#isPowered;
        this.#isPowered = on;
        if (!on)
            this.#hush();
        else if (isBack)
            this.#wait();
        return isBack;
    }
    stop() {
        this.#say = null;
        this.#hush();
    }
    #hush() {
        this.#wake?.();
        this.#wake = null;
    }
    #wait() {
        const pauseMs = this.pausesMs[this.#turn++ % Math.max(1, this.pausesMs.length)];
        if (pauseMs === undefined || !this.isOn || this.#clock === null)
            return;
        this.#hush();
        this.#wake = this.#clock.after(pauseMs, () => {
            this.#wake = null;
            this.beat();
            this.#wait();
        });
    }
}
