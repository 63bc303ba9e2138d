/** Notices that something was not heard for so long. Tells it once, and again only after it was heard. */
export class SilenceWatch {
    silenceMs;
    clock;
    onSilent;
    #lastMono = 0;
    #wake = null;
    #isSilent = false;
    constructor(silenceMs, clock, onSilent) {
        this.silenceMs = silenceMs;
        this.clock = clock;
        this.onSilent = onSilent;
    }
    get isSilent() {
        return this.#isSilent;
    }
    /** From now on it is expected to be heard. */
    begin() {
        this.#lastMono = this.clock.mono();
        this.#arm();
    }
    /** True when it was silent, so that its return can be told. */
    heard(atMono) {
        const wasSilent = this.#isSilent;
        this.#isSilent = false;
        this.#lastMono = Math.max(this.#lastMono, atMono);
        this.#arm();
        return wasSilent;
    }
    /** Nobody can be heard now; whether it was silent stays known. */
    end() {
        this.#wake?.();
        this.#wake = null;
    }
    /** One timer for many frames: when it rings too early it is set again. */
    #arm() {
        if (this.#wake !== null || this.#isSilent)
            return;
        this.#wake = this.clock.after(this.#lastMono + this.silenceMs - this.clock.mono(), () => {
            this.#wake = null;
            if (this.clock.mono() - this.#lastMono < this.silenceMs) {
                this.#arm();
                return;
            }
            this.#isSilent = true;
            this.onSilent();
        });
    }
}
