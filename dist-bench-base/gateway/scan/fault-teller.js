import { quietFlap, stepFlap } from './flap-filter.js';
/** Tells faults of units and lines: changes at once, flapping ones once in five minutes. May be told the same for ever. */
export class FaultTeller {
    clock;
    onFault;
    #told = new Map();
    constructor(clock, onFault) {
        this.clock = clock;
        this.onFault = onFault;
    }
    /** `detail` is asked for only when something is told. */
    tell(subject, isActive, detail) {
        let told = this.#told.get(subject.key);
        if (told === undefined) {
            told = { subject, flap: quietFlap, detail: {}, wake: null };
            this.#told.set(subject.key, told);
        }
        // As it was told last: so it is in nearly every round.
        if (told.flap.told === isActive && told.flap.actual === isActive && told.wake === null)
            return;
        const kind = subject.key.startsWith('fault:line:') ? 'line' : 'unit';
        const step = stepFlap(told.flap, isActive, this.clock.mono(), kind);
        const isNew = isActive && !told.flap.actual;
        told.flap = step.state;
        if (!isActive)
            told.detail = {};
        else if (isNew || step.tell !== null)
            told.detail = detail();
        if (step.tell !== null) {
            const { flaps } = step.tell;
            this.onFault(subject, isActive, flaps > 0 ? { ...told.detail, flaps } : told.detail);
        }
        if (step.dueMono === null) {
            told.wake?.();
            told.wake = null;
        }
        else
            told.wake ??= this.clock.exactly(step.dueMono, () => this.#windowOver(subject, told));
    }
    /** The listener has forgotten what it was told: all of it again. */
    retell() {
        for (const { subject, flap, detail } of this.#told.values()) {
            if (flap.told !== null)
                this.onFault(subject, flap.told, flap.told ? detail : {});
        }
    }
    stop() {
        for (const { wake } of this.#told.values())
            wake?.();
    }
    #windowOver(subject, told) {
        told.wake = null;
        const { detail } = told;
        if (told.flap.actual)
            this.tell(subject, true, () => detail);
    }
}
