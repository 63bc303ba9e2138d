import { loopSubject } from '../alarm/site-subjects.js';
import { Packer } from './packer.js';
import { sampledPoints } from './sampled-points.js';
import { Sampler } from './sampler.js';
export const telemetryLoop = 'telemetry';
const restMs = 60_000;
export class SiteTelemetry {
    options;
    #work = null;
    #cancel = null;
    #isStopped = false;
    constructor(options) {
        this.options = options;
    }
    start() {
        const { config, clock, keep } = this.options;
        if (config.telemetry.isOff)
            return;
        const packer = new Packer({ clock, keep });
        const sampler = new Sampler({
            points: sampledPoints(config),
            minIntervalMs: config.telemetry.minIntervalMs,
            clock,
            onSample: (sample) => packer.add(sample),
            onReview: () => packer.review(),
            guard: (run) => this.#guarded(run),
        });
        this.#work = { sampler, packer };
        sampler.start();
    }
    /** Every accepted reading. Never throws. */
    see(reading) {
        try {
            this.#work?.sampler.see(reading);
        }
        catch (error) {
            this.#failed(error);
        }
    }
    /** What waits goes to the journal now. */
    finish() {
        this.#guarded(() => this.#work?.packer.finish());
    }
    stop() {
        this.#isStopped = true;
        this.#cancel?.();
        this.#work?.sampler.stop();
        this.finish();
        this.#work = null;
    }
    #guarded(run) {
        try {
            run();
        }
        catch (error) {
            this.#failed(error);
        }
    }
    #failed(error) {
        const { clock, onFault } = this.options;
        const got = error instanceof Error ? error.message : String(error);
        this.#work?.sampler.stop();
        this.#work = null;
        onFault(loopSubject(telemetryLoop), true, { error_zh: '采样出错，一分钟后重试', error_en: 'sampling failed', got });
        this.#cancel?.();
        if (this.#isStopped)
            return;
        this.#cancel = clock.after(restMs, () => {
            onFault(loopSubject(telemetryLoop), false, {});
            this.start();
        });
    }
}
