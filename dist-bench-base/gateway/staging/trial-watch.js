import { beginTrial, stepTrial, uplinkMaxMs } from './trial.js';
const lookMs = 1000;
export class TrialWatch {
    options;
    #state;
    #cancel = null;
    constructor(options) {
        this.options = options;
        const { config, record, clock } = options;
        this.#state = beginTrial(config, record, clock.mono());
    }
    get sight() {
        const { beganMono, lines, uplinks } = this.#state;
        const leftMs = (maxMs) => Math.max(0, maxMs - (this.options.clock.mono() - beganMono));
        return {
            lines: lines.map(({ id, isSeen, maxMs }) => ({ id, isSeen, leftMs: leftMs(maxMs) })),
            uplinks: uplinks.map(({ id, isSeen }) => ({ id, isSeen, leftMs: leftMs(uplinkMaxMs) })),
        };
    }
    start() {
        this.#cancel = this.options.clock.after(lookMs, () => this.#look());
    }
    stop() {
        this.#cancel?.();
    }
    #look() {
        const { clock, vitals, onOver } = this.options;
        const { state, verdict } = stepTrial(this.#state, vitals(), clock.mono());
        this.#state = state;
        if (verdict.kind === 'waiting')
            this.start();
        else
            onOver(verdict);
    }
}
