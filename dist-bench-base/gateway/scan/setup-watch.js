/** A setting that is wrong, or could not be read, is looked at again after this: a person may have corrected it. */
const againMs = 60_000;
/** Looks at the settings that must stand in a unit: when it first answers, and whenever it came back. Writes nothing. */
export class SetupWatch {
    device;
    clock;
    isAlways;
    onOutcome;
    #round = 0;
    #wake = null;
    /** `isAlways`: also while all is well, for a unit that nobody else asks. */
    constructor(device, clock, isAlways, onOutcome) {
        this.device = device;
        this.clock = clock;
        this.isAlways = isAlways;
        this.onOutcome = onOutcome;
    }
    begin() {
        this.end();
        void this.#look(this.#round);
    }
    /** The unit is gone: what it says about itself will be asked anew. */
    end() {
        this.#round++;
        this.#wake?.();
        this.#wake = null;
    }
    async #look(round) {
        const outcome = await this.device.checkSetup?.();
        if (outcome === undefined || round !== this.#round)
            return;
        this.onOutcome(outcome);
        if (round !== this.#round || (outcome.kind === 'sound' && !this.isAlways))
            return;
        this.#wake = this.clock.after(againMs, () => void this.#look(round));
    }
}
