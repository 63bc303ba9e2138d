/**
 * The gateway of a process while its site file changes: one runtime after the other, on the same journal, the same open lines and
 * pins. The site lock and the control socket are not let go.
 *
 *   swapTo: centres of the old one say goodbye (its watch goes on) ▶ its watch ends ▶ the next begins: outputs, restore, inputs, centres
 */
import { strict as assert } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import { KeptLines } from './staging/kept-lines.js';
import { KeptPins } from './staging/kept-pins.js';
import { StoreLeases } from './staging/store-leases.js';
/** What a swap may cost of the watch for outputs and lines, and for a disk that does not take the last words. */
const swapHardwareMaxMs = 300;
const swapRestoreMaxMs = 500;
export class SiteRunner {
    options;
    #leases;
    #pins;
    #keptLines = new KeptLines();
    #now = null;
    /** What is under way: one thing after the other. */
    #busy = Promise.resolve();
    #isStopped = false;
    constructor(options) {
        this.options = options;
        this.#leases = new StoreLeases(options.store);
        this.#pins = new KeptPins(options.openPins);
    }
    /** The one that watches; during a swap the old one until the next is made. Only after start(). */
    get runtime() {
        return this.#present.runtime;
    }
    get config() {
        return this.#present.config;
    }
    start(config, restoreMaxMs) {
        return this.#next(async () => {
            const succession = { keptLines: this.#keptLines, readings: [], hardwareMaxMs: null };
            await this.#begin({ ...this.#shared(config, this.#leases.next()), restoreMaxMs, succession });
        });
    }
    /** Goes over to another site file. Resolves when its watch has begun; does nothing after stop(). */
    swapTo(config) {
        return this.#next(async () => {
            if (this.#isStopped)
                return;
            const before = this.#present;
            this.#keptLines.expect(config);
            this.#leases.handOver();
            const { isDrained } = await before.runtime.handOver(goneOutputs(before.config, config));
            this.#pins.quietAllBut(config);
            const succession = {
                keptLines: this.#keptLines,
                readings: unchangedReadings(before.runtime, before.config, config),
                hardwareMaxMs: swapHardwareMaxMs,
            };
            const store = this.#leases.next(isDrained);
            await this.#begin({ ...this.#shared(config, store), restoreMaxMs: swapRestoreMaxMs, succession });
            this.#keptLines.expect(null);
        });
    }
    /** In order; after a swap that is under way. */
    stop() {
        this.#isStopped = true;
        return this.#next(async () => {
            await this.#present.runtime.stop();
            this.#pins.close();
        });
    }
    get #present() {
        assert(this.#now !== null, 'a site runs after start()');
        return this.#now;
    }
    #shared(config, store) {
        return { config, store, openPins: () => this.#pins.open() };
    }
    async #begin(parts) {
        const runtime = this.options.makeRuntime(parts);
        this.#now = { runtime, config: parts.config };
        await runtime.start();
    }
    #next(run) {
        const ran = this.#busy.then(run);
        this.#busy = ran.catch(() => undefined);
        return ran;
    }
}
/** Outputs whose pin or relay nobody switches under the next site file. */
function goneOutputs(before, after) {
    const wireOf = ({ units }, { target }) => {
        if (target.kind === 'pin')
            return { pin: target.pin };
        const unit = units.find(({ id }) => id === target.device);
        return { line: unit?.line, address: unit?.address, on: target.on };
    };
    const kept = after.outputs.map((output) => wireOf(after, output));
    return before.outputs.filter((output) => {
        const wire = wireOf(before, output);
        // Pins are quieted by their keeper, which also knows those of heartbeats.
        return output.target.kind === 'unit' && !kept.some((other) => isDeepStrictEqual(wire, other));
    });
}
function unchangedReadings({ points }, before, after) {
    const old = new Map(before.points.map((point) => [point.id, point]));
    return after.points.flatMap((point) => {
        const reading = points.get(point.id);
        return reading !== null && isDeepStrictEqual(old.get(point.id), point) ? [reading] : [];
    });
}
